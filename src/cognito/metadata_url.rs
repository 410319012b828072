use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use url::Url;

use super::{InvalidPoolId, InvalidRegion, PoolId, Region, is_placeholder};

/// What a metadata URL ends with (OpenID Connect Discovery 1.0 §4).
pub const DISCOVERY_PATH: &str = "/.well-known/openid-configuration";

/// The URL of a user pool's discovery document: the issuer and [`DISCOVERY_PATH`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataUrl {
    text: String,
    host_region: Region,
    pool_id: PoolId,
}

/// Why a text is no metadata URL of a user pool.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidMetadataUrl {
    /// Not a URL at all.
    #[error("`{0}` is not a URL")]
    NotAUrl(String),
    /// Another host than an issuer of Cognito: another provider, or a proxy.
    #[error("`{0}` is not a host of Cognito")]
    OtherHost(String),
    /// The pool's domain, which serves no discovery document.
    #[error("`{0}` is the pool's domain, which serves no discovery document")]
    Domain(String),
    /// Not `https`.
    #[error("the URL begins with `{0}://`, and Cognito answers on `https://` only")]
    Scheme(String),
    /// The region in the host is none.
    #[error("the region in the host: {0}")]
    Region(#[from] InvalidRegion),
    /// The host's domain is not the one of its region's partition.
    #[error("the hosts of {region} end in `{expected}`")]
    Partition {
        /// The region in the host.
        region: Region,
        /// The domain that its hosts have.
        expected: &'static str,
    },
    /// The pool id in the path is none.
    #[error("the pool id in the path: {0}")]
    PoolId(#[from] InvalidPoolId),
    /// The path is not the pool id and [`DISCOVERY_PATH`].
    #[error("the path is `{0}`")]
    Path(String),
}

impl MetadataUrl {
    pub(super) fn of_pool(pool_id: &PoolId) -> Self {
        let region = pool_id.region();
        Self {
            text: format!(
                "https://cognito-idp.{region}.{}/{pool_id}{DISCOVERY_PATH}",
                region.dns_suffix()
            ),
            host_region: region.clone(),
            pool_id: pool_id.clone(),
        }
    }

    /// The whole URL.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The region in the host, which decides where Cognito looks for the pool.
    pub fn host_region(&self) -> &Region {
        &self.host_region
    }

    /// The pool in the path.
    pub fn pool_id(&self) -> &PoolId {
        &self.pool_id
    }

    /// Whether a text names a host of Cognito, however wrong the rest of it is, or a pool at
    /// another host, such as a proxy before Cognito.
    pub fn names_cognito(text: &str) -> bool {
        let issuer = text.strip_suffix(DISCOVERY_PATH);
        text.contains("cognito-idp")
            || text.contains("amazoncognito.com")
            || issuer
                .and_then(|issuer| issuer.rsplit('/').next())
                .is_some_and(|pool| pool.parse::<PoolId>().is_ok())
    }
}

impl FromStr for MetadataUrl {
    type Err = InvalidMetadataUrl;

    fn from_str(text: &str) -> Result<Self, InvalidMetadataUrl> {
        let url = Url::parse(text).map_err(|_| InvalidMetadataUrl::NotAUrl(text.to_owned()))?;
        let host = url
            .host_str()
            .ok_or_else(|| InvalidMetadataUrl::NotAUrl(text.to_owned()))?;
        if host.contains("amazoncognito.com") {
            return Err(InvalidMetadataUrl::Domain(host.to_owned()));
        }
        if !["http", "https"].contains(&url.scheme()) {
            return Err(InvalidMetadataUrl::Scheme(url.scheme().to_owned()));
        }
        let other = || InvalidMetadataUrl::OtherHost(host.to_owned());
        let labels = ["cognito-idp.", "cognito-idp-fips.", "issuer-cognito-idp."];
        let rest = labels
            .iter()
            .find_map(|label| host.strip_prefix(label))
            .ok_or_else(other)?;
        let (region, suffix) = rest.split_once('.').ok_or_else(other)?;
        if !suffix.starts_with("amazonaws.") {
            return Err(other());
        }
        if url.scheme() != "https" {
            return Err(InvalidMetadataUrl::Scheme(url.scheme().to_owned()));
        }
        let region: Region = region.parse()?;
        if suffix != region.dns_suffix() {
            return Err(InvalidMetadataUrl::Partition {
                expected: region.dns_suffix(),
                region,
            });
        }
        let path = || InvalidMetadataUrl::Path(url.path().to_owned());
        if url.query().is_some() || url.fragment().is_some() || url.port().is_some() {
            return Err(path());
        }
        let pool = url.path().strip_suffix(DISCOVERY_PATH).ok_or_else(path)?;
        let pool = pool
            .strip_prefix('/')
            .filter(|pool| !pool.contains('/'))
            .ok_or_else(path)?;
        if is_placeholder(text) {
            return Err(InvalidPoolId::Placeholder(pool.to_owned()).into());
        }
        Ok(Self {
            text: text.to_owned(),
            host_region: region,
            pool_id: pool.parse()?,
        })
    }
}

impl fmt::Display for MetadataUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_has_a_metadata_url_and_back() {
        for (pool, url) in [
            (
                "us-east-1_AbCdEfGhI",
                "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/openid-configuration",
            ),
            (
                "eusc-de-east-1_AbCdEfGhI",
                "https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_AbCdEfGhI/.well-known/openid-configuration",
            ),
        ] {
            let pool: PoolId = pool.parse().unwrap();
            assert_eq!(pool.metadata_url().as_str(), url);
            assert_eq!(url.parse::<MetadataUrl>().unwrap(), pool.metadata_url());
        }
    }

    #[test]
    fn both_kinds_of_issuer_are_taken() {
        let url = "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/openid-configuration";
        assert_eq!(
            url.parse::<MetadataUrl>().unwrap().host_region().as_str(),
            "eu-west-1"
        );
    }

    #[test]
    fn a_url_of_cognito_is_known_by_any_of_its_parts() {
        let proxy = format!("https://login.example.com/us-east-1_AbCdEfGhI{DISCOVERY_PATH}");
        for (url, names) in [
            ("https://cognito-idp.us-east-1.amazonaws.com", true),
            ("https://x.auth.us-east-1.amazoncognito.com", true),
            (&proxy, true),
            ("https://login.example.com/us-east-1_AbCdEfGhI", false),
            (
                "https://login.example.com/.well-known/openid-configuration",
                false,
            ),
        ] {
            assert_eq!(MetadataUrl::names_cognito(url), names, "{url}");
        }
    }

    #[test]
    fn other_urls_say_what_they_are() {
        let error = |text: &str| text.parse::<MetadataUrl>().unwrap_err();
        let host = "https://cognito-idp.us-east-1.amazonaws.com";
        for more in ["?a=b", "#a"] {
            let url = format!("{host}/us-east-1_AbCdEfGhI{DISCOVERY_PATH}{more}");
            assert!(matches!(error(&url), InvalidMetadataUrl::Path(_)), "{url}");
        }
        let url = format!("{host}:8443/us-east-1_AbCdEfGhI{DISCOVERY_PATH}");
        assert!(matches!(error(&url), InvalidMetadataUrl::Path(_)));
        assert!(matches!(
            error("us-east-1_AbCdEfGhI"),
            InvalidMetadataUrl::NotAUrl(_)
        ));
        assert!(matches!(
            error("https://login.example.com/.well-known/openid-configuration"),
            InvalidMetadataUrl::OtherHost(_)
        ));
        assert!(matches!(
            error("https://x.auth.us-east-1.amazoncognito.com/.well-known/openid-configuration"),
            InvalidMetadataUrl::Domain(_)
        ));
        assert!(matches!(
            error("http://cognito-idp.us-east-1.amazonaws.com/x"),
            InvalidMetadataUrl::Scheme(_)
        ));
        assert!(matches!(
            error(&format!("{host}/us-east-1_AbCdEfGhI/.well-known/jwks.json")),
            InvalidMetadataUrl::Path(_)
        ));
        assert!(matches!(
            error(&format!("{host}/us-east-1_AbCdEfGhI{DISCOVERY_PATH}/")),
            InvalidMetadataUrl::Path(_)
        ));
        assert!(matches!(
            error(&format!("{host}{DISCOVERY_PATH}")),
            InvalidMetadataUrl::Path(_)
        ));
        assert!(matches!(
            error(&format!("{host}/REPLACE_WITH_YOUR_POOL_ID{DISCOVERY_PATH}")),
            InvalidMetadataUrl::PoolId(InvalidPoolId::Placeholder(_))
        ));
        assert!(matches!(
            error(
                "https://cognito-idp.us-east-1.amazonaws.eu/us-east-1_A/.well-known/openid-configuration"
            ),
            InvalidMetadataUrl::Partition { .. }
        ));
        assert!(matches!(
            error(
                "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_A/.well-known/openid-configuration"
            ),
            InvalidMetadataUrl::Region(InvalidRegion::China(_))
        ));
    }
}
