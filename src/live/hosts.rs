//! Which hosts may be asked: Cognito's own, and those that the user named.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use thiserror::Error;
use url::{Host, Url};

use crate::cognito::CognitoHost;

/// A host that the user lets the program ask: any port of it where none is named. Such a host may
/// be on a private address, and may be asked without TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost {
    host: Host<String>,
    port: Option<u16>,
}

/// Why a text names no host.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` is not a host; write a name or an address, and a port where it needs one: `localhost:8080`"
)]
pub struct InvalidHost(String);

impl FromStr for AllowedHost {
    type Err = InvalidHost;

    fn from_str(text: &str) -> Result<Self, InvalidHost> {
        let invalid = || InvalidHost(text.to_owned());
        if let Ok(address) = text.parse::<IpAddr>() {
            let host = match address {
                IpAddr::V4(address) => Host::Ipv4(address),
                IpAddr::V6(address) => Host::Ipv6(address),
            };
            return Ok(Self { host, port: None });
        }
        // A port may be named only behind the last colon, and never behind one of an address.
        let (name, port) = match text.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => {
                let digits = port.bytes().all(|b| b.is_ascii_digit());
                let port = port.parse().ok().filter(|port| digits && *port != 0);
                (name, Some(port.ok_or_else(invalid)?))
            }
            _ => (text, None),
        };
        let host = Host::parse(name).map_err(|_| invalid())?;
        Ok(Self { host, port })
    }
}

impl fmt::Display for AllowedHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.host),
            None => write!(f, "{}", self.host),
        }
    }
}

/// The hosts that may be asked.
#[derive(Debug, Clone, Default)]
pub struct Hosts(Vec<AllowedHost>);

/// Why a URL is not asked, as a clause.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// It has a user name or a password in it.
    #[error("its URL holds a user name or a password")]
    UserInfo,
    /// Another scheme than https.
    #[error(
        "its URL begins with `{scheme}://`, and only `https://` is asked; for plain http name the host: `--allow-host {host}`"
    )]
    Scheme {
        /// The scheme.
        scheme: String,
        /// The host, with its port where one is written.
        host: String,
    },
    /// Neither a host of Cognito nor one that was named.
    #[error("`{0}` is not a host of Cognito; to ask it, name it: `--allow-host {0}`")]
    Host(String),
    /// A URL without a host.
    #[error("its URL names no host")]
    NoHost,
}

impl Hosts {
    /// Cognito's own hosts, and these.
    pub fn new(named: Vec<AllowedHost>) -> Self {
        Self(named)
    }

    /// Whether a URL may be asked.
    ///
    /// # Errors
    /// It may not, and why.
    pub(super) fn check(&self, url: &Url) -> Result<(), Refused> {
        let host = url.host().ok_or(Refused::NoHost)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::UserInfo);
        }
        let authority = authority(url);
        let named = self.names(url);
        match url.scheme() {
            "https" => {}
            "http" if named => {}
            scheme => {
                return Err(Refused::Scheme {
                    scheme: scheme.to_owned(),
                    host: authority,
                });
            }
        }
        let own = matches!(host, Host::Domain(name) if CognitoHost::of(name).is_some());
        if named || (own && url.port().is_none()) {
            Ok(())
        } else {
            Err(Refused::Host(authority))
        }
    }

    /// Whether the user named the host of a URL, with its port or without any.
    fn names(&self, url: &Url) -> bool {
        self.0.iter().any(|allowed| {
            url.host() == Some(host_ref(&allowed.host))
                && allowed
                    .port
                    .is_none_or(|port| url.port_or_known_default() == Some(port))
        })
    }

    /// Whether the user named exactly this host and port; a name without a port means https.
    pub(super) fn names_exactly(&self, url: &Url) -> bool {
        self.0.iter().any(|allowed| {
            url.host() == Some(host_ref(&allowed.host))
                && match allowed.port {
                    Some(port) => url.port_or_known_default() == Some(port),
                    None => url.scheme() == "https" && url.port().is_none(),
                }
        })
    }

    /// Whether the user named a host by name, whatever the port.
    pub(super) fn names_host(&self, name: &str) -> bool {
        self.0
            .iter()
            .any(|allowed| matches!(&allowed.host, Host::Domain(host) if host.eq_ignore_ascii_case(name)))
    }
}

/// Host and port as `--allow-host` takes them.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn host_ref(host: &Host<String>) -> Host<&str> {
    match host {
        Host::Domain(name) => Host::Domain(name.as_str()),
        Host::Ipv4(address) => Host::Ipv4(*address),
        Host::Ipv6(address) => Host::Ipv6(*address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(named: &[&str]) -> Hosts {
        Hosts::new(named.iter().map(|name| name.parse().unwrap()).collect())
    }

    fn check(named: &[&str], url: &str) -> Result<(), Refused> {
        hosts(named).check(&url.parse().unwrap())
    }

    #[test]
    fn hosts_of_cognito_are_asked_over_https_only() {
        for url in [
            "https://cognito-idp.us-east-1.amazonaws.com/x",
            "https://cognito-idp-fips.us-gov-west-1.amazonaws.com/x",
            "https://issuer-cognito-idp.eu-west-1.amazonaws.com/x",
            "https://cognito-idp.eusc-de-east-1.amazonaws.eu/x",
            "https://my-pool.auth.us-east-1.amazoncognito.com/x",
            "https://my-pool.auth-fips.us-gov-west-1.amazoncognito.com/x",
        ] {
            assert_eq!(check(&[], url), Ok(()), "{url}");
        }
        for url in [
            "https://cognito-idp.us-east-1.amazonaws.com.evil.example/x",
            "https://evil.example/cognito-idp.us-east-1.amazonaws.com",
            "https://cognito-idp.us-east-1.amazonaws.eu/x",
            "https://cognito-idp.us-east-1.amazonaws.com:8443/x",
            "https://a.b.auth.us-east-1.amazoncognito.com/x",
            "https://auth.us-east-1.amazoncognito.com/x",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/x",
            "https://localhost/x",
            "https://login.example.com/x",
        ] {
            assert!(matches!(check(&[], url), Err(Refused::Host(_))), "{url}");
        }
        assert!(matches!(
            check(&[], "http://cognito-idp.us-east-1.amazonaws.com/x"),
            Err(Refused::Scheme { .. })
        ));
        assert_eq!(
            check(&[], "https://me@cognito-idp.us-east-1.amazonaws.com/x"),
            Err(Refused::UserInfo)
        );
    }

    #[test]
    fn a_named_host_is_asked_at_its_port() {
        assert_eq!(
            check(&["127.0.0.1:9400"], "http://127.0.0.1:9400/x"),
            Ok(())
        );
        assert_eq!(check(&["127.0.0.1"], "http://127.0.0.1:9400/x"), Ok(()));
        assert_eq!(check(&["[::1]:80"], "http://[::1]/x"), Ok(()));
        assert_eq!(check(&["::1"], "http://[::1]:9400/x"), Ok(()));
        assert_eq!(
            check(&["Login.Example.com"], "https://login.example.com/x"),
            Ok(())
        );
        assert!(check(&["127.0.0.1:9400"], "http://127.0.0.1:9401/x").is_err());
        assert!(check(&["localhost"], "http://127.0.0.1:9400/x").is_err());
        for text in [
            "",
            "a:b",
            "host:0",
            "host:99999",
            "http://host",
            "a b",
            "host/x",
        ] {
            assert!(text.parse::<AllowedHost>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_name_without_a_port_is_exact_for_https_only() {
        let exactly = |named: &[&str], url: &str| hosts(named).names_exactly(&url.parse().unwrap());
        assert!(exactly(
            &["login.example.com"],
            "https://login.example.com/x"
        ));
        assert!(exactly(&["127.0.0.1:9400"], "http://127.0.0.1:9400/x"));
        assert!(!exactly(&["127.0.0.1"], "http://127.0.0.1:9400/x"));
        assert!(!exactly(&["127.0.0.1"], "http://127.0.0.1/x"));
    }
}
