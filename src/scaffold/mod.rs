//! A configuration from answers: what is asked, and what is made of it.

mod answers;
mod answers_file;
mod given;
mod next_steps;
mod prompts;
mod render;
mod schema_file;

pub use answers::{Account, Admin, Answers, SecretsPlace};
pub use answers_file::{AnswersFileError, answers_file};
pub use given::{Given, Refused};
pub use next_steps::next_steps;
pub use prompts::{AskError, ask, offer_live_check};
pub use render::{Rendered, render};
pub use schema_file::{SCHEMA_FILE, is_schema};
