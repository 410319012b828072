//! Answers from a file, in YAML or TOML: the flags' names as keys.

use std::path::Path;

use thiserror::Error;
use toml::Value as Toml;
use zeroize::Zeroizing;

use super::given::Given;
use crate::consoleme::Environment;
use crate::input_file::{self, FileError};
use crate::secret::Secret;
use crate::yaml::{self, Node, SourceId, Span, Tree};

/// Why a file of answers cannot be used.
#[derive(Debug, Error)]
pub enum AnswersFileError {
    /// There is none, or it is something else than a file.
    #[error("cannot be read")]
    File(#[from] FileError),
    /// It is no text.
    #[error("is not UTF-8")]
    NotUtf8,
    /// It is not YAML.
    #[error("{0}")]
    Yaml(#[from] yaml::ReadError),
    /// It is not TOML.
    #[error("is not TOML: {0}")]
    Toml(String),
    /// It holds something else than keys with values.
    #[error("has to hold keys with values, such as `pool-id: us-east-1_AbCdEfGhI`")]
    NotMapping,
    /// It has a key that is no flag.
    #[error("`{0}` is none of the answers; they are {known}", known = KEYS.join(", "))]
    Key(String),
    /// A value is of the wrong kind.
    #[error("`{key}` has to be {needed}")]
    Kind {
        /// The key.
        key: String,
        /// What it has to be.
        needed: &'static str,
    },
}

const KEYS: [&str; 11] = [
    "pool-id",
    "client-id",
    "client-secret",
    "scope",
    "url",
    "admin",
    "group-admin",
    "account",
    "region",
    "environment",
    "secrets",
];

/// A value of the file, in either format.
enum Answer {
    One(String),
    Several(Vec<String>),
    Named(Vec<(String, String)>),
}

/// Reads a file of answers: TOML where its name ends so, otherwise YAML.
///
/// # Errors
/// See [`AnswersFileError`]; no message repeats a value.
pub fn answers_file(path: &Path) -> Result<Given, AnswersFileError> {
    let bytes = Zeroizing::new(input_file::read_or_pipe(path)?);
    let text = std::str::from_utf8(&bytes).map_err(|_| AnswersFileError::NotUtf8)?;
    let answers = if path
        .extension()
        .is_some_and(|extension| extension == "toml")
    {
        from_toml(text)?
    } else {
        from_yaml(text)?
    };
    let mut given = Given::default();
    for (key, answer) in answers {
        put(&mut given, &key.replace('_', "-"), answer)?;
    }
    Ok(given)
}

fn put(given: &mut Given, key: &str, answer: Answer) -> Result<(), AnswersFileError> {
    let kind = |needed| AnswersFileError::Kind {
        key: key.to_owned(),
        needed,
    };
    let one = |answer| match answer {
        Answer::One(text) => Ok(text),
        _ => Err(kind("one text")),
    };
    let several = |answer| match answer {
        Answer::One(text) => Ok(vec![text]),
        Answer::Several(texts) => Ok(texts),
        Answer::Named(_) => Err(kind("a list of texts")),
    };
    match key {
        "pool-id" => given.pool_id = Some(one(answer)?),
        "client-id" => given.client_id = Some(one(answer)?),
        "client-secret" => given.client_secret = Some(Secret::from(one(answer)?)),
        "scope" => given.scopes = several(answer)?,
        "url" => given.url = Some(one(answer)?),
        "admin" => given.admin = Some(one(answer)?),
        "group-admin" => given.group_admins = several(answer)?,
        "account" => {
            given.accounts = match answer {
                Answer::Named(accounts) => accounts
                    .iter()
                    .map(|(id, name)| format!("{id}={name}"))
                    .collect(),
                answer => several(answer)?,
            };
        }
        "region" => given.region = Some(one(answer)?),
        "environment" => {
            given.environment = Some(match one(answer)?.as_str() {
                "development" => Environment::Development,
                "production" => Environment::Production,
                _ => return Err(kind("`development` or `production`")),
            });
        }
        "secrets" => given.secrets = Some(one(answer)?),
        _ => return Err(AnswersFileError::Key(key.to_owned())),
    }
    Ok(())
}

fn from_toml(text: &str) -> Result<Vec<(String, Answer)>, AnswersFileError> {
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| AnswersFileError::Toml(error.message().to_owned()))?;
    let scalar = |value: &Toml| match value {
        Toml::String(text) => Some(text.clone()),
        _ => None,
    };
    let answer = |(key, value): (String, Toml)| {
        let answer = match &value {
            Toml::Array(items) => items
                .iter()
                .map(scalar)
                .collect::<Option<_>>()
                .map(Answer::Several),
            Toml::Table(table) => table
                .iter()
                .map(|(name, value)| Some((name.clone(), scalar(value)?)))
                .collect::<Option<_>>()
                .map(Answer::Named),
            value => scalar(value).map(Answer::One),
        };
        let needed = "a text in quotes, or a list or table of them";
        let answer = answer.ok_or(AnswersFileError::Kind {
            key: key.clone(),
            needed,
        })?;
        Ok((key, answer))
    };
    table.into_iter().map(answer).collect()
}

/// Takes each scalar as it is written: an account id without quotes is one here.
fn from_yaml(text: &str) -> Result<Vec<(String, Answer)>, AnswersFileError> {
    let mut tree = Tree::default();
    let root = yaml::read(text, SourceId::default(), &mut tree)?;
    let root = tree.node(root);
    if !root.is_map() {
        return Err(AnswersFileError::NotMapping);
    }
    let written = |node: Node<'_>| {
        let Span { start, end } = node.span();
        let plain = text.get(start as usize..end as usize).unwrap_or_default();
        node.as_str().unwrap_or(plain).to_owned()
    };
    let answer = |(key, value): (Node<'_>, Node<'_>)| {
        let answer = if value.is_map() {
            let named = |(name, value)| (written(name), written(value));
            Answer::Named(value.entries().map(named).collect())
        } else if value.items().len() > 0 {
            Answer::Several(value.items().map(written).collect())
        } else {
            Answer::One(written(value))
        };
        (written(key), answer)
    };
    Ok(root.entries().map(answer).collect())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn read(suffix: &str, text: &str) -> Result<Given, AnswersFileError> {
        let mut file = tempfile::Builder::new().suffix(suffix).tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        answers_file(file.path())
    }

    #[test]
    fn both_formats_say_the_same() {
        let yaml = "pool_id: us-east-1_AbCdEfGhI\nscope: [openid, email]\naccount:\n  012345670123: first\nenvironment: production\n";
        let toml = "pool-id = \"us-east-1_AbCdEfGhI\"\nscope = [\"openid\", \"email\"]\nenvironment = \"production\"\n[account]\n012345670123 = \"first\"\n";
        for (suffix, text) in [(".yaml", yaml), (".toml", toml)] {
            let given = read(suffix, text).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(
                given.pool_id.as_deref(),
                Some("us-east-1_AbCdEfGhI"),
                "{suffix}"
            );
            assert_eq!(given.scopes, ["openid", "email"]);
            assert_eq!(given.accounts, ["012345670123=first"]);
            assert_eq!(given.environment, Some(Environment::Production));
        }
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        assert!(
            matches!(read(".yaml", "pool: x\n"), Err(AnswersFileError::Key(key)) if key == "pool")
        );
        assert!(matches!(
            read(".yaml", "- x\n"),
            Err(AnswersFileError::NotMapping)
        ));
        assert!(matches!(
            read(".toml", "port = 1\n"),
            Err(AnswersFileError::Kind { .. })
        ));
        assert!(matches!(
            read(".yaml", "url: [a, b]\n"),
            Err(AnswersFileError::Kind { .. })
        ));
        assert!(matches!(
            read(".toml", "url = \n"),
            Err(AnswersFileError::Toml(_))
        ));
    }
}
