use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use url::{Host, Url};

use super::is_placeholder;

/// The URL that people type to reach ConsoleMe: `https://consoleme.example.com`, without a path
/// or a slash at the end.
///
/// ConsoleMe compares it as a text with what the browser sends (`consoleme/lib/oidc.py:90`), so
/// it has to be written as a browser writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerUrl {
    text: String,
    loopback: bool,
    port: Option<u16>,
}

/// The redirect URI that ConsoleMe sends: its URL and `/auth` (`consoleme/lib/oidc.py:111`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackUrl(String);

/// Why a text is no URL that ConsoleMe works with.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidServerUrl {
    /// Nothing was given.
    #[error("the URL is empty; one looks like `https://consoleme.example.com`")]
    Empty,
    /// A stand-in from an example file.
    #[error(
        "`{0}` is a placeholder; put the URL there that people type, such as `https://consoleme.example.com`"
    )]
    Placeholder(String),
    /// Not a URL.
    #[error("`{0}` is not a URL; write scheme and host, such as `https://consoleme.example.com`")]
    NotAUrl(String),
    /// Another scheme than http or https.
    #[error("`{0}` begins with neither `https://` nor `http://`")]
    Scheme(String),
    /// A user name or password.
    #[error("the URL holds a user name or a password; leave that part out: `{0}`")]
    UserInfo(String),
    /// A path, query or fragment, with the URL that is right.
    #[error("ConsoleMe answers at the root of its host only; leave `{extra}` off: `{right}`")]
    Path {
        /// What stands behind the host.
        extra: String,
        /// The URL without it.
        right: String,
    },
    /// A slash at the end, with the URL that is right.
    #[error("leave off the slash at the end: `{0}`")]
    TrailingSlash(String),
    /// The scheme's own port, which browsers leave out, with the URL that is right.
    #[error("browsers leave the default port out; so must the URL: `{0}`")]
    DefaultPort(String),
    /// Not as a browser writes it, such as with capital letters, with the URL that is right.
    #[error("browsers send this URL as `{0}`; write it so")]
    NotCanonical(String),
    /// Plain http for another host than this machine.
    #[error(
        "Cognito accepts `http://` for localhost, 127.0.0.1 and [::1] only; write `https://`: `{0}`"
    )]
    PlainHttp(String),
}

impl InvalidServerUrl {
    /// The URL that was meant, where that is evident.
    pub fn right(&self) -> Option<&str> {
        match self {
            Self::Path { right, .. }
            | Self::TrailingSlash(right)
            | Self::DefaultPort(right)
            | Self::NotCanonical(right) => Some(right),
            Self::Empty
            | Self::Placeholder(_)
            | Self::NotAUrl(_)
            | Self::Scheme(_)
            | Self::UserInfo(_)
            | Self::PlainHttp(_) => None,
        }
    }
}

impl ServerUrl {
    /// The URL.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether its host is this machine.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether it begins with `https://`.
    pub fn is_https(&self) -> bool {
        self.text.starts_with("https://")
    }

    /// The port, where one is written.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Whether Cognito lets an app client register its callback: it takes plain http for this
    /// machine only (`CallbackURLs` of the Cognito API).
    ///
    /// # Errors
    /// It is plain http for another host.
    pub fn check_registrable(&self) -> Result<(), InvalidServerUrl> {
        if self.is_https() || self.loopback {
            Ok(())
        } else {
            Err(InvalidServerUrl::PlainHttp(
                self.text.replacen("http", "https", 1),
            ))
        }
    }

    /// What has to be registered with the app client.
    pub fn callback(&self) -> CallbackUrl {
        CallbackUrl(format!("{}/auth", self.text))
    }
}

impl FromStr for ServerUrl {
    type Err = InvalidServerUrl;

    fn from_str(text: &str) -> Result<Self, InvalidServerUrl> {
        if text.is_empty() {
            return Err(InvalidServerUrl::Empty);
        }
        if is_placeholder(text) {
            return Err(InvalidServerUrl::Placeholder(text.to_owned()));
        }
        let not_a_url = || InvalidServerUrl::NotAUrl(text.to_owned());
        if !text.contains("://") || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(not_a_url());
        }
        let url = Url::parse(text).map_err(|_| not_a_url())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(InvalidServerUrl::Scheme(text.to_owned()));
        }
        let right = url.origin().ascii_serialization();
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidServerUrl::UserInfo(right));
        }
        let extra = text
            .split_once("://")
            .and_then(|(_, rest)| rest.find(['/', '?', '#']).and_then(|at| rest.get(at..)))
            .unwrap_or_default();
        if extra == "/" {
            return Err(InvalidServerUrl::TrailingSlash(right));
        }
        if !extra.is_empty() {
            return Err(InvalidServerUrl::Path {
                extra: extra.to_owned(),
                right,
            });
        }
        if text != right {
            let default_port = [":443", ":80"]
                .iter()
                .any(|port| text.strip_suffix(port) == Some(&right));
            return Err(if default_port {
                InvalidServerUrl::DefaultPort(right)
            } else {
                InvalidServerUrl::NotCanonical(right)
            });
        }
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        Ok(Self {
            text: text.to_owned(),
            loopback,
            port: url.port(),
        })
    }
}

impl CallbackUrl {
    /// The redirect URI.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for CallbackUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_gives_its_callback() {
        for (text, loopback) in [
            ("https://consoleme.example.com", false),
            ("https://consoleme.example.com:8443", false),
            ("http://localhost:8081", true),
            ("http://127.0.0.1:8081", true),
            ("http://[::1]:8081", true),
            ("https://10.0.0.5", false),
        ] {
            let url: ServerUrl = text.parse().unwrap();
            assert_eq!(url.is_loopback(), loopback, "{text}");
            assert_eq!(url.callback().as_str(), format!("{text}/auth"));
        }
    }

    #[test]
    fn a_wrong_url_shows_the_right_one() {
        let error = |text: &str| text.parse::<ServerUrl>().unwrap_err();
        let right = || "https://c.example.com".to_owned();
        assert_eq!(
            error("https://c.example.com/"),
            InvalidServerUrl::TrailingSlash(right())
        );
        assert_eq!(
            error("https://c.example.com:443"),
            InvalidServerUrl::DefaultPort(right())
        );
        assert_eq!(
            error("HTTPS://c.example.com"),
            InvalidServerUrl::NotCanonical(right())
        );
        assert_eq!(
            error("https://C.Example.com"),
            InvalidServerUrl::NotCanonical(right())
        );
        assert_eq!(
            error("https://c.example.com/auth"),
            InvalidServerUrl::Path {
                extra: "/auth".to_owned(),
                right: right()
            }
        );
        assert_eq!(
            error("https://me:pw@c.example.com"),
            InvalidServerUrl::UserInfo(right())
        );
        assert!(matches!(
            error("c.example.com"),
            InvalidServerUrl::NotAUrl(_)
        ));
        assert!(matches!(
            error("ftp://c.example.com"),
            InvalidServerUrl::Scheme(_)
        ));
        assert!(matches!(
            error("https://<HOST>"),
            InvalidServerUrl::Placeholder(_)
        ));
        assert!(matches!(error("https://"), InvalidServerUrl::NotAUrl(_)));
    }
}
