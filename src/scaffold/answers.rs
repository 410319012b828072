//! The answers, once every one of them is known and right.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::cognito::{
    AccountId, ClientId, ClientSecret, InvalidAccountId, PoolId, Region, Scope, ServerUrl,
    is_placeholder,
};
use crate::consoleme::Environment;

/// All that a configuration is made from.
pub struct Answers {
    /// The user pool.
    pub pool_id: PoolId,
    /// The app client.
    pub client_id: ClientId,
    /// The app client's secret.
    pub client_secret: ClientSecret,
    /// What ConsoleMe asks the pool for.
    pub scopes: Vec<Scope>,
    /// What people type to reach ConsoleMe.
    pub url: ServerUrl,
    /// Who may do everything.
    pub admin: Admin,
    /// The groups whose members may do everything.
    pub group_admins: Vec<String>,
    /// The accounts that ConsoleMe looks after.
    pub accounts: Vec<Account>,
    /// The region that ConsoleMe runs in.
    pub region: Region,
    /// What the configuration is for.
    pub environment: Environment,
    /// Where the secrets go.
    pub secrets: SecretsPlace,
}

/// The user or group that `application_admin` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admin(String);

/// Why a text names no administrator.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` names nobody; write the e-mail address that you log in with, such as `you@example.com`, or a group of the pool"
)]
pub struct InvalidAdmin(String);

impl FromStr for Admin {
    type Err = InvalidAdmin;

    fn from_str(text: &str) -> Result<Self, InvalidAdmin> {
        let usable = |c: char| !c.is_whitespace() && !c.is_control();
        if text.is_empty() || is_placeholder(text) || !text.chars().all(usable) {
            Err(InvalidAdmin(text.to_owned()))
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl fmt::Display for Admin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An account with the name that ConsoleMe shows for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
}

/// Why a text is no account with its name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidAccount {
    /// There is no `=`, or nothing behind it.
    #[error("`{0}` has no name; write id and name, such as `123456789012=production`")]
    Name(String),
    /// What stands before the `=` is no account id.
    #[error(transparent)]
    Id(#[from] InvalidAccountId),
}

impl FromStr for Account {
    type Err = InvalidAccount;

    fn from_str(text: &str) -> Result<Self, InvalidAccount> {
        let (id, name) = text.split_once('=').unwrap_or((text, ""));
        let id = id.trim().parse()?;
        match name.trim() {
            "" => Err(InvalidAccount::Name(text.to_owned())),
            name => Ok(Self {
                id,
                name: name.to_owned(),
            }),
        }
    }
}

/// Where the client secret and the session secret go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SecretsPlace {
    /// Into the configuration itself.
    #[default]
    Inline,
    /// Into a file beside it, which it extends.
    File,
    /// Into AWS Secrets Manager, under this name.
    Manager(String),
}

/// Why a text names no place for secrets.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no place for secrets; write `inline`, `file` or `aws-secrets-manager:NAME`")]
pub struct InvalidSecretsPlace(String);

impl FromStr for SecretsPlace {
    type Err = InvalidSecretsPlace;

    fn from_str(text: &str) -> Result<Self, InvalidSecretsPlace> {
        let is_name = |name: &&str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "/_+=.@-:".contains(c))
        };
        match (
            text,
            text.strip_prefix("aws-secrets-manager:").filter(is_name),
        ) {
            ("inline", _) => Ok(Self::Inline),
            ("file", _) => Ok(Self::File),
            (_, Some(name)) => Ok(Self::Manager(name.to_owned())),
            (_, None) => Err(InvalidSecretsPlace(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_an_id_and_a_name() {
        let account: Account = "012345670123=the first = best".parse().unwrap();
        assert_eq!(
            (account.id.as_str(), account.name.as_str()),
            ("012345670123", "the first = best")
        );
        assert!(matches!(
            "012345670123".parse::<Account>(),
            Err(InvalidAccount::Name(_))
        ));
        assert!(matches!(
            "012345670123=".parse::<Account>(),
            Err(InvalidAccount::Name(_))
        ));
        assert!(matches!(
            "12=x".parse::<Account>(),
            Err(InvalidAccount::Id(_))
        ));
    }

    #[test]
    fn secrets_have_three_places() {
        assert_eq!("inline".parse(), Ok(SecretsPlace::Inline));
        assert_eq!("file".parse(), Ok(SecretsPlace::File));
        let manager = SecretsPlace::Manager("prod/consoleme".to_owned());
        assert_eq!("aws-secrets-manager:prod/consoleme".parse(), Ok(manager));
        for text in [
            "",
            "aws-secrets-manager:",
            "aws-secrets-manager:a b",
            "vault",
        ] {
            assert_eq!(
                text.parse::<SecretsPlace>(),
                Err(InvalidSecretsPlace(text.to_owned()))
            );
        }
    }

    #[test]
    fn an_administrator_is_somebody() {
        assert_eq!(
            "you@example.com".parse::<Admin>().unwrap().to_string(),
            "you@example.com"
        );
        for text in ["", "two words", "<admin>"] {
            assert!(text.parse::<Admin>().is_err());
        }
    }
}
