use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The id of an AWS account: twelve digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountId(String);

/// Why a text is no account id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not an AWS account id; one is twelve digits, such as `123456789012`")]
pub struct InvalidAccountId(String);

impl AccountId {
    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountId {
    type Err = InvalidAccountId;

    fn from_str(text: &str) -> Result<Self, InvalidAccountId> {
        if text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidAccountId(text.to_owned()))
        }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_id_is_twelve_digits() {
        let id = "012345678901".parse::<AccountId>().unwrap();
        assert_eq!(id.as_str(), "012345678901");
        assert_eq!(id.to_string(), "012345678901");
        for text in [
            "",
            "12345678901",
            "1234567890123",
            "1234-5678-9012",
            "12345678901x",
        ] {
            assert!(text.parse::<AccountId>().is_err());
        }
    }
}
