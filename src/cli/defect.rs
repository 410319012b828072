//! The last net: where this program has a defect, it ends with a sentence.

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

use super::Status;

/// Runs a command, and ends it like a file that could not be examined where it panics.
///
/// # Errors
/// Those of the command.
pub fn guarded(run: impl FnOnce() -> anyhow::Result<Status>) -> anyhow::Result<Status> {
    panic::set_hook(Box::new(tell));
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or(Ok(Status::Unexamined))
}

/// Tells where it was. The panic's own message may hold a piece of a file.
fn tell(panic: &PanicHookInfo<'_>) {
    let place = panic.location();
    let place = place.map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    // Where even this cannot be written there is nobody to tell.
    let _ = writeln!(
        io::stderr(),
        "error: consoleme-cfg has a defect at {place}, and no verdict; no file was left half-written; please report this line and the command"
    );
}
