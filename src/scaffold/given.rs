//! The answers as they were given, by flags and files: texts, and not all of them.

use std::str::FromStr;

use super::answers::{Account, Admin, Answers, SecretsPlace};
use crate::cognito::{ClientId, ClientSecret, PoolId, Region, Scope, ServerUrl};
use crate::consoleme::Environment;
use crate::secret::Secret;

/// What was given, by the names of the flags. Nothing is checked yet.
#[derive(Default)]
pub struct Given {
    /// `--pool-id`
    pub pool_id: Option<String>,
    /// `--client-id`
    pub client_id: Option<String>,
    /// The secret, from wherever it came.
    pub client_secret: Option<Secret>,
    /// `--scope`
    pub scopes: Vec<String>,
    /// `--url`
    pub url: Option<String>,
    /// `--admin`
    pub admin: Option<String>,
    /// `--group-admin`
    pub group_admins: Vec<String>,
    /// `--account`
    pub accounts: Vec<String>,
    /// `--region`
    pub region: Option<String>,
    /// `--environment`
    pub environment: Option<Environment>,
    /// `--secrets`
    pub secrets: Option<String>,
}

/// Why no configuration can be made of what was given: every reason at once.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// The flags of the answers that are missing.
    pub missing: Vec<&'static str>,
    /// The answers that are wrong: the flag, and what is wrong.
    pub wrong: Vec<(&'static str, String)>,
}

impl Given {
    /// The answers in `self`, and where they are silent, those in `others`.
    pub fn or(self, others: Self) -> Self {
        let several = |first: Vec<String>, second| if first.is_empty() { second } else { first };
        Self {
            pool_id: self.pool_id.or(others.pool_id),
            client_id: self.client_id.or(others.client_id),
            client_secret: self.client_secret.or(others.client_secret),
            scopes: several(self.scopes, others.scopes),
            url: self.url.or(others.url),
            admin: self.admin.or(others.admin),
            group_admins: several(self.group_admins, others.group_admins),
            accounts: several(self.accounts, others.accounts),
            region: self.region.or(others.region),
            environment: self.environment.or(others.environment),
            secrets: self.secrets.or(others.secrets),
        }
    }

    /// Checks every answer.
    ///
    /// # Errors
    /// Answers are missing or wrong.
    pub fn check(&self) -> Result<Answers, Refused> {
        let mut check = Check {
            refused: Refused {
                missing: Vec::new(),
                wrong: Vec::new(),
            },
        };
        let pool_id = check.needed::<PoolId>("--pool-id", self.pool_id.as_deref());
        let client_id = check.needed::<ClientId>("--client-id", self.client_id.as_deref());
        let client_secret = check.secret(self.client_secret.as_ref());
        let url = check.needed::<ServerUrl>("--url", self.url.as_deref());
        let url = url.and_then(|url| {
            let registrable = url.check_registrable().map(|()| url);
            check.wrong("--url", registrable)
        });
        let admin = check.needed::<Admin>("--admin", self.admin.as_deref());
        let scopes = check.scopes(&self.scopes);
        let group_admins = check.several::<Admin>("--group-admin", &self.group_admins);
        let accounts = check.several::<Account>("--account", &self.accounts);
        let region = check.optional::<Region>("--region", self.region.as_deref());
        let secrets = check.optional::<SecretsPlace>("--secrets", self.secrets.as_deref());
        let (Some(pool_id), Some(client_id), Some(client_secret), Some(url), Some(admin), true) = (
            pool_id,
            client_id,
            client_secret,
            url,
            admin,
            check.refused.is_nothing(),
        ) else {
            return Err(check.refused);
        };
        let by_url = if url.is_loopback() {
            Environment::Development
        } else {
            Environment::Production
        };
        Ok(Answers {
            region: region.unwrap_or_else(|| pool_id.region().clone()),
            pool_id,
            client_id,
            client_secret,
            scopes,
            environment: self.environment.unwrap_or(by_url),
            url,
            admin,
            group_admins: group_admins.iter().map(Admin::to_string).collect(),
            accounts,
            secrets: secrets.unwrap_or_default(),
        })
    }
}

impl Refused {
    fn is_nothing(&self) -> bool {
        self.missing.is_empty() && self.wrong.is_empty()
    }
}

struct Check {
    refused: Refused,
}

impl Check {
    fn wrong<T, E: ToString>(&mut self, flag: &'static str, result: Result<T, E>) -> Option<T> {
        result
            .map_err(|error| self.refused.wrong.push((flag, error.to_string())))
            .ok()
    }

    fn optional<T: FromStr<Err: ToString>>(
        &mut self,
        flag: &'static str,
        text: Option<&str>,
    ) -> Option<T> {
        text.and_then(|text| self.wrong(flag, text.trim().parse()))
    }

    fn needed<T: FromStr<Err: ToString>>(
        &mut self,
        flag: &'static str,
        text: Option<&str>,
    ) -> Option<T> {
        if text.is_none() {
            self.refused.missing.push(flag);
        }
        self.optional(flag, text)
    }

    fn several<T: FromStr<Err: ToString>>(
        &mut self,
        flag: &'static str,
        texts: &[String],
    ) -> Vec<T> {
        texts
            .iter()
            .filter_map(|text| self.optional(flag, Some(text)))
            .collect()
    }

    fn secret(&mut self, secret: Option<&Secret>) -> Option<ClientSecret> {
        if secret.is_none() {
            self.refused.missing.push("--client-secret-file");
        }
        secret.and_then(|text| self.wrong("--client-secret-file", ClientSecret::new(text.clone())))
    }

    fn scopes(&mut self, texts: &[String]) -> Vec<Scope> {
        if texts.is_empty() {
            return ["openid", "email"]
                .iter()
                .filter_map(|scope| scope.parse().ok())
                .collect();
        }
        let mut scopes: Vec<Scope> = self.several("--scope", texts);
        let mut seen: Vec<Scope> = Vec::new();
        scopes.retain(|scope| {
            let new = !seen.contains(scope);
            seen.push(scope.clone());
            new
        });
        if !scopes.iter().any(|scope| scope.as_str() == "openid") {
            let message = "`openid` is not among the scopes, and without it nobody can log in; add `--scope openid`";
            self.refused.wrong.push(("--scope", message.to_owned()));
        }
        scopes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Given {
        Given {
            pool_id: Some("us-east-1_AbCdEfGhI".to_owned()),
            client_id: Some("1example23456789abcdefghij".to_owned()),
            client_secret: Some(Secret::from("s3cr3t-value".to_owned())),
            url: Some("https://consoleme.example.com".to_owned()),
            admin: Some("you@example.com".to_owned()),
            ..Given::default()
        }
    }

    #[test]
    fn what_was_not_given_follows_from_what_was() {
        let answers = given()
            .check()
            .unwrap_or_else(|refused| panic!("{refused:?}"));
        assert_eq!(answers.region.as_str(), "us-east-1");
        assert_eq!(answers.environment, Environment::Production);
        let scopes: Vec<&str> = answers.scopes.iter().map(Scope::as_str).collect();
        assert_eq!(scopes, ["openid", "email"]);
        let local = Given {
            url: Some("http://localhost:8081".to_owned()),
            ..given()
        };
        let answers = local
            .check()
            .unwrap_or_else(|refused| panic!("{refused:?}"));
        assert_eq!(answers.environment, Environment::Development);
    }

    #[test]
    fn all_that_is_missing_is_named_at_once() {
        let refused = Given::default().check().err().unwrap();
        let all = [
            "--pool-id",
            "--client-id",
            "--client-secret-file",
            "--url",
            "--admin",
        ];
        assert_eq!(refused.missing, all);
    }

    #[test]
    fn all_that_is_wrong_is_named_at_once() {
        let refused = Given {
            pool_id: Some("nonsense".to_owned()),
            url: Some("http://consoleme.example.com".to_owned()),
            scopes: vec!["email".to_owned()],
            accounts: vec!["12=x".to_owned()],
            ..given()
        };
        let flags: Vec<&str> = refused
            .check()
            .err()
            .unwrap()
            .wrong
            .iter()
            .map(|(flag, _)| *flag)
            .collect();
        assert_eq!(flags, ["--pool-id", "--url", "--scope", "--account"]);
    }
}
