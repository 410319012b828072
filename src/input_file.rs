//! Files that may be read: regular ones of a decent size, and pipes that somebody handed over.

use std::fs::{File, FileType, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;

/// The largest file that is read, in bytes.
const LIMIT: u64 = 64 << 20;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such file.
    #[error("there is no such file")]
    Missing,
    /// It is a directory.
    #[error("it is a directory")]
    Directory,
    /// It is something that may never end.
    #[error("it is {0}, not a regular file")]
    Special(&'static str),
    /// It is larger than 64 MiB.
    #[error("it is larger than 64 MiB")]
    TooLarge,
    /// The operating system refuses.
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error),
        }
    }
}

/// The bytes of a regular file.
///
/// # Errors
/// See [`FileError`].
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    read_checked(path, false)
}

/// The bytes of a regular file, or of a pipe as `<(…)` in a shell names it.
///
/// # Errors
/// See [`FileError`].
pub fn read_or_pipe(path: &Path) -> Result<Vec<u8>, FileError> {
    let is_descriptor = ["/dev/fd", "/proc/self/fd"].map(Path::new).contains(
        // A descriptor has a number and nothing below it.
        &path.parent().unwrap_or(Path::new("")),
    ) || path == Path::new("/dev/stdin");
    read_checked(path, is_descriptor)
}

fn read_checked(path: &Path, may_be_pipe: bool) -> Result<Vec<u8>, FileError> {
    // Before opening: to open some devices is already to do something with them.
    check(path.metadata()?.file_type(), may_be_pipe)?;
    // Without waiting for the other end of a pipe, which the file may have become meanwhile.
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags)
        .open(path)?;
    let metadata = file.metadata()?;
    check(metadata.file_type(), may_be_pipe)?;
    if metadata.len() > LIMIT {
        return Err(FileError::TooLarge);
    }
    if metadata.file_type().is_fifo() {
        wait_for_data(&file)?;
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Err(FileError::TooLarge);
    }
    Ok(bytes)
}

fn check(kind: FileType, may_be_pipe: bool) -> Result<(), FileError> {
    if kind.is_file() || kind.is_fifo() && may_be_pipe {
        Ok(())
    } else if kind.is_dir() {
        Err(FileError::Directory)
    } else if kind.is_fifo() {
        Err(FileError::Special("a named pipe"))
    } else if kind.is_socket() {
        Err(FileError::Special("a socket"))
    } else {
        Err(FileError::Special("a device"))
    }
}

/// Lets reads wait for the writer again.
fn wait_for_data(file: &File) -> io::Result<()> {
    let flags = rustix::fs::fcntl_getfl(file)?;
    Ok(rustix::fs::fcntl_setfl(file, flags - OFlags::NONBLOCK)?)
}
