//! The real components that tests run against: ConsoleMe 1.4.0 with the AWS mock moto, and an
//! OpenID provider that behaves as Cognito does.

mod consoleme;
mod environment;
mod value;

pub use consoleme::{Raised, consoleme};
pub use value::Value;
