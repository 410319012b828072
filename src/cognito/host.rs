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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_cognito_are_told_from_others() {
        let of = |host| CognitoHost::of(host).map(|host| host.region().to_string());
        for host in [
            "cognito-idp.us-east-1.amazonaws.com",
            "cognito-idp-fips.us-east-1.amazonaws.com",
            "a-1.auth.us-east-1.amazoncognito.com",
            "a.auth-fips.us-east-1.amazoncognito.com",
        ] {
            assert_eq!(of(host).as_deref(), Some("us-east-1"), "{host}");
        }
        for host in [
            "",
            "amazonaws.com",
            "cognito-idp.us-east-1.amazonaws.com.example.com",
            "cognito-idp.us-east-1.example.com",
            "cognito-idp.nowhere.amazonaws.com",
            ".auth.us-east-1.amazoncognito.com",
            "A.auth.us-east-1.amazoncognito.com",
            "a_b.auth.us-east-1.amazoncognito.com",
            "a.b.auth.us-east-1.amazoncognito.com",
            "a.auth.us-east-1.amazoncognito.com.example.com",
        ] {
            assert_eq!(of(host), None, "{host}");
        }
    }
}
