//! What ConsoleMe does with the tree: which file it takes, `extends`, merge and lookup.

mod catalogue;
mod config;
mod environment;
mod view;

pub use catalogue::Catalogue;
pub use environment::{Because, Environment};
pub use config::{Config, Source, TypeError};
