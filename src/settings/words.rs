//! Values that flags and settings are written with.

use std::str::FromStr;
use std::time::Duration;

use clap::ValueEnum;
use serde::Deserialize;
use thiserror::Error;
use url::Url;

use crate::consoleme::Environment;
use crate::finding::Severity;

/// What a configuration is judged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EnvironmentName {
    /// A laptop, a test.
    Development,
    /// Anything that other people reach.
    Production,
}

impl From<EnvironmentName> for Environment {
    fn from(name: EnvironmentName) -> Self {
        match name {
            EnvironmentName::Development => Self::Development,
            EnvironmentName::Production => Self::Production,
        }
    }
}

/// The least severity to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "a severity has its own")]
pub enum SeverityName {
    Error,
    Warning,
    Info,
}

impl From<SeverityName> for Severity {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Error => Self::Error,
            SeverityName::Warning => Self::Warning,
            SeverityName::Info => Self::Info,
        }
    }
}

/// From which severity on findings count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "a severity has its own")]
pub enum Threshold {
    Error,
    Warning,
    Info,
    Never,
}

impl Threshold {
    /// The severity; none for never.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// A redirect URI that has to be registered, as it is compared: as a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectUri(pub String);

/// Why a text is no redirect URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("it has to be a URL such as `https://consoleme.example.com/auth`")]
pub struct InvalidRedirectUri;

impl FromStr for RedirectUri {
    type Err = InvalidRedirectUri;

    fn from_str(text: &str) -> Result<Self, InvalidRedirectUri> {
        match Url::parse(text) {
            Ok(url) if url.has_host() && url.fragment().is_none() => Ok(Self(text.to_owned())),
            _ => Err(InvalidRedirectUri),
        }
    }
}

/// A time to wait, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "f64")]
pub struct Seconds(pub Duration);

/// Why a number is no time to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("it has to be a number of seconds, at most 3600")]
pub struct InvalidSeconds;

impl TryFrom<f64> for Seconds {
    type Error = InvalidSeconds;

    fn try_from(seconds: f64) -> Result<Self, InvalidSeconds> {
        if (0.001..=3600.0).contains(&seconds) {
            Ok(Self(Duration::from_secs_f64(seconds)))
        } else {
            Err(InvalidSeconds)
        }
    }
}

impl FromStr for Seconds {
    type Err = InvalidSeconds;

    fn from_str(text: &str) -> Result<Self, InvalidSeconds> {
        let seconds = text.parse::<f64>().map_err(|_| InvalidSeconds)?;
        Self::try_from(seconds)
    }
}
