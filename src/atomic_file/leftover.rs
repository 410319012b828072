//! Temporary files: their names, and what becomes of those that a killed run left behind.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::{FlockOperation, OFlags, flock};
use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".consoleme-cfg-";
const SUFFIX: &str = ".tmp";
const RANDOM: usize = 6;

/// How often a temporary file may be taken away, by another run that took it for a leftover.
const ATTEMPTS: usize = 8;

/// Makes a temporary file that only its owner may read, locked for as long as it is open.
pub(super) fn temporary(folder: &Path, mode: u32) -> io::Result<NamedTempFile> {
    for _ in 0..ATTEMPTS {
        let file = Builder::new()
            .prefix(PREFIX)
            .suffix(SUFFIX)
            .rand_bytes(RANDOM)
            .permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
            .tempfile_in(folder)
            .map_err(plain)?;
        let taken = matches!(lock(file.as_file()), Err(rustix::io::Errno::WOULDBLOCK));
        if !taken && file.as_file().metadata()?.nlink() != 0 {
            return Ok(file);
        }
    }
    Err(io::Error::from(io::ErrorKind::ResourceBusy))
}

/// The system's own error: the message around it names the temporary file, which says nothing to
/// anybody.
fn plain(error: io::Error) -> io::Error {
    let inner = error.get_ref().and_then(|around| around.source());
    let inner = inner.and_then(|inner| inner.downcast_ref::<io::Error>());
    let code = inner.unwrap_or(&error).raw_os_error();
    code.map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}

/// Removes the temporary files of runs that were killed: those that nobody holds a lock on. What
/// cannot be removed is left where it is; the next run may do better.
pub(super) fn remove_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if entry.file_name().to_str().is_some_and(is_temporary) {
            let _ = remove(&entry.path());
        }
    }
}

fn is_temporary(name: &str) -> bool {
    let random = name
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == RANDOM)
}

fn remove(path: &Path) -> io::Result<()> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(i32::try_from(flags.bits()).unwrap_or_default())
        .open(path)?;
    lock(&file)?;
    let (held, named) = (file.metadata()?, fs::symlink_metadata(path)?);
    // It may have become the file that it was written for a moment ago.
    if held.is_file() && (held.dev(), held.ino()) == (named.dev(), named.ino()) {
        fs::remove_file(path)?;
    }
    Ok(())
}

fn lock(file: &File) -> rustix::io::Result<()> {
    flock(file, FlockOperation::NonBlockingLockExclusive)
}
