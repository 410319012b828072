//! Writes a ConsoleMe configuration for an AWS Cognito user pool, and tells whether ConsoleMe
//! will start with it and a person can log in. The data walks one way:
//! text → [`yaml`] → [`consoleme`] → findings → report.

pub mod atomic_file;
pub mod cli;
pub mod cognito;
pub mod consoleme;
pub mod examine;
pub mod finding;
pub mod fix;
pub mod input_file;
pub mod live;
pub mod report;
pub mod rules;
pub mod scaffold;
pub mod schema;
pub mod secret;
pub mod settings;
pub mod yaml;
