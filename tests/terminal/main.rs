//! The wizard of `init` in a real terminal: what it asks, what it refuses, and how it ends.

mod ended;
mod happy;
mod offer;
mod refused;
mod session;
mod terminals;
