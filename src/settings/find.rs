use std::path::{Path, PathBuf};

use thiserror::Error;

use super::{Problem, Settings};
use crate::input_file::{self, FileError};

/// What a file of settings is called.
pub const FILE_NAME: &str = "consoleme-cfg.toml";

/// Why a file of settings cannot be used.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// It cannot be read.
    #[error("{}: {error}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: FileError,
    },
    /// It is not UTF-8.
    #[error("{}: the file is not UTF-8", .0.display())]
    NotUtf8(PathBuf),
    /// Its text is not right.
    #[error("{}: {}", .path.display(), .problem.message)]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Its text.
        text: String,
        /// What is wrong with it.
        problem: Problem,
    },
}

/// The file of settings for what is in a folder: in it, or else in the nearest folder above. The
/// root of a repository is the last one that is looked into.
pub fn find(folder: &Path) -> Option<PathBuf> {
    // An empty path is the folder that the program runs in.
    let folder = Path::new(".").join(folder).canonicalize().ok()?;
    for folder in folder.ancestors() {
        let file = folder.join(FILE_NAME);
        if file.symlink_metadata().is_ok() {
            return Some(file);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// Reads a file of settings. Names of files in it count from its folder.
///
/// # Errors
/// See [`SettingsError`].
pub fn load(path: &Path) -> Result<Settings, SettingsError> {
    let bytes = input_file::read(path).map_err(|error| SettingsError::Unreadable {
        path: path.to_owned(),
        error,
    })?;
    let text = String::from_utf8(bytes).map_err(|_| SettingsError::NotUtf8(path.to_owned()))?;
    match Settings::parse(&text) {
        Ok(mut settings) => {
            let folder = path.parent().unwrap_or(Path::new(""));
            settings.baseline = settings.baseline.map(|file| folder.join(file));
            Ok(settings)
        }
        Err(problem) => Err(SettingsError::Wrong {
            path: path.to_owned(),
            text,
            problem,
        }),
    }
}
