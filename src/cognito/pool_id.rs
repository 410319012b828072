use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::{InvalidRegion, MetadataUrl, Region, is_placeholder, looks_like_client_id};

/// The id of a Cognito user pool, such as `us-east-1_AbCdEfGhI`: its region, an underscore, letters
/// and digits (`UserPoolIdType` of the Cognito API, at most 55 characters).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolId {
    text: String,
    region: Region,
}

/// Why a text is no user pool id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidPoolId {
    /// Nothing was given.
    #[error("the pool id is empty; one looks like `us-east-1_AbCdEfGhI`")]
    Empty,
    /// A stand-in from an example file.
    #[error("`{0}` is a placeholder; put the pool's own id there, such as `us-east-1_AbCdEfGhI`")]
    Placeholder(String),
    /// `region:uuid`, the id of an identity pool.
    #[error(
        "`{0}` is the id of an identity pool, which nobody can log in to ConsoleMe with; a user pool's id has an underscore, such as `us-east-1_AbCdEfGhI`"
    )]
    IdentityPool(String),
    /// The ARN of a user pool, with the id that stands in it.
    #[error("`{arn}` is an ARN; the pool id is the part behind its last slash{}", shown(.id))]
    Arn {
        /// What was given.
        arn: String,
        /// The pool id in it, where there is one.
        id: Option<String>,
    },
    /// The metadata URL, or another URL of the issuer, with the id that stands in it.
    #[error("`{url}` is a whole URL; the pool id is one part of it{}", shown(.id))]
    Url {
        /// What was given.
        url: String,
        /// The pool id in it, where there is one.
        id: Option<String>,
    },
    /// The pool's domain.
    #[error(
        "`{0}` is the pool's domain; the pool id stands beside it in the console and looks like `us-east-1_AbCdEfGhI`"
    )]
    Domain(String),
    /// The id of an app client.
    #[error(
        "`{0}` looks like an app client id; a pool id begins with its region, such as `us-east-1_AbCdEfGhI`"
    )]
    ClientId(String),
    /// What stands before the underscore is no region.
    #[error("the part of the pool id before its last underscore has to be its region: {0}")]
    Region(#[from] InvalidRegion),
    /// Anything else.
    #[error(
        "`{0}` is not a user pool id; one is a region, an underscore, letters and digits, such as `us-east-1_AbCdEfGhI`"
    )]
    Form(String),
}

fn shown(id: &Option<String>) -> String {
    id.as_ref().map_or_else(
        || ", such as `us-east-1_AbCdEfGhI`".to_owned(),
        |id| format!(": `{id}`"),
    )
}

impl PoolId {
    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The region that the pool is in.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Where the pool's discovery document stands, with the `ORIGINAL` kind of issuer.
    pub fn metadata_url(&self) -> MetadataUrl {
        MetadataUrl::of_pool(self)
    }
}

impl FromStr for PoolId {
    type Err = InvalidPoolId;

    fn from_str(text: &str) -> Result<Self, InvalidPoolId> {
        let given = || text.to_owned();
        if text.is_empty() {
            return Err(InvalidPoolId::Empty);
        }
        if is_placeholder(text) {
            return Err(InvalidPoolId::Placeholder(given()));
        }
        let inner = |part: &str| {
            region_of(part)
                .is_some_and(|region| region.is_ok())
                .then(|| part.to_owned())
        };
        if text.starts_with("arn:") {
            return Err(InvalidPoolId::Arn {
                arn: given(),
                id: text.rsplit('/').next().and_then(inner),
            });
        }
        if text.contains("amazoncognito.com") {
            return Err(InvalidPoolId::Domain(given()));
        }
        if text.contains('/') || text.starts_with("cognito-idp.") {
            let id = text.split('/').find_map(inner);
            return Err(InvalidPoolId::Url { url: given(), id });
        }
        if let Some((region, rest)) = text.split_once(':')
            && region.parse::<Region>().is_ok()
            && rest.len() == 36
            && rest.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
        {
            return Err(InvalidPoolId::IdentityPool(given()));
        }
        if looks_like_client_id(text) {
            return Err(InvalidPoolId::ClientId(given()));
        }
        let region = region_of(text).ok_or_else(|| InvalidPoolId::Form(given()))??;
        Ok(Self {
            region,
            text: given(),
        })
    }
}

/// The region before the last underscore of a text that has a pool id's form.
fn region_of(text: &str) -> Option<Result<Region, InvalidRegion>> {
    let (region, rest) = text.rsplit_once('_')?;
    let well_formed =
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric()) && text.len() <= 55;
    well_formed.then(|| region.parse())
}

impl fmt::Display for PoolId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        text.parse::<PoolId>().unwrap_err().to_string()
    }

    #[test]
    fn pool_ids_know_their_region() {
        for (text, region) in [
            ("us-east-1_AbCdEfGhI", "us-east-1"),
            ("eusc-de-east-1_0123456789", "eusc-de-east-1"),
        ] {
            let id: PoolId = text.parse().unwrap();
            assert_eq!((id.as_str(), id.region().as_str()), (text, region));
        }
    }

    #[test]
    fn a_wrong_paste_is_named() {
        assert!(
            refused("us-east-1:1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed").contains("identity pool")
        );
        assert!(
            refused("arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI")
                .ends_with("behind its last slash: `us-east-1_AbCdEfGhI`")
        );
        assert!(
            refused("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/openid-configuration")
                .ends_with("one part of it: `us-east-1_AbCdEfGhI`")
        );
        assert!(refused("cognito-idp.us-east-1.amazonaws.com").contains("is a whole URL"));
        assert!(refused("amazonaws.com/us-east-1_AbCdEfGhI").contains("`us-east-1_AbCdEfGhI`"));
        assert!(refused("https://example.auth.us-east-1.amazoncognito.com").contains("domain"));
        assert!(refused("1example23456789abcdefghij").contains("app client id"));
        assert!(refused("REPLACE_WITH_YOUR_POOL_ID").contains("placeholder"));
        assert!(refused("useast_AbCdEfGhI").contains("region"));
        assert!(refused("us-east-1_").contains("not a user pool id"));
        assert!(refused("us-east-1_Ab-Cd").contains("not a user pool id"));
        assert!(refused(&format!("us-east-1_{}", "a".repeat(46))).contains("not a user pool id"));
        assert!(refused("").contains("empty"));
    }
}
