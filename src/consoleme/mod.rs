//! What ConsoleMe does with the tree: which file it takes, `extends`, merge and lookup.

mod config;

pub use config::{Config, Source, TypeError};
