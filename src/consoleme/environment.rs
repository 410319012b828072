//! Which kind of installation a configuration is for.

use std::fmt;

use url::Url;

use super::Config;

/// What a defect is judged for: a traceback in the browser is fine on a laptop only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// A laptop, a test.
    Development,
    /// Anything that other people reach.
    Production,
}

/// Why an environment was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The user said so.
    Asked,
    /// `environment` in the file says so.
    Declared,
    /// `environment` is absent; `development` is on.
    DevelopmentOn,
    /// `environment` is absent; `url` names this machine.
    Loopback,
    /// Nothing says anything else.
    Nothing,
}

impl Environment {
    /// The environment that a configuration shows itself to be for.
    pub fn of(config: &Config) -> (Self, Because) {
        let get = |key| config.get(key).ok().flatten();
        match get("environment").and_then(|value| value.as_str()) {
            Some("dev" | "test") => return (Self::Development, Because::Declared),
            Some("prod") => return (Self::Production, Because::Declared),
            _ => {}
        }
        if get("development").is_some_and(|value| value.is_truthy()) {
            return (Self::Development, Because::DevelopmentOn);
        }
        let loopback = get("url")
            .and_then(|value| Url::parse(value.as_str()?).ok())
            .is_some_and(|url| matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")));
        if loopback {
            (Self::Development, Because::Loopback)
        } else {
            (Self::Production, Because::Nothing)
        }
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Development => "development",
            Self::Production => "production",
        })
    }
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Asked => "as asked",
            Self::Declared => "as `environment` says",
            Self::DevelopmentOn => "as `development` is on and `environment` is missing",
            Self::Loopback => "as `url` is this machine and `environment` is missing",
            Self::Nothing => "as nothing in the file says otherwise",
        })
    }
}
