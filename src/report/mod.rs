//! What people and programs get to read.

mod human;
mod mask;

pub use human::{checks, human, summary};
