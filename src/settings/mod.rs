//! `consoleme-cfg.toml`: what a team has decided for its configurations. Every setting is a flag of
//! `validate` too, of the same name, and what a flag says goes before it.

mod find;
mod problem;
mod words;

pub use find::{FILE_NAME, SettingsError, find, load};
pub use problem::Problem;
pub use words::{EnvironmentName, RedirectUri, Seconds, SeverityName, Threshold};

use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::path::PathBuf;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use crate::live::AllowedHost;
use crate::rules::Name;

/// The JSON Schema of the file, as text.
pub const SCHEMA: &str = include_str!("../../schemas/consoleme-cfg.schema.json");

/// The settings; what is not there was not decided. `schemas/consoleme-cfg.schema.json` says what
/// each means.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the schema says it")]
pub struct Settings {
    pub environment: Option<EnvironmentName>,
    #[serde(deserialize_with = "each")]
    pub select: Vec<Name>,
    #[serde(deserialize_with = "each")]
    pub ignore: Vec<Name>,
    pub fail_on: Option<Threshold>,
    pub min_severity: Option<SeverityName>,
    pub baseline: Option<PathBuf>,
    #[serde(deserialize_with = "each")]
    pub callback_url: Vec<RedirectUri>,
    #[serde(deserialize_with = "each")]
    pub allow_host: Vec<AllowedHost>,
    pub timeout: Option<Seconds>,
}

impl Settings {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// It is not TOML, or holds something that is no setting.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        toml::from_str(text).map_err(|error| Problem::new(&error, text))
    }
}

/// A value that is written as a text.
struct Written<T>(T);

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(PhantomData)).map(Self)
    }
}

/// Reads the text while the deserializer still knows where it stands.
struct Text<T>(PhantomData<T>);

impl<T: FromStr<Err: Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// A list of texts, each of which is read as on the command line.
fn each<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let written = Vec::<Written<T>>::deserialize(deserializer)?;
    Ok(written.into_iter().map(|Written(value)| value).collect())
}
