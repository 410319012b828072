//! The wizard of `init` in a real terminal: what it asks, what it refuses, and how it ends.

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

mod ended;
mod happy;
mod offer;
mod refused;
mod session;
mod terminals;
