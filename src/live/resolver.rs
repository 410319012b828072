//! From a name to the addresses that may be connected to.
//!
//! The check sits where the connection gets its addresses from, so the address that was checked is
//! the one that is connected to: a name that answers another address a moment later changes nothing.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

use super::hosts::Hosts;

/// Why a name is not connected to, as a clause.
#[derive(Debug, Error)]
pub(super) enum Unreachable {
    /// One of its addresses is not public.
    #[error(
        "not asked: `{name}` leads to {address}, which is not a public address; to ask it all the same, name it: `--allow-host {name}`"
    )]
    NotPublic {
        /// The name.
        name: String,
        /// The address.
        address: IpAddr,
    },
    /// It has none, or nobody can be asked for them.
    #[error("no address is known for `{name}`: {error}")]
    Unknown {
        /// The name.
        name: String,
        /// What the system says.
        error: io::Error,
    },
}

/// A resolver for public addresses only, but for the hosts that were named.
pub(super) struct Resolver {
    hosts: Hosts,
    proxies: Vec<String>,
    lookup: Lookup,
}

/// Who knows a name's addresses.
type Lookup = fn(String) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// The system does: its list of hosts, its name servers.
fn of_system(name: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>> {
    Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
}

impl Resolver {
    /// `proxies` are names that stand in the environment as proxies; they may be anywhere.
    pub(super) fn new(hosts: Hosts, proxies: Vec<String>) -> Arc<Self> {
        Arc::new(Self {
            hosts,
            proxies,
            lookup: of_system,
        })
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let anywhere = self.hosts.names_host(&name)
            || self
                .proxies
                .iter()
                .any(|proxy| proxy.eq_ignore_ascii_case(&name));
        let found = (self.lookup)(name.clone());
        Box::pin(async move {
            let found = match found.await {
                Ok(found) => found,
                Err(error) => return Err(Unreachable::Unknown { name, error }.into()),
            };
            if let Some(address) = found
                .iter()
                .map(SocketAddr::ip)
                .find(|address| !anywhere && !is_public(*address))
            {
                return Err(Unreachable::NotPublic { name, address }.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public network (the registries of special-purpose addresses,
/// RFC 6890 and its updates).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let embedded = |high: u16, low: u16| {
        let [first, second] = high.to_be_bytes();
        let [third, fourth] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(first, second, third, fourth))
    };
    match (a, b, c, d, e, f) {
        // NAT64 (RFC 6052) reaches the IPv4 address in its last half.
        (0x64, 0xff9b, 0, 0, 0, 0) => embedded(g, h),
        // 6to4 (RFC 3056) reaches the one behind its prefix.
        (0x2002, ..) => embedded(b, c),
        // Teredo, benchmarking, ORCHID, documentation.
        (0x2001, 0..=0x1ff, ..) | (0x2001, 0xdb8, ..) | (0x3fff, 0..=0xfff, ..) => false,
        // Everything else that is global unicast (RFC 4291), mapped IPv4 addresses not among it.
        _ => (0x2000..0x4000).contains(&a),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_network_are_public() {
        for text in [
            "3.5.140.2",
            "52.94.5.1",
            "100.63.255.255",
            "2600:9000:2000::1",
            "64:ff9b::3.5.140.2",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
        for text in [
            "127.0.0.1",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.8",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::ffff:3.5.140.2",
            "::10.0.0.1",
            "fe80::1",
            "fd00:ec2::254",
            "fc00::1",
            "ff02::1",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "3fff::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    fn resolved(resolver: &Resolver, name: &str) -> Result<Vec<SocketAddr>, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        match runtime.block_on(resolver.resolve(name.parse().unwrap())) {
            Ok(addresses) => Ok(addresses.collect()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// What the system answers for a name, past the hosts that were named.
    fn resolve(name: &str, named: &[&str], proxies: &[&str]) -> Result<Vec<SocketAddr>, String> {
        let hosts = Hosts::new(named.iter().map(|name| name.parse().unwrap()).collect());
        let proxies = proxies.iter().map(|&name| name.to_owned()).collect();
        resolved(&Resolver::new(hosts, proxies), name)
    }

    #[test]
    fn a_name_that_leads_to_a_private_address_is_refused_unless_it_was_named() {
        let refused = resolve("localhost", &[], &[]).unwrap_err();
        assert!(
            refused.contains("which is not a public address"),
            "{refused}"
        );
        assert!(resolve("localhost", &["other.example.com"], &[]).is_err());
        assert!(
            !resolve("localhost", &["localhost:80"], &[])
                .unwrap()
                .is_empty()
        );
        assert!(
            !resolve("localhost", &[], &["localhost"])
                .unwrap()
                .is_empty()
        );
    }

    /// A name of Cognito's, looked up with whoever answers this.
    fn answered(lookup: Lookup) -> Resolver {
        Resolver {
            hosts: Hosts::default(),
            proxies: Vec::new(),
            lookup,
        }
    }

    const NAME: &str = "cognito-idp.us-east-1.amazonaws.com";

    #[test]
    fn one_private_address_among_others_is_enough_to_refuse_a_name() {
        let resolver = answered(|_| {
            Box::pin(async {
                Ok(vec![
                    "3.5.140.2:0".parse().unwrap(),
                    "10.0.0.1:0".parse().unwrap(),
                ])
            })
        });
        let refused = resolved(&resolver, NAME).unwrap_err();
        assert!(refused.contains("leads to 10.0.0.1"), "{refused}");
    }

    #[test]
    fn every_connection_gets_the_addresses_that_were_checked_for_it() {
        use std::sync::atomic::{AtomicBool, Ordering};
        static ASKED_BEFORE: AtomicBool = AtomicBool::new(false);
        // A public address once, and one of this machine from then on.
        let resolver = answered(|_| {
            let before = ASKED_BEFORE.swap(true, Ordering::SeqCst);
            let address = if before { "127.0.0.1:0" } else { "3.5.140.2:0" };
            Box::pin(async move { Ok(vec![address.parse().unwrap()]) })
        });
        let first = resolved(&resolver, NAME).unwrap();
        assert_eq!(first, ["3.5.140.2:0".parse().unwrap()]);
        let then = resolved(&resolver, NAME).unwrap_err();
        assert!(then.contains("leads to 127.0.0.1"), "{then}");
    }
}
