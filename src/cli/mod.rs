//! The command line: one file per subcommand.

mod explain;
mod init;
mod keys;
mod schema;
mod validate;

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use clap::{Parser, Subcommand, ValueEnum};

/// Set up ConsoleMe with AWS Cognito: write its configuration, and check it.
#[derive(Debug, Parser)]
#[command(name = "consoleme-cfg", version, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,

    /// Say more: which files were read and what was not looked at.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,

    /// Say only what was found.
    #[arg(short, long, global = true)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  consoleme-cfg init                      ask for everything, write ./consoleme.yaml
  consoleme-cfg init --no-input --pool-id us-east-1_AbCdEfGhI …
  consoleme-cfg validate consoleme.yaml   tell what ConsoleMe will do with the file
  consoleme-cfg explain auth.cookie       say what a key, or a rule, is about";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(Box<init::Arguments>),
    Validate(validate::Arguments),
    Explain(explain::Arguments),
    Keys(keys::Arguments),
    /// Print the JSON Schema of the configuration, for editors.
    Schema,
}

/// How a run ended, whatever the format of its output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing at or above the threshold.
    Clean = 0,
    /// Findings.
    Findings = 1,
    /// A wrong call or a refused answer.
    Usage = 2,
    /// A file could not be examined.
    Unexamined = 3,
    /// Ctrl-C.
    Interrupted = 130,
}

/// Where a command writes to: results to `out`, everything else to `err`.
struct Streams {
    out: AutoStream<io::StdoutLock<'static>>,
    err: AutoStream<io::Stderr>,
    verbose: bool,
    quiet: bool,
}

/// Runs the command.
///
/// # Errors
/// What no command expects, such as a full disk under its output.
pub fn run(cli: Cli) -> anyhow::Result<Status> {
    let choice = match cli.color {
        When::Auto => ColorChoice::Auto,
        When::Always => ColorChoice::Always,
        When::Never => ColorChoice::Never,
    };
    let mut streams = Streams {
        out: AutoStream::new(io::stdout().lock(), choice),
        err: AutoStream::new(io::stderr(), choice),
        verbose: cli.verbose,
        quiet: cli.quiet,
    };
    let status = match cli.command {
        Command::Init(arguments) => init::run(*arguments, &mut streams),
        Command::Validate(arguments) => validate::run(&arguments, &mut streams),
        Command::Explain(arguments) => explain::run(&arguments, &mut streams),
        Command::Keys(arguments) => keys::run(&arguments, &mut streams),
        Command::Schema => schema::run(&mut streams),
    }?;
    streams.out.flush()?;
    Ok(status)
}
