//! What ConsoleMe does with the tree: which file it takes, `extends`, merge and lookup.

mod catalogue;
mod config;
mod edits;
mod environment;
mod load;
mod locate;
mod merge;
mod origin;
mod recognise;
mod secrets;
mod session_secret;
mod view;

pub use catalogue::{Catalogue, Key, SCHEMA, Status};
pub use config::{Config, Hidden, Source, TypeError};
pub use edits::Change;
pub use environment::{Because, Environment};
pub use load::{
    Failure, Load, LoadError, LoadErrorKind, LoadNote, LoadNoteKind, load, load_text, reload,
};
pub use locate::{Location, locate};
pub use origin::{Origin, origins};
pub use recognise::{is_configuration, may_extend};
pub use secrets::{SHORTEST_GUESSED, Secrets};
pub use session_secret::SessionSecret;
