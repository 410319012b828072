//! What people and programs get to read.

mod human;
mod key;
mod markdown;
mod mask;
mod rule;

pub use human::{human, summary};
pub use key::{as_yaml, key_page, kind};
pub use markdown::markdown;
pub use rule::rule_page;
