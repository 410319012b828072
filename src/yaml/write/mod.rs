//! Values as text again.

mod json;
mod python;
mod walk;
mod yaml;

pub use json::to_json;
pub use walk::{Mask, Visit, WriteError, walk};
pub use yaml::to_yaml;

/// What stands in place of a value that must not be seen.
pub const HIDDEN: &str = "(hidden)";
