//! The wizard of `init` in a real terminal: what it asks, what it refuses, and how it ends.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "where one of them panics the test fails"
)]

mod ended;
mod happy;
mod offer;
mod refused;
mod session;
mod terminals;
