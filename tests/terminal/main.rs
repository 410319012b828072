//! In a real terminal: what the wizard of `init` asks, what it refuses and how it ends, and the
//! completions in real shells.

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

mod completions;
mod ended;
mod happy;
mod live;
mod offer;
mod refused;
mod session;
mod terminals;
