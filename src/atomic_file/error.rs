//! What is said of a file that could not be written, and of one that was.

use std::fmt;
use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why a file could not be written. What was there before still is, unless the sentence says
/// otherwise.
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
    /// It is a symbolic link without a file at its end.
    #[error("{} is a symbolic link that leads nowhere; remove it, or name another file", .0.display())]
    DanglingLink(PathBuf),
    /// Its permissions, or those of the file system, forbid to write to it.
    #[error("{} is read-only; allow writing to it first (chmod u+w), or name another file", .0.display())]
    ReadOnly(PathBuf),
    /// The folder that it should be in is not there.
    #[error("{} cannot be written: there is no folder {}; make it first", .path.display(), .folder.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// Somebody else wrote to it since it was read.
    #[error("{} was changed by somebody else meanwhile, and was left as it is now; try again", .0.display())]
    Changed(PathBuf),
    /// It is a mount of its own, as Docker mounts single files, and cannot be replaced.
    #[error("{} is a mount point, and cannot be replaced in one step; nothing was changed; run this where the file itself is, or mount its folder instead", .0.display())]
    MountPoint(PathBuf),
    /// The operating system refuses.
    #[error("{} could not be written: {error}; nothing was changed", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it says.
        error: io::Error,
    },
    /// It was written, and may be lost if the power fails now.
    #[error("{} was written, but the disk does not confirm it: {error}", .path.display())]
    Unconfirmed {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// One of several files could not be written, and another one that already was could not be
    /// given back.
    #[error("{error}, except that {} is the new one already", .written.display())]
    Partly {
        /// Why the one could not be written.
        error: Box<WriteError>,
        /// The other one.
        written: PathBuf,
    },
}

impl WriteError {
    /// Whether it was the wrong file to name, rather than a write that failed.
    pub fn is_about_the_name(&self) -> bool {
        match self {
            Self::Exists(_)
            | Self::Folder(_)
            | Self::Special(_)
            | Self::DanglingLink(_)
            | Self::ReadOnly(_)
            | Self::NoFolder { .. } => true,
            Self::Changed(_)
            | Self::MountPoint(_)
            | Self::Io { .. }
            | Self::Unconfirmed { .. }
            | Self::Partly { .. } => false,
        }
    }
}

/// What is worth knowing of a file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The name was a symbolic link to another file, which is the one that was written.
    Link {
        /// The link.
        path: PathBuf,
        /// The file at its end.
        target: PathBuf,
    },
    /// The file had further names, hard links, which keep the old text.
    HardLinks {
        /// The file.
        path: PathBuf,
    },
    /// The file belonged to somebody else, and could not be given back to them.
    Owner {
        /// The file.
        path: PathBuf,
        /// The id of its user.
        user: u32,
        /// The id of its group.
        group: u32,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link { path, target } => write!(
                f,
                "{} is a symbolic link; the file that was written is {}",
                path.display(),
                target.display()
            ),
            Self::HardLinks { path } => write!(
                f,
                "{} has other names (hard links), and the old text is still there under them",
                path.display()
            ),
            Self::Owner { path, user, group } => write!(
                f,
                "{path} belonged to user {user} and group {group}, and is yours now; `chown {user}:{group} {path}` gives it back",
                path = path.display()
            ),
        }
    }
}
