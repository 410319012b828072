use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// An AWS region that can hold user pools, such as `us-east-1`.
///
/// The list of regions grows, so the form is what counts: letters, a direction, a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region(String);

/// Why a text is no region of a user pool.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidRegion {
    /// Not of the form of a region.
    #[error("`{0}` is not an AWS region; one looks like `us-east-1`")]
    Form(String),
    /// AWS China has identity pools only.
    #[error("`{0}` is in AWS China, where Cognito has no user pools; use a pool in another region")]
    China(String),
}

impl Region {
    /// The region's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domain that the partition's service hosts end with (botocore's `partitions.json`).
    pub fn dns_suffix(&self) -> &'static str {
        if self.0.starts_with("eusc-") {
            "amazonaws.eu"
        } else {
            "amazonaws.com"
        }
    }
}

impl FromStr for Region {
    type Err = InvalidRegion;

    fn from_str(text: &str) -> Result<Self, InvalidRegion> {
        let mut parts = text.split('-');
        let area = parts.next().unwrap_or_default();
        let number = parts.next_back().unwrap_or_default();
        let directions: Vec<&str> = parts.collect();
        let letters = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
        let well_formed = (2..=4).contains(&area.len())
            && letters(area)
            && !directions.is_empty()
            && directions.iter().all(|word| letters(word))
            && (1..=2).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit());
        match (well_formed, area) {
            (false, _) => Err(InvalidRegion::Form(text.to_owned())),
            (true, "cn") => Err(InvalidRegion::China(text.to_owned())),
            (true, _) => Ok(Self(text.to_owned())),
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_every_partition_are_taken() {
        for name in [
            "us-east-1",
            "ap-southeast-7",
            "us-gov-west-1",
            "eusc-de-east-1",
            "mx-central-1",
        ] {
            assert_eq!(name.parse::<Region>().unwrap().as_str(), name);
        }
        assert_eq!(
            "eusc-de-east-1".parse::<Region>().unwrap().dns_suffix(),
            "amazonaws.eu"
        );
        assert_eq!(
            "us-gov-west-1".parse::<Region>().unwrap().dns_suffix(),
            "amazonaws.com"
        );
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "us-east",
            "us-east-",
            "us--1",
            "US-EAST-1",
            "us-east-1a",
            "us-east-123",
            "useast1",
            "-1",
        ] {
            assert_eq!(
                text.parse::<Region>(),
                Err(InvalidRegion::Form(text.to_owned()))
            );
        }
        assert!(matches!(
            "cn-north-1".parse::<Region>(),
            Err(InvalidRegion::China(_))
        ));
    }
}
