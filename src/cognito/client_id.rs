use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::{PoolId, is_placeholder, looks_like_client_id};

/// The id of an app client, such as `1example23456789abcdefghij` (`ClientIdType` of the Cognito
/// API: letters, digits, `_` and `+`, at most 128).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientId(String);

/// Why a text is no app client id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidClientId {
    /// Nothing was given.
    #[error("the client id is empty; one looks like `1example23456789abcdefghij`")]
    Empty,
    /// A stand-in from an example file.
    #[error(
        "`{0}` is a placeholder; put the app client's own id there, such as `1example23456789abcdefghij`"
    )]
    Placeholder(String),
    /// The pool's id.
    #[error(
        "`{0}` is a pool id; the client id stands with the app client and looks like `1example23456789abcdefghij`"
    )]
    PoolId(String),
    /// Characters that no client id has. The text is not repeated: it may be the secret.
    #[error(
        "the client id has characters that none has; it is letters and digits, such as `1example23456789abcdefghij`"
    )]
    Form,
    /// As long as a secret. The text is not repeated.
    #[error(
        "the client id is {0} characters long, as a client secret is; an id has 25 or 26, such as `1example23456789abcdefghij`"
    )]
    Secret(usize),
}

impl ClientId {
    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has the look of every id that Cognito is known to have made: 25 or 26 lower-case
    /// letters and digits.
    pub fn is_usual(&self) -> bool {
        looks_like_client_id(&self.0)
    }
}

impl FromStr for ClientId {
    type Err = InvalidClientId;

    fn from_str(text: &str) -> Result<Self, InvalidClientId> {
        if text.is_empty() {
            Err(InvalidClientId::Empty)
        } else if is_placeholder(text) {
            Err(InvalidClientId::Placeholder(text.to_owned()))
        } else if text.parse::<PoolId>().is_ok() {
            Err(InvalidClientId::PoolId(text.to_owned()))
        } else if !text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '+')
            || text.len() > 128
        {
            Err(InvalidClientId::Form)
        } else if text.len() >= 48 {
            Err(InvalidClientId::Secret(text.len()))
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_what_stands_beside_them() {
        assert!(
            "1example23456789abcdefghij"
                .parse::<ClientId>()
                .unwrap()
                .is_usual()
        );
        assert!(!"short1".parse::<ClientId>().unwrap().is_usual());
        let error = |text: &str| text.parse::<ClientId>().unwrap_err();
        assert_eq!(error(""), InvalidClientId::Empty);
        assert!(matches!(
            error("us-east-1_AbCdEfGhI"),
            InvalidClientId::PoolId(_)
        ));
        assert!(matches!(
            error("REPLACE_WITH_YOUR_CLIENT_ID"),
            InvalidClientId::Placeholder(_)
        ));
        let odd = "a_b+c".parse::<ClientId>().unwrap();
        assert_eq!(odd.as_str(), "a_b+c");
        assert_eq!(odd.to_string(), "a_b+c");
        let long = "a".repeat(47);
        assert_eq!(long.parse::<ClientId>().unwrap().as_str(), long);
        assert_eq!(error(&"a1".repeat(24)), InvalidClientId::Secret(48));
        assert_eq!(error(&"a1".repeat(64)), InvalidClientId::Secret(128));
        assert_eq!(error(&"a".repeat(129)), InvalidClientId::Form);
        assert_eq!(error("has space"), InvalidClientId::Form);
        assert_eq!(error("has-dash"), InvalidClientId::Form);
        assert!(!error("s3cr3t-value!").to_string().contains("s3cr3t"));
    }
}
