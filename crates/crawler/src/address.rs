//! Names to addresses, without those that lie inside somebody's network.
//!
//! The connection is made to exactly the addresses that passed here, so that a name whose answer changes between
//! check and use gains nothing.

use std::{
    collections::BTreeMap,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::Pin,
    sync::Arc,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The addresses of a name.
pub(crate) type Lookup = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// Resolves names for the HTTP client.
pub(crate) struct PublicResolver {
    overrides: Arc<BTreeMap<String, SocketAddr>>,
    look_up: fn(String) -> Lookup,
}

/// Asks the system.
fn look_up_by_system(host: String) -> Lookup {
    Box::pin(async move {
        let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
        Ok(found.collect())
    })
}

impl PublicResolver {
    /// Creates a resolver that gives the overrides, and public addresses for all other names.
    pub(crate) fn new(overrides: BTreeMap<String, SocketAddr>) -> Self {
        Self {
            overrides: Arc::new(overrides),
            look_up: look_up_by_system,
        }
    }

    /// Creates a resolver that asks somebody else for the addresses that it filters.
    #[cfg(test)]
    pub(crate) fn asking(look_up: fn(String) -> Lookup) -> Self {
        Self {
            overrides: Arc::default(),
            look_up,
        }
    }
}

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let overrides = Arc::clone(&self.overrides);
        let look_up = self.look_up;
        Box::pin(async move {
            let host = name.as_str().trim_end_matches('.').to_ascii_lowercase();
            if let Some(address) = overrides.get(&host) {
                return Ok(Box::new(std::iter::once(*address)) as Addrs);
            }
            let found = look_up(host.clone()).await?;
            let public = public_only(&host, found)?;
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Keeps the public addresses; a name that has others as well is suspect, but its public ones may be used.
fn public_only(host: &str, found: Vec<SocketAddr>) -> io::Result<Vec<SocketAddr>> {
    let public: Vec<SocketAddr> = found
        .into_iter()
        .filter(|address| is_public(address.ip()))
        .collect();
    if public.is_empty() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            format!("host `{host}` has no public address"),
        ));
    }
    Ok(public)
}

/// Tells whether an address belongs to a machine on the public internet.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// IANA IPv4 Special-Purpose Address Registry (seen 2026-11-22).
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, _, _)
    )
}

/// Only global unicast, without the ranges that carry an IPv4 address or serve for documentation and tunnels:
/// IANA IPv6 Special-Purpose Address Registry (seen 2026-11-22).
fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let is_global_unicast = segments[0] & 0xe000 == 0x2000;
    // 2001::/23 holds Teredo, benchmarking and ORCHID, 2001:db8::/32 and 3fff::/20 documentation, 2002::/16 6to4.
    let is_special = match segments[0] {
        0x2001 => segments[1] < 0x0200 || segments[1] == 0x0db8,
        0x2002 => true,
        0x3fff => segments[1] < 0x1000,
        _ => false,
    };
    is_global_unicast && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(addresses: &[&str], expected: bool) {
        for text in addresses {
            let address: IpAddr = text.parse().unwrap();
            assert_eq!(is_public(address), expected, "{text}");
        }
    }

    #[test]
    fn addresses_inside_networks_are_refused() {
        check(
            &[
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
            ],
            false,
        );
    }

    #[test]
    fn addresses_of_ipv6_inside_networks_are_refused() {
        check(
            &[
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:8.8.8.8",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:2::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
            ],
            false,
        );
    }

    #[test]
    fn public_addresses_are_allowed() {
        check(
            &[
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "193.17.3.4",
                "2a02:2e0::1",
                "2003:1::1",
                "2001:4860::8888",
            ],
            true,
        );
    }

    #[test]
    fn a_name_keeps_its_public_addresses_only() {
        let found = ["10.0.0.1:0", "8.8.8.8:0"].map(|text| text.parse().unwrap());
        let kept = public_only("a.example", found.to_vec()).unwrap();
        assert_eq!(kept, [found[1]]);
        let error = public_only("a.example", vec![found[0]]).unwrap_err();
        assert_eq!(error.to_string(), "host `a.example` has no public address");
    }

    #[tokio::test]
    async fn a_name_that_points_home_is_refused_unless_it_is_overridden() {
        let resolver = PublicResolver::new(BTreeMap::new());
        assert!(
            resolver
                .resolve("localhost".parse().unwrap())
                .await
                .is_err()
        );
        let address: SocketAddr = "127.0.0.1:8123".parse().unwrap();
        let resolver = PublicResolver::new(BTreeMap::from([("localhost".to_owned(), address)]));
        let found: Vec<_> = resolver
            .resolve("localhost.".parse().unwrap())
            .await
            .unwrap()
            .collect();
        assert_eq!(found, [address]);
    }

    /// A name server that answers a public address first and the loopback from then on.
    fn flipping(_host: String) -> Lookup {
        use std::sync::atomic::{AtomicU32, Ordering};
        static ASKED: AtomicU32 = AtomicU32::new(0);
        let answer = match ASKED.fetch_add(1, Ordering::Relaxed) {
            0 => vec!["93.184.215.14:0"],
            1 => vec!["127.0.0.1:0", "[::ffff:10.0.0.1]:0", "[fd00::1]:0"],
            _ => vec!["169.254.169.254:0", "93.184.215.14:0"],
        };
        let answer = answer.into_iter().map(|text| text.parse().unwrap());
        Box::pin(std::future::ready(Ok(answer.collect())))
    }

    #[tokio::test]
    async fn a_name_whose_answer_flips_gains_nothing() {
        let resolver = PublicResolver::asking(flipping);
        let mut answers = Vec::new();
        for _ in 0..3 {
            let name: Name = "flip.example".parse().unwrap();
            let found = resolver.resolve(name).await;
            answers.push(found.ok().map(|found| found.collect::<Vec<_>>()));
        }
        let public = vec!["93.184.215.14:0".parse().unwrap()];
        assert_eq!(answers, [Some(public.clone()), None, Some(public)]);
    }
}
