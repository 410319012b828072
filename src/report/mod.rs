//! What people and programs get to read: one file per format, and the pages about rules and keys.

mod baseline;
mod checks;
mod diff;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod key;
mod list;
mod markdown;
mod mask;
mod masked;
mod outcome;
mod paths;
mod refusal;
mod rule;
mod run;
mod sarif;

use std::io::{self, Write};

pub use baseline::{Baseline, BaselineError};
pub use diff::diff;
pub use github::Github;
pub use gitlab::Gitlab;
pub use human::{Human, checks, human, summary};
pub use json::Json;
pub use junit::Junit;
pub use key::{as_yaml, key_page, kind};
pub use markdown::markdown;
pub use mask::Mask;
pub use outcome::Outcome;
pub use refusal::refusal;
pub use rule::rule_page;
pub use run::{File, Run};
pub use sarif::Sarif;

/// How much of a document that has to wait for the last file is kept in memory, in bytes; the rest
/// waits on the disk.
pub const KEPT: usize = 1 << 20;

/// A way to write a run down, all of it in one document. However many files there are, little of
/// it is kept in memory.
pub trait Format {
    /// Takes in what came of the next file, which the run has counted, and writes what can be
    /// written already.
    ///
    /// # Errors
    /// The output cannot be written to.
    fn file(&mut self, run: &Run, file: &File, out: &mut dyn Write) -> io::Result<()>;

    /// Writes the rest. Nothing comes after it.
    ///
    /// # Errors
    /// The output cannot be written to.
    fn end(&mut self, run: &Run, out: &mut dyn Write) -> io::Result<()>;
}
