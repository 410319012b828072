use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A scope that an app client of Cognito can allow: one of [`Scope::STANDARD`], or a custom
/// `resource-server/name` (RFC 6749 §3.3 for the characters).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(String);

/// Why a text is no scope of Cognito.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidScope {
    /// Nothing was given.
    #[error("a scope is empty; ConsoleMe needs `openid` and `email`")]
    Empty,
    /// Several in one.
    #[error("`{0}` holds several scopes; give each one by itself, such as `openid`, then `email`")]
    Several(String),
    /// Known from other providers.
    #[error(
        "Cognito has no scope `{0}`; its own are openid, email, phone, profile and aws.cognito.signin.user.admin, and a custom one has a slash"
    )]
    Unknown(String),
    /// A character that no scope has.
    #[error("`{0}` has a character that no scope has; one looks like `openid`")]
    Character(String),
}

impl Scope {
    /// The scopes that every pool has, in the order that the console shows them.
    pub const STANDARD: [&'static str; 5] = [
        "aws.cognito.signin.user.admin",
        "email",
        "openid",
        "phone",
        "profile",
    ];

    /// The scope's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Scope {
    type Err = InvalidScope;

    fn from_str(text: &str) -> Result<Self, InvalidScope> {
        let given = || text.to_owned();
        if text.is_empty() {
            Err(InvalidScope::Empty)
        } else if text.contains([' ', ',']) {
            Err(InvalidScope::Several(given()))
        } else if !text
            .bytes()
            .all(|b| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
        {
            Err(InvalidScope::Character(given()))
        } else if !Self::STANDARD.contains(&text) && !text.contains('/') {
            Err(InvalidScope::Unknown(given()))
        } else {
            Ok(Self(given()))
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_told_from_texts() {
        for text in [
            "openid",
            "email",
            "aws.cognito.signin.user.admin",
            "https://api.example.com/read",
        ] {
            let scope = text.parse::<Scope>().unwrap();
            assert_eq!(scope.as_str(), text);
            assert_eq!(scope.to_string(), text);
        }
        let error = |text: &str| text.parse::<Scope>().unwrap_err();
        assert_eq!(error(""), InvalidScope::Empty);
        assert!(matches!(error("openid email"), InvalidScope::Several(_)));
        assert!(matches!(error("groups"), InvalidScope::Unknown(_)));
        assert!(matches!(error("Openid"), InvalidScope::Unknown(_)));
        assert!(matches!(error("a\"/b"), InvalidScope::Character(_)));
    }
}
