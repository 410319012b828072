//! The command line: one file per subcommand.

mod completions;
mod defect;
mod deferred;
mod explain;
mod fixes;
mod init;
mod interrupt;
mod keys;
mod live;
mod man;
mod outputs;
mod parallel;
mod rules;
mod schema;
mod settings;
mod show;
mod source;
mod table;
mod validate;
mod version;
mod walk;

use std::io::{self, IsTerminal, Write};

use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};
use clap::{Parser, Subcommand, ValueEnum};

use crate::atomic_file::Note;

pub use defect::guarded;
use deferred::Deferred;

/// Set up ConsoleMe with AWS Cognito: write its configuration, and check it.
#[derive(Debug, Parser)]
#[command(
    name = "consoleme-cfg",
    version,
    long_version = version::LONG,
    arg_required_else_help = true,
    help_template = HELP,
    before_help = EXAMPLES,
    after_help = EXIT_STATUS
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = GENERAL)]
    color: When,

    /// Say more: which files were read and what was not looked at.
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = GENERAL)]
    verbose: bool,

    /// Say only what was found.
    #[arg(short, long, global = true, help_heading = GENERAL)]
    quiet: bool,
}

/// The options that every subcommand has.
const GENERAL: &str = "General options";

/// How every help text is laid out: the examples come first.
const HELP: &str = "\
{about-with-newline}
{before-help}{usage-heading} {usage}

{all-args}{after-help}";

const EXAMPLES: &str = "\
Examples:
  consoleme-cfg init                      ask for everything, write ./consoleme.yaml
  consoleme-cfg validate consoleme.yaml   tell what ConsoleMe will do with the file
  consoleme-cfg validate --online         and ask the provider too
  consoleme-cfg show consoleme.yaml auth  show what ConsoleMe holds under a key
  consoleme-cfg explain auth.cookie       say what a key, or a rule, is about";

const EXIT_STATUS: &str = "\
Exit status:
  0    nothing at or above the threshold (--fail-on)
  1    findings
  2    a wrong call, or a refused answer
  3    a file could not be examined, or a live check was inconclusive
  130  interrupted";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a configuration for an AWS Cognito user pool; whatever is not given is asked for.
    Init(Deferred<init::Arguments>),
    /// Tell what ConsoleMe will do with a configuration, without starting it.
    #[command(visible_alias = "check")]
    Validate(Deferred<validate::Arguments>),
    /// Show the configuration as ConsoleMe holds it: read as YAML 1.1, with what it extends.
    Show(Deferred<show::Arguments>),
    /// Explain a rule or a key.
    Explain(Deferred<explain::Arguments>),
    /// List the rules: the defects that `validate` knows.
    Rules(Deferred<rules::Arguments>),
    /// List the keys that ConsoleMe knows.
    Keys(Deferred<keys::Arguments>),
    /// Print the JSON Schema of the configuration, for editors.
    #[command(help_template = HELP, before_help = schema::EXAMPLES)]
    Schema(Deferred<schema::Arguments>),
    /// Print a script that makes a shell complete commands, flags and their values.
    Completions(Deferred<completions::Arguments>),
    /// Print a page of the manual.
    Man(Deferred<man::Arguments>),
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

impl Status {
    /// How a run ends whose parts ended in two ways. Findings are worse news than a file that could
    /// not be examined.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Findings, _) | (_, Self::Findings) => Self::Findings,
            (one, other) => one.max(other),
        }
    }
}

/// Where a command writes to: results to `out`, everything else to `err`.
struct Streams {
    out: Stream<io::StdoutLock<'static>>,
    err: Stream<io::Stderr>,
    verbose: bool,
    quiet: bool,
}

impl Streams {
    /// Whether lines that change may be drawn on standard error.
    fn may_draw(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Says what is worth knowing of files that were written.
    fn note(&mut self, notes: &[Note]) -> io::Result<()> {
        for note in notes.iter().filter(|_| !self.quiet) {
            writeln!(self.err, "note: {note}")?;
        }
        Ok(())
    }
}

/// A stream, as long as somebody reads it. Whoever closes it has seen enough, which does not change
/// how the run ends.
struct Stream<S: RawStream> {
    stream: AutoStream<S>,
    closed: bool,
}

impl<S: RawStream + AsLockedWrite> Stream<S> {
    fn new(stream: S, choice: ColorChoice) -> Self {
        Self {
            stream: AutoStream::new(stream, choice),
            closed: false,
        }
    }
}

impl<S: RawStream + AsLockedWrite> Write for Stream<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        match self.stream.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(bytes.len())
            }
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.stream.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            flushed => flushed,
        }
    }
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
        out: Stream::new(io::stdout().lock(), choice),
        err: Stream::new(io::stderr(), choice),
        verbose: cli.verbose,
        quiet: cli.quiet,
    };
    let status = match cli.command {
        Command::Init(Deferred(arguments)) => init::run(*arguments, &mut streams),
        Command::Validate(Deferred(arguments)) => validate::run(&arguments, &mut streams),
        Command::Show(Deferred(arguments)) => show::run(&arguments, &mut streams),
        Command::Explain(Deferred(arguments)) => explain::run(&arguments, &mut streams),
        Command::Rules(Deferred(arguments)) => rules::run(&arguments, &mut streams),
        Command::Keys(Deferred(arguments)) => keys::run(&arguments, &mut streams),
        Command::Schema(Deferred(arguments)) => schema::run(&arguments, &mut streams),
        Command::Completions(Deferred(arguments)) => completions::run(&arguments, &mut streams),
        Command::Man(Deferred(arguments)) => man::run(&arguments, &mut streams),
    }?;
    streams.out.flush()?;
    Ok(status)
}
