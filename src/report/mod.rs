//! What people and programs get to read: one file per format, and the pages about rules and keys.

mod checks;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod key;
mod markdown;
mod mask;
mod masked;
mod paths;
mod rule;
mod run;
mod sarif;

use std::io::{self, Write};

pub use github::Github;
pub use gitlab::Gitlab;
pub use human::{Human, checks, human, summary};
pub use json::Json;
pub use junit::Junit;
pub use key::{as_yaml, key_page, kind};
pub use markdown::markdown;
pub use rule::rule_page;
pub use run::{File, Run};
pub use sarif::Sarif;

/// A way to write a run down, all of it in one document.
pub trait Format {
    /// Writes the run.
    ///
    /// # Errors
    /// The output cannot be written to.
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()>;
}
