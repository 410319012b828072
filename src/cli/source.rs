//! Which configuration a command is about.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::consoleme::{self, Load, Location};

/// The most that is read from standard input, as from a file.
const LIMIT: u64 = 64 << 20;

/// Why there is no configuration to look at.
#[derive(Debug, Error)]
pub(super) enum SourceError {
    /// `CONFIG_LOCATION` names something that is no file.
    #[error("CONFIG_LOCATION is `{0}`, which is not a file; fetch it, and name the file")]
    Remote(String),
    /// There is none where ConsoleMe looks.
    #[error("there is no configuration in {}; name one", places(.0))]
    Nowhere(Vec<PathBuf>),
    /// Standard input cannot be read.
    #[error("standard input: {0}")]
    Stdin(io::Error),
}

fn places(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    names.join(", ")
}

/// The file that ConsoleMe would take.
///
/// # Errors
/// There is none, or it is not on this machine.
pub(super) fn located() -> Result<PathBuf, SourceError> {
    let variable = std::env::var_os;
    match consoleme::locate(variable("CONFIG_LOCATION"), variable("HOME")) {
        Location::File(path) => Ok(path),
        Location::Remote(name) => Err(SourceError::Remote(name)),
        Location::Nowhere(places) => Err(SourceError::Nowhere(places)),
    }
}

/// What a named file is called in what is said of it.
pub(super) fn name(path: PathBuf, stdin_filename: Option<&Path>) -> PathBuf {
    if path == OsStr::new("-") {
        stdin_filename.unwrap_or(Path::new("<stdin>")).to_owned()
    } else {
        path
    }
}

/// Reads the named file, standard input for `-`, or the file that ConsoleMe would take. What
/// standard input extends is looked for beside `stdin_filename`.
///
/// # Errors
/// There is nothing to read; whether a file can be read is for the [`Load`] to say.
pub(super) fn load(
    path: Option<&Path>,
    stdin_filename: Option<&Path>,
) -> Result<Load, SourceError> {
    match path {
        Some(path) if path == OsStr::new("-") => {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes);
            read.map_err(SourceError::Stdin)?;
            if bytes.len() as u64 > LIMIT {
                return Err(SourceError::Stdin(io::Error::other(
                    "it is larger than 64 MiB",
                )));
            }
            let name = name(path.to_owned(), stdin_filename);
            let dir = name.parent().unwrap_or(Path::new("")).to_owned();
            Ok(consoleme::load_text(name, bytes, &dir))
        }
        Some(path) => Ok(consoleme::load(path)),
        None => located().map(|path| consoleme::load(&path)),
    }
}
