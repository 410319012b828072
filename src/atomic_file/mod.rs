//! Files that are there whole or not at all.
//!
//! A file is written beside its place, synced, and renamed: whoever looks, and whatever happens
//! meanwhile, sees the old file or the new one. Signals that this program listens for wait until a
//! write is done.

mod error;
mod leftover;
mod staged;

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::fs::Access;
use rustix::io::Errno;

pub use error::{Note, WriteError};
use staged::Staged;

/// Who may read a written file. It keeps its owner in any case, where the system allows that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone, as for secrets.
    Owner,
    /// Whoever could before; a new file, whoever the process's umask lets.
    AsBefore,
}

/// A file to write.
#[derive(Clone, Copy)]
pub struct NewFile<'f> {
    /// Where. A symbolic link is followed.
    pub path: &'f Path,
    /// What it will hold.
    pub bytes: &'f [u8],
    /// Who may read it.
    pub readers: Readers,
}

/// Whether a file could be written there, as far as can be told beforehand.
///
/// # Errors
/// A file is in the way, or something that is none.
pub fn check(path: &Path, force: bool) -> Result<(), WriteError> {
    target(path, force).map(drop)
}

/// Writes a file, with all that there is to read.
///
/// # Errors
/// A file is there and `force` is not set, or the operating system refuses.
pub fn write(
    path: &Path,
    content: impl Read,
    force: bool,
    readers: Readers,
) -> Result<Vec<Note>, WriteError> {
    let _held = hold();
    Staged::new(path, target(path, force)?, content, readers)?.commit(force)
}

/// Writes several files, the ones that others refer to first. All of them are on the disk before the
/// first gets its name, and where one cannot get it, those before it are given back.
///
/// # Errors
/// A file is there and `force` is not set, or the operating system refuses.
pub fn write_all(files: &[NewFile<'_>], force: bool) -> Result<Vec<Note>, WriteError> {
    let _held = hold();
    let stage = |file: &NewFile<'_>| {
        let place = target(file.path, force)?;
        Staged::new(file.path, place, file.bytes, file.readers)
    };
    let staged: Vec<Staged> = files.iter().map(stage).collect::<Result<_, _>>()?;
    commit_all(staged, force)
}

/// A file whose text changes.
#[derive(Clone, Copy)]
pub struct EditedFile<'f> {
    /// Where. A symbolic link is followed.
    pub path: &'f Path,
    /// What was read there.
    pub before: &'f [u8],
    /// What it will hold.
    pub after: &'f [u8],
}

/// Replaces the texts of several files, as [`write_all`] writes them, as long as they are those that
/// were read. Their modes stay.
///
/// # Errors
/// Somebody changed a file meanwhile, or it may not be written to.
pub fn edit_all(files: &[EditedFile<'_>]) -> Result<Vec<Note>, WriteError> {
    let _held = hold();
    let stage = |file: &EditedFile<'_>| {
        let place = target(file.path, true)?;
        Staged::new(file.path, place, file.after, Readers::AsBefore)
    };
    let staged: Vec<Staged> = files.iter().map(stage).collect::<Result<_, _>>()?;
    for (file, staged) in files.iter().zip(&staged) {
        let path = file.path.to_owned();
        match fs::read(staged.target()) {
            Ok(now) if now == file.before => {}
            Ok(_) => return Err(WriteError::Changed(path)),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(WriteError::Changed(path));
            }
            Err(error) => return Err(WriteError::Io { path, error }),
        }
    }
    commit_all(staged, true)
}

/// Gives all files their names, or none.
fn commit_all(staged: Vec<Staged>, force: bool) -> Result<Vec<Note>, WriteError> {
    let before = staged.split_last().map_or(&[][..], |(_, before)| before);
    let mut undo = before.iter().map(Undo::of).collect::<Result<Vec<_>, _>>()?;
    let mut notes = Vec::new();
    let mut unconfirmed = None;
    for (index, one) in staged.into_iter().enumerate() {
        match one.commit(force) {
            Ok(more) => notes.extend(more),
            Err(error @ WriteError::Unconfirmed { .. }) => unconfirmed = Some(error),
            Err(error) => {
                undo.truncate(index);
                return Err(undo.into_iter().rev().fold(error, Undo::take_back));
            }
        }
    }
    unconfirmed.map_or(Ok(notes), Err)
}

/// Waits until no write is under way, and holds the next one up for as long as the guard lives.
pub fn hold() -> MutexGuard<'static, ()> {
    static UNDER_WAY: Mutex<()> = Mutex::new(());
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The file that a name leads to, and what it is now.
fn target(path: &Path, force: bool) -> Result<(PathBuf, Option<Metadata>), WriteError> {
    let failed = |error| WriteError::Io {
        path: path.to_owned(),
        error,
    };
    let folder = folder(path);
    match fs::metadata(folder) {
        Ok(found) if found.is_dir() => {}
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
        _ => {
            return Err(WriteError::NoFolder {
                path: path.to_owned(),
                folder: folder.to_owned(),
            });
        }
    }
    let (target, old) = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok((path.to_owned(), None));
        }
        Ok(link) if link.is_symlink() => {
            let target = fs::canonicalize(path);
            let target = target.map_err(|_| WriteError::DanglingLink(path.to_owned()))?;
            let old = fs::metadata(&target).map_err(failed)?;
            (target, old)
        }
        old => (path.to_owned(), old.map_err(failed)?),
    };
    if old.is_dir() {
        Err(WriteError::Folder(path.to_owned()))
    } else if !old.is_file() {
        Err(WriteError::Special(path.to_owned()))
    } else if !force {
        Err(WriteError::Exists(path.to_owned()))
    } else if is_read_only(&target, &old).map_err(failed)? {
        Err(WriteError::ReadOnly(path.to_owned()))
    } else {
        Ok((target, Some(old)))
    }
}

/// Whether nobody is meant to write to a file, or not who runs this, or not on this file system.
fn is_read_only(target: &Path, file: &Metadata) -> io::Result<bool> {
    if file.permissions().readonly() {
        return Ok(true);
    }
    match rustix::fs::access(target, Access::WRITE_OK) {
        Ok(()) => Ok(false),
        Err(Errno::ACCESS | Errno::PERM | Errno::ROFS) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."))
}

/// How to take back that a file was written.
enum Undo {
    Remove(PathBuf),
    PutBack(Staged),
}

impl Undo {
    fn of(staged: &Staged) -> Result<Self, WriteError> {
        let target = staged.target();
        if staged.is_new() {
            Ok(Self::Remove(target.to_owned()))
        } else {
            staged::copy(target).map(Self::PutBack)
        }
    }

    /// The error that made it necessary, and whether it is the whole truth now.
    fn take_back(error: WriteError, undo: Self) -> WriteError {
        let (written, undone) = match undo {
            Self::Remove(target) => {
                let removed = fs::remove_file(&target);
                (target, removed.is_ok())
            }
            Self::PutBack(old) => {
                let target = old.target().to_owned();
                (target, old.commit(true).is_ok())
            }
        };
        if undone {
            error
        } else {
            WriteError::Partly {
                error: Box::new(error),
                written,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn an_edited_file_keeps_its_mode_and_its_attributes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o624)).unwrap();
        let flags = rustix::fs::XattrFlags::empty();
        let has_attributes = rustix::fs::setxattr(&path, "user.note", b"kept", flags).is_ok();
        let edit = EditedFile {
            path: &path,
            before: b"old",
            after: b"new",
        };
        assert_eq!(edit_all(&[edit]).unwrap(), []);
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o7777,
            0o624
        );
        if has_attributes {
            let mut value = [0; 8];
            let length = rustix::fs::getxattr(&path, "user.note", &mut value).unwrap();
            assert_eq!(&value[..length], b"kept");
        }
    }

    #[test]
    fn what_somebody_else_wrote_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "theirs").unwrap();
        let edit = EditedFile {
            path: &path,
            before: b"old",
            after: b"new",
        };
        let error = edit_all(&[edit]).unwrap_err();
        assert!(matches!(error, WriteError::Changed(_)), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_another_run_is_writing_is_no_leftover() {
        let folder = tempfile::tempdir().unwrap();
        let held = leftover::temporary(folder.path(), 0o600).unwrap();
        let (_, left) = leftover::temporary(folder.path(), 0o600)
            .unwrap()
            .keep()
            .unwrap();
        leftover::remove_leftovers(folder.path());
        assert!(held.path().exists());
        assert!(!left.exists());
    }
}
