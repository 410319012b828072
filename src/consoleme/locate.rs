//! Which file ConsoleMe takes (`consoleme/default_plugins/plugins/config/config.py:17`).

use std::ffi::OsString;
use std::path::PathBuf;

/// Where ConsoleMe's configuration is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// This file. `CONFIG_LOCATION` is taken as it is, whether or not there is such a file.
    File(PathBuf),
    /// `CONFIG_LOCATION` names an object in S3 or a secret of AWS Secrets Manager, which ConsoleMe
    /// copies to `./consoleme.yaml`.
    Remote(String),
    /// None of these files exists.
    Nowhere(Vec<PathBuf>),
}

/// Looks where ConsoleMe looks, given the variables `CONFIG_LOCATION` and `HOME`.
pub fn locate(config_location: Option<OsString>, home: Option<OsString>) -> Location {
    if let Some(named) = config_location.filter(|named| !named.is_empty()) {
        let text = named.to_string_lossy();
        if text.starts_with("s3://") || text.starts_with("AWS_SECRETS_MANAGER:") {
            return Location::Remote(text.into_owned());
        }
        return Location::File(named.into());
    }
    let home = home.map(|home| PathBuf::from(home).join(".config/consoleme/config.yaml"));
    let places: Vec<PathBuf> = [
        Some("./consoleme.yaml".into()),
        home,
        Some("/etc/consoleme/config/config.yaml".into()),
        Some("example_config/example_config_development.yaml".into()),
    ]
    .into_iter()
    .flatten()
    .collect();
    match places.iter().find(|place| place.exists()) {
        Some(place) => Location::File(place.clone()),
        None => Location::Nowhere(places),
    }
}
