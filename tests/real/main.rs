//! Tests against the real components: ConsoleMe's own code, and an OpenID provider.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics fails, as it should"
)]

// clippy.toml lets tests panic, and takes a module for a test's only where it says so
#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod editor;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod init;
#[cfg(test)]
mod live;
#[cfg(test)]
mod load;
#[cfg(test)]
mod login;
#[cfg(test)]
mod missing;
#[cfg(test)]
mod packages;
#[cfg(test)]
mod reader;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod variants;
#[cfg(test)]
mod yaml;
