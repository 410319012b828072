//! The real components that tests run against: ConsoleMe 1.4.0 with the AWS mock moto, and an
//! OpenID provider that behaves as Cognito does.
//!
//! [`consoleme()`] answers what PyYAML reads, what ConsoleMe's loader holds, and whether a person
//! can log in; [`Provider::start`] gives the login its other side. Both make what they need under
//! `target/real/` on first use, and fail with one sentence where python3, node or npm is missing.

mod consoleme;
mod environment;
mod provider;
mod request;
mod server;
mod value;

pub use consoleme::{Loaded, Login, LoginFailure, Raised, Stage, consoleme};
pub use environment::{node_folder, python, tool};
pub use provider::{AccessToken, Client, PASSWORD, Provider, ProviderOptions, Style};
pub use request::{FileTree, LoadRequest, LoginRequest};
pub use server::{Heard, Server, answer, json};
pub use value::Value;
