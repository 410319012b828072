//! A file that is whole on the disk, and only needs its name.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Gid, Uid, XattrFlags};
use tempfile::NamedTempFile;

use super::error::{Note, WriteError};
use super::leftover;
use super::{Readers, folder};

/// A file beside the one whose place it takes.
pub(super) struct Staged {
    file: NamedTempFile,
    path: PathBuf,
    target: PathBuf,
    is_new: bool,
    notes: Vec<Note>,
}

impl Staged {
    /// Writes what there is to read into a temporary file in the same folder. `old` is what stands at `target`
    /// now, to which `path` leads.
    pub(super) fn new(
        path: &Path,
        (target, old): (PathBuf, Option<Metadata>),
        mut content: impl Read,
        readers: Readers,
    ) -> Result<Self, WriteError> {
        let failed = |error| WriteError::Io {
            path: path.to_owned(),
            error,
        };
        let folder = folder(&target);
        leftover::remove_leftovers(folder);
        let mode = match (readers, &old) {
            (Readers::AsBefore, None) => 0o666,
            _ => 0o600,
        };
        let mut file = leftover::temporary(folder, mode).map_err(failed)?;
        let mut notes = Vec::new();
        if target != path {
            notes.push(Note::Link {
                path: path.to_owned(),
                target: target.clone(),
            });
        }
        if let Some(old) = &old {
            if old.nlink() > 1 {
                notes.push(Note::HardLinks {
                    path: path.to_owned(),
                });
            }
            let is_theirs = inherit(file.as_file(), &target, old, readers).map_err(failed)?;
            if !is_theirs {
                notes.push(Note::Owner {
                    path: path.to_owned(),
                    user: old.uid(),
                    group: old.gid(),
                });
            }
        }
        io::copy(&mut content, file.as_file_mut()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        Ok(Self {
            file,
            path: path.to_owned(),
            target,
            is_new: old.is_none(),
            notes,
        })
    }

    /// The file whose place it takes.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// Whether there is none.
    pub(super) fn is_new(&self) -> bool {
        self.is_new
    }

    /// Gives it its name, in one step. Somebody may have made the file since it was looked for;
    /// `replace` says whether that one may go.
    pub(super) fn commit(self, replace: bool) -> Result<Vec<Note>, WriteError> {
        // Where a folder may not be read there is nothing to sync it by.
        let folder = File::open(folder(&self.target)).ok();
        let path = self.path;
        let named = if replace {
            self.file.persist(&self.target)
        } else {
            self.file.persist_noclobber(&self.target)
        };
        named.map_err(|failure| match failure.error.kind() {
            io::ErrorKind::AlreadyExists => WriteError::Exists(path.clone()),
            io::ErrorKind::ResourceBusy => WriteError::MountPoint(path.clone()),
            _ => WriteError::Io {
                path: path.clone(),
                error: failure.error,
            },
        })?;
        // The new name is only safe once the folder is.
        folder
            .map_or(Ok(()), |folder| folder.sync_all())
            .map_err(|error| WriteError::Unconfirmed { path, error })?;
        Ok(self.notes)
    }
}

/// Gives a new file the owner of the old one, and what the old one let others do. Tells whether the
/// owner is the same now.
fn inherit(new: &File, target: &Path, old: &Metadata, readers: Readers) -> io::Result<bool> {
    let (user, group) = (Uid::from_raw(old.uid()), Gid::from_raw(old.gid()));
    let made = new.metadata()?;
    let same_owner = (made.uid(), made.gid()) == (old.uid(), old.gid())
        || rustix::fs::fchown(new, Some(user), Some(group)).is_ok();
    let same_group =
        same_owner || made.gid() == old.gid() || rustix::fs::fchown(new, None, Some(group)).is_ok();
    if readers == Readers::AsBefore {
        copy_attributes(target, new);
        // What the old group could do is not for another one.
        let kept = if same_group { 0o777 } else { 0o707 };
        new.set_permissions(Permissions::from_mode(old.mode() & kept))?;
    }
    Ok(same_owner)
}

/// Copies access lists and other extended attributes. Some belong to the system, which refuses to
/// have them copied and sets them itself, and some file systems have none.
fn copy_attributes(old: &Path, new: &File) {
    let Ok(old) = File::open(old) else { return };
    let mut names = vec![0; 1 << 16];
    let Ok(length) = rustix::fs::flistxattr(&old, names.as_mut_slice()) else {
        return;
    };
    let mut value = vec![0; 1 << 16];
    let listed = names.get(..length).unwrap_or_default();
    for name in listed
        .split(|&byte| byte == 0)
        .filter(|name| !name.is_empty())
    {
        if let Ok(length) = rustix::fs::fgetxattr(&old, name, value.as_mut_slice()) {
            let value = value.get(..length).unwrap_or_default();
            let _ = rustix::fs::fsetxattr(new, name, value, XattrFlags::empty());
        }
    }
}

/// What is to be replaced, as it is: its bytes, owner and permissions in a file of their own.
pub(super) fn copy(target: &Path) -> Result<Staged, WriteError> {
    let failed = |error| WriteError::Io {
        path: target.to_owned(),
        error,
    };
    let bytes = zeroize::Zeroizing::new(fs::read(target).map_err(failed)?);
    let old = fs::metadata(target).map_err(failed)?;
    let place = (target.to_owned(), Some(old));
    Staged::new(target, place, bytes.as_slice(), Readers::AsBefore)
}
