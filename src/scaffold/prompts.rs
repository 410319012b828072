//! The wizard: what was not given is asked for, each answer checked as it is typed.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::str::FromStr;

use dialoguer::{Confirm, Input, MultiSelect, Password};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use thiserror::Error;

use super::answers::{Account, Admin};
use super::given::Given;
use crate::cognito::{ClientId, ClientSecret, PoolId, Scope, ServerUrl};
use crate::secret::Secret;

/// Why asking ended without answers.
#[derive(Debug, Error)]
pub enum AskError {
    /// The user wants out.
    #[error("interrupted")]
    Interrupted,
    /// The terminal fails.
    #[error("the terminal cannot be used: {0}")]
    Terminal(io::Error),
}

impl From<dialoguer::Error> for AskError {
    fn from(dialoguer::Error::IO(error): dialoguer::Error) -> Self {
        Self::from(error)
    }
}

impl From<io::Error> for AskError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted => Self::Interrupted,
            _ => Self::Terminal(error),
        }
    }
}

/// Asks for everything that was not given, with a sentence of help before each prompt.
///
/// # Errors
/// The user interrupts, or there is no terminal to ask on.
pub fn ask(given: &mut Given, err: &mut dyn Write) -> Result<(), AskError> {
    let _silence = Silence::begin()?;
    let mut wizard = Wizard { err };
    if given.pool_id.is_none() {
        given.pool_id = Some(wizard.text(
            parses::<PoolId>,
            "User pool id",
            "In the AWS console: Cognito > User pools > your pool > Overview.\nIt begins with its region, such as us-east-1_AbCdEfGhI.",
        )?);
    }
    if given.client_id.is_none() {
        given.client_id = Some(wizard.text(
            parses::<ClientId>,
            "App client id",
            "In the pool: App clients > your client > Client ID.",
        )?);
    }
    if given.client_secret.is_none() {
        given.client_secret = Some(wizard.secret(
            "App client secret",
            "On the same page: Client secret > Show. What you type or paste stays hidden.",
        )?);
    }
    if given.scopes.is_empty() {
        given.scopes = wizard.scopes(
            "Scopes",
            "On the client's page: Login pages > OpenID Connect scopes. Each one has to be\nallowed there. Choose with the space bar, go on with Enter.",
        )?;
    }
    if given.url.is_none() {
        given.url = Some(wizard.text(
            |text| {
                let url: ServerUrl = text.parse().map_err(message)?;
                url.check_registrable().map_err(message)
            },
            "URL of ConsoleMe",
            "What people will type into the browser: https://consoleme.example.com, or\nhttp://localhost:8081 on your own machine.",
        )?);
    }
    if given.admin.is_none() {
        given.admin = Some(wizard.text(
            parses::<Admin>,
            "Administrator",
            "Who may do everything: the e-mail address that you will log in with\n(in the pool: Users), or a group of the pool.",
        )?);
    }
    if given.accounts.is_empty() {
        given.accounts = wizard.accounts(
            "Account",
            "The AWS accounts to look after, one at a time, such as 123456789012=production.\nThe id stands top right in the AWS console. Enter alone goes on.",
        )?;
    }
    Ok(())
}

/// Asks whether Cognito is to be asked.
///
/// # Errors
/// The user interrupts, or there is no terminal to ask on.
pub fn offer_live_check(err: &mut dyn Write) -> Result<bool, AskError> {
    let _silence = Silence::begin()?;
    Wizard { err }.help(
        "Once that is entered, Cognito can be asked whether people can log in. That needs no\ncredentials and shows it the client id and the callback URL, never the secret.",
    )?;
    let confirm = Confirm::new().with_prompt("Ask Cognito now").default(false);
    Ok(confirm.interact()?)
}

/// A terminal that shows no keys by itself. The prompts show what they read; a secret that is
/// typed or pasted before its prompt is there must not be seen.
struct Silence {
    before: Termios,
}

impl Silence {
    fn begin() -> io::Result<Self> {
        let before = tcgetattr(io::stdin().as_fd())?;
        let mut silent = before.clone();
        silent.local_modes -= LocalModes::ECHO;
        tcsetattr(io::stdin().as_fd(), OptionalActions::Now, &silent)?;
        Ok(Self { before })
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        // Where that fails the terminal is gone.
        let _ = tcsetattr(io::stdin().as_fd(), OptionalActions::Now, &self.before);
    }
}

struct Wizard<'w> {
    err: &'w mut dyn Write,
}

impl Wizard<'_> {
    fn help(&mut self, help: &str) -> Result<(), AskError> {
        writeln!(self.err, "\n{help}")?;
        Ok(self.err.flush()?)
    }

    fn text(
        &mut self,
        check: impl Fn(&str) -> Result<(), String>,
        prompt: &str,
        help: &str,
    ) -> Result<String, AskError> {
        self.help(help)?;
        self.answer(check, prompt)
    }

    /// Asks until an answer is right. The library could ask again itself, but takes a message that
    /// fills several lines of the terminal for one, and wipes away only part of it.
    fn answer(
        &mut self,
        check: impl Fn(&str) -> Result<(), String>,
        prompt: &str,
    ) -> Result<String, AskError> {
        loop {
            // Empty answers go to the check too, which says what belongs there.
            let input = Input::<String>::new().with_prompt(prompt).allow_empty(true);
            let answer = input.interact_text()?;
            match check(answer.trim()) {
                Ok(()) => return Ok(answer.trim().to_owned()),
                Err(message) => self.refuse(&message)?,
            }
        }
    }

    fn refuse(&mut self, message: &str) -> Result<(), AskError> {
        writeln!(self.err, "error: {message}")?;
        Ok(self.err.flush()?)
    }

    fn secret(&mut self, prompt: &str, help: &str) -> Result<Secret, AskError> {
        self.help(help)?;
        loop {
            let input = Password::new()
                .with_prompt(prompt)
                .allow_empty_password(true);
            let secret = Secret::from(input.interact()?);
            match ClientSecret::new(secret.clone()) {
                Ok(_) => return Ok(secret),
                Err(error) => self.refuse(&error.to_string())?,
            }
        }
    }

    fn scopes(&mut self, prompt: &str, help: &str) -> Result<Vec<String>, AskError> {
        self.help(help)?;
        loop {
            let defaults = Scope::STANDARD.map(|scope| matches!(scope, "openid" | "email"));
            let chosen = MultiSelect::new()
                .with_prompt(prompt)
                .items(Scope::STANDARD)
                .defaults(&defaults)
                .interact()?;
            let names = chosen
                .iter()
                .filter_map(|&index| Scope::STANDARD.get(index));
            let scopes: Vec<String> = names.map(|&scope| scope.to_owned()).collect();
            if scopes.iter().any(|scope| scope == "openid") {
                return Ok(scopes);
            }
            self.refuse("`openid` is needed: without it nobody can log in")?;
        }
    }

    fn accounts(&mut self, prompt: &str, help: &str) -> Result<Vec<String>, AskError> {
        self.help(help)?;
        let mut accounts = Vec::new();
        loop {
            let check = |text: &str| match text {
                "" => Ok(()),
                text => parses::<Account>(text),
            };
            let answer = self.answer(check, prompt)?;
            match answer.as_str() {
                "" => return Ok(accounts),
                _ => accounts.push(answer),
            }
        }
    }
}

fn parses<T: FromStr<Err: ToString>>(text: &str) -> Result<(), String> {
    text.parse::<T>().map(drop).map_err(message)
}

fn message(error: impl ToString) -> String {
    error.to_string()
}
