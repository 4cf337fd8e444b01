//! One form for all the spellings of an address, so that the same page is fetched and kept once.

use url::{Host, Url};

/// Query parameters that name a session or the way a reader came, never the content:
/// `nn` and `__nnn` of the Government Site Builder (seen on conference sites in copies gathered 2026-11-22).
const NOISE_PARAMETERS: [&str; 4] = ["nn", "__nnn", "jsessionid", "phpsessid"];
const NOISE_PREFIXES: [&str; 2] = ["cln_", "utm_"];

/// Returns the canonical form of an address of a site with these hosts, of which the first is canonical.
///
/// Upper and lower case of the path and the order of parameters stay: they may select the content.
#[must_use]
pub fn canonical(url: &Url, hosts: &[String]) -> Url {
    let mut canonical = url.clone();
    canonical.set_fragment(None);
    // These fail only for addresses without a host, which have neither.
    let _ = canonical.set_username("");
    let _ = canonical.set_password(None);
    if let (Some(Host::Domain(host)), Some(first)) = (url.host(), hosts.first()) {
        let host = host.trim_end_matches('.');
        let is_alias = hosts.iter().any(|alias| alias.eq_ignore_ascii_case(host));
        let target = if is_alias { first.as_str() } else { host };
        let _ = canonical.set_host(Some(target));
    }
    canonical.set_path(&plain_path(url.path()));
    let query = url
        .query()
        .map(plain_query)
        .filter(|query| !query.is_empty());
    canonical.set_query(query.as_deref());
    canonical
}

/// Removes session parameters and load-balancer segments from a path.
fn plain_path(path: &str) -> String {
    let segments: Vec<String> = path
        .split('/')
        .filter(|segment| !is_balancer(segment))
        .map(|segment| plain_escapes(without_session(segment)))
        .collect();
    segments.join("/")
}

/// `/cln_162/` names one of several servers, not content (older Government Site Builder).
fn is_balancer(segment: &str) -> bool {
    segment
        .strip_prefix("cln_")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

fn without_session(segment: &str) -> &str {
    let lower = segment.to_ascii_lowercase();
    lower
        .find(";jsessionid=")
        .map_or(segment, |position| &segment[..position])
}

fn plain_query(query: &str) -> String {
    let kept: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_noise(pair))
        .map(plain_escapes)
        .collect();
    kept.join("&")
}

fn is_noise(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    NOISE_PARAMETERS.contains(&name.as_str())
        || NOISE_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Writes escapes with capital digits, and those of letters, digits and `-._~` as the character itself (RFC 3986, 6.2.2).
pub(crate) fn plain_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(position) = rest.find('%') {
        plain.push_str(&rest[..position]);
        let escape = rest.get(position + 1..position + 3);
        match escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                plain.push(char::from(byte));
                rest = &rest[position + 3..];
            }
            Some(byte) => {
                plain.push_str(&format!("%{byte:02X}"));
                rest = &rest[position + 3..];
            }
            None => {
                plain.push('%');
                rest = &rest[position + 1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(url: &str) -> String {
        let hosts = ["www.intmk.example".to_owned(), "intmk.example".to_owned()];
        canonical(&Url::parse(url).unwrap(), &hosts).to_string()
    }

    fn check(url: &str, expected: &str) {
        assert_eq!(form(url), expected, "{url}");
        assert_eq!(form(expected), expected, "not at rest: {url}");
    }

    #[test]
    fn spellings_of_one_address_become_one() {
        for url in [
            "http://www.intmk.example/a.html",
            "HTTP://WWW.INTMK.EXAMPLE/a.html",
            "http://intmk.example:80/a.html#top",
            "http://intmk.example./a.html?",
            "http://user:word@intmk.example/x/../a.html",
            "http://intmk.example/%61.html",
        ] {
            check(url, "http://www.intmk.example/a.html");
        }
    }

    #[test]
    fn sessions_and_servers_are_no_content() {
        for url in [
            "http://www.intmk.example/a.html;jsessionid=0A1B.internet952?id=3",
            "http://www.intmk.example/a.html;JSESSIONID=7?nn=123&id=3",
            "http://www.intmk.example/cln_162/a.html?__nnn=true&id=3&utm_source=x",
            "http://www.intmk.example/a.html?id=3&cln_1=2",
        ] {
            check(url, "http://www.intmk.example/a.html?id=3");
        }
    }

    #[test]
    fn what_may_select_content_stays() {
        for url in [
            "http://www.intmk.example/Beschluesse.html?uid=276&jahr=2022",
            "http://www.intmk.example/beschluesse.html?jahr=2022&uid=276",
            "https://www.intmk.example/cln_x/a",
            "http://www.intmk.example:8080/a",
            "http://other.example/a?newsID=305",
            "http://www.intmk.example/a%2Fb%C3%BC?q=%26",
        ] {
            check(url, url);
        }
    }

    #[test]
    fn damaged_escapes_stay_as_they_are() {
        check(
            "http://www.intmk.example/100%",
            "http://www.intmk.example/100%",
        );
        check(
            "http://www.intmk.example/%e4%zz",
            "http://www.intmk.example/%E4%zz",
        );
    }

    proptest::proptest! {
        #[test]
        fn the_canonical_form_of_a_canonical_form_is_itself(path in "[a-zA-Z0-9/;=%&?._~ü-]{0,40}") {
            if let Ok(url) = Url::parse(&format!("http://intmk.example/{path}")) {
                let once = form(url.as_str());
                proptest::prop_assert_eq!(form(&once), once);
            }
        }
    }
}
