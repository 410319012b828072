//! What ConsoleMe does with the tree: which file it takes, `extends`, merge and lookup.

mod config;
mod file;
mod load;
mod locate;
mod merge;
mod origin;

pub use config::{Config, Source, TypeError};
pub use file::FileError;
pub use load::{Failure, Load, LoadError, LoadErrorKind, LoadNote, LoadNoteKind, load, load_text};
pub use locate::{Location, locate};
pub use origin::{Origin, origins};
