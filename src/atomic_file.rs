//! Files that are there whole or not at all.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::Builder;
use thiserror::Error;

/// Why a file could not be written. What was there before still is.
#[derive(Debug, Error)]
pub enum WriteError {
    /// A file is there already, and nobody said to overwrite it.
    #[error("{} exists already; add --force to overwrite it, or name another file", .0.display())]
    Exists(PathBuf),
    /// It names a folder.
    #[error("{} is a folder; name a file in it", .0.display())]
    Folder(PathBuf),
    /// It names a device, a pipe or a socket.
    #[error("{} is not a regular file; name another, or write `-` for standard output", .0.display())]
    Special(PathBuf),
    /// The folder that it should be in is not there.
    #[error("{} cannot be written: there is no folder {}; make it first", .path.display(), .folder.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// The operating system refuses.
    #[error("{} could not be written: {error}; nothing was changed", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it says.
        error: io::Error,
    },
}

/// Who may read a written file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone, as for secrets.
    Owner,
    /// Whoever the process's umask lets.
    Umask,
}

impl Readers {
    fn permissions(self) -> Permissions {
        Permissions::from_mode(match self {
            Self::Owner => 0o600,
            Self::Umask => 0o666,
        })
    }
}

/// Whether a file could be written there, as far as can be told beforehand.
///
/// # Errors
/// A file is in the way, or something that is none.
pub fn check(path: &Path, force: bool) -> Result<(), WriteError> {
    let folder = folder(path);
    if !folder.is_dir() {
        return Err(WriteError::NoFolder {
            path: path.to_owned(),
            folder: folder.to_owned(),
        });
    }
    // Not whether it leads anywhere: a dangling link is in the way too.
    match fs::symlink_metadata(path) {
        Ok(_) if path.is_dir() => Err(WriteError::Folder(path.to_owned())),
        Ok(_) if path.exists() && !path.is_file() => Err(WriteError::Special(path.to_owned())),
        Ok(_) if !force => Err(WriteError::Exists(path.to_owned())),
        _ => Ok(()),
    }
}

fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."))
}

/// Writes a file in one step: whoever looks sees the old one or the new one, whole, whatever happens
/// meanwhile. A symbolic link is followed.
///
/// # Errors
/// A file is there and `force` is not set, or the operating system refuses.
pub fn write(path: &Path, bytes: &[u8], force: bool, readers: Readers) -> Result<(), WriteError> {
    check(path, force)?;
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    replace(&target, bytes, force, readers).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => WriteError::Exists(path.to_owned()),
        _ => WriteError::Io {
            path: path.to_owned(),
            error,
        },
    })
}

fn replace(target: &Path, bytes: &[u8], force: bool, readers: Readers) -> io::Result<()> {
    let folder = folder(target);
    let mut file = Builder::new()
        .prefix(".consoleme-cfg-")
        .permissions(readers.permissions())
        .tempfile_in(folder)
        // Its message would name the temporary file, which says nothing to anybody.
        .map_err(|error| error.kind())?;
    file.as_file_mut().write_all(bytes)?;
    file.as_file().sync_all()?;
    if force {
        file.persist(target).map_err(|error| error.error)?;
    } else {
        // Somebody may have made the file since the check.
        file.persist_noclobber(target)
            .map_err(|error| error.error)?;
    }
    // The new name is only safe once the folder is.
    File::open(folder)?.sync_all()
}
