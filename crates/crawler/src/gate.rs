//! Which addresses may be asked for at all: checked for every link, every redirect and every seed.

use url::{Host, Url};

use crate::error::Refusal;

/// Tells whether an address of a site with these hosts may be asked for.
///
/// Numbers are refused in every spelling, because a resolver is never asked about them and could not refuse them.
pub(crate) fn check(url: &Url, hosts: &[String]) -> Result<(), Refusal> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Scheme(url.scheme().to_owned()));
    }
    let name = match url.host() {
        Some(Host::Domain(name)) => name.trim_end_matches('.'),
        Some(literal) => return Err(Refusal::LiteralAddress(literal.to_string())),
        None => return Err(Refusal::ForeignHost(String::new())),
    };
    if !hosts.iter().any(|host| host.eq_ignore_ascii_case(name)) {
        return Err(Refusal::ForeignHost(name.to_owned()));
    }
    match url.port() {
        None | Some(80 | 443) => Ok(()),
        Some(port) => Err(Refusal::Port(port)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_url(url: &str) -> Result<(), Refusal> {
        let hosts = ["www.intmk.example".to_owned(), "127.0.0.1".to_owned()];
        check(&Url::parse(url).unwrap(), &hosts)
    }

    #[test]
    fn the_hosts_of_the_site_are_allowed() {
        for url in [
            "https://www.intmk.example/a",
            "http://www.intmk.example:443/",
            "http://WWW.intmk.example./",
        ] {
            assert_eq!(check_url(url), Ok(()), "{url}");
        }
    }

    #[test]
    fn numbers_are_refused_in_every_spelling_even_if_the_site_names_them() {
        for url in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://0177.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "http://169.254.169.254/latest/meta-data",
            "http://127.0.0.1./",
            "http://１２７.0.0.1/",
        ] {
            let refusal = check_url(url);
            assert!(
                matches!(refusal, Err(Refusal::LiteralAddress(_))),
                "{url}: {refusal:?}"
            );
        }
    }

    #[test]
    fn other_schemes_ports_and_hosts_are_refused() {
        for (url, refusal) in [
            ("file:///etc/passwd", Refusal::Scheme("file".into())),
            ("ftp://www.intmk.example/", Refusal::Scheme("ftp".into())),
            ("data:text/html,x", Refusal::Scheme("data".into())),
            ("http://www.intmk.example:22/", Refusal::Port(22)),
            (
                "http://localhost/",
                Refusal::ForeignHost("localhost".into()),
            ),
            (
                "http://intmk.example/",
                Refusal::ForeignHost("intmk.example".into()),
            ),
            (
                "http://www.intmk.example.evil.example/",
                Refusal::ForeignHost("www.intmk.example.evil.example".into()),
            ),
        ] {
            assert_eq!(check_url(url), Err(refusal), "{url}");
        }
    }
}
