use super::Region;

/// A host that belongs to Cognito.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CognitoHost {
    /// Where the pools of a region have their issuers: discovery documents and keys.
    Issuer(Region),
    /// A domain with a prefix of its own that a pool of a region has for its login page.
    Domain(Region),
}

impl CognitoHost {
    /// What a host of Cognito is for; nothing for any other host.
    pub fn of(host: &str) -> Option<Self> {
        let (label, rest) = host.split_once('.')?;
        if matches!(
            label,
            "cognito-idp" | "cognito-idp-fips" | "issuer-cognito-idp"
        ) {
            let (region, suffix) = rest.split_once('.')?;
            let region: Region = region.parse().ok()?;
            return (suffix == region.dns_suffix()).then_some(Self::Issuer(region));
        }
        // A prefix has no dot and is never empty (`DomainType` of the Cognito API).
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if label.is_empty() || !label.bytes().all(allowed) {
            return None;
        }
        let rest = rest
            .strip_prefix("auth.")
            .or_else(|| rest.strip_prefix("auth-fips."))?;
        let region = rest.strip_suffix(".amazoncognito.com")?;
        region.parse().ok().map(Self::Domain)
    }

    /// Its region.
    pub fn region(&self) -> &Region {
        match self {
            Self::Issuer(region) | Self::Domain(region) => region,
        }
    }
}
