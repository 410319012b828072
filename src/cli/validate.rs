//! `validate`: what ConsoleMe will do with a file.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::live::{Live, LiveArguments};
use super::outputs::Outputs;
use super::{Status, Streams, source};
use crate::consoleme::Environment;
use crate::examine::{Examined, examine};
use crate::finding::Severity;
use crate::report::{self, File, Run};
use crate::rules::{Name, Selection};

const EXAMPLES: &str = "\
Examples:
  consoleme-cfg validate              the file that ConsoleMe would take
  consoleme-cfg validate --online     and whether the provider agrees with it
  consoleme-cfg validate --format github --output sarif=findings.sarif consoleme.yaml
                                      annotate a pull request, and keep a report";

/// Tell what ConsoleMe will do with a configuration, without starting it.
#[derive(Debug, Args)]
#[command(help_template = super::HELP, before_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The files to check; `-` is standard input. Without any: where ConsoleMe itself looks,
    /// $CONFIG_LOCATION first.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// What to judge the file for. Without it, the file's own `environment` decides.
    #[arg(long, value_enum, value_name = "ENVIRONMENT")]
    environment: Option<EnvironmentName>,

    /// From which severity on findings make the status 1.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    fail_on: Threshold,

    /// The least severity to show.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "info")]
    min_severity: SeverityName,

    /// Tell of nothing but these rules or groups of rules, as `consoleme-cfg rules` lists them;
    /// several with commas between them, or given several times. That a file cannot be read is
    /// always told.
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    select: Vec<Name>,

    /// Do not tell of these rules or groups of rules. What is said of a rule goes before what is
    /// said of its group.
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    ignore: Vec<Name>,

    /// The name to show for standard input; what it extends is looked for beside that.
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,

    #[command(flatten)]
    outputs: Outputs,

    #[command(flatten)]
    live: LiveArguments,
}

/// An environment, as a flag names it.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum EnvironmentName {
    /// A laptop, a test.
    Development,
    /// Anything that other people reach.
    Production,
}

impl From<EnvironmentName> for Environment {
    fn from(name: EnvironmentName) -> Self {
        match name {
            EnvironmentName::Development => Self::Development,
            EnvironmentName::Production => Self::Production,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SeverityName {
    Error,
    Warning,
    Info,
}

impl From<SeverityName> for Severity {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Error => Self::Error,
            SeverityName::Warning => Self::Warning,
            SeverityName::Info => Self::Info,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Threshold {
    Error,
    Warning,
    Info,
    Never,
}

impl Threshold {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
    if let Err(refusal) = arguments.outputs.check() {
        writeln!(streams.err, "error: {refusal}")?;
        return Ok(Status::Usage);
    }
    let mut paths = arguments.paths.clone();
    if paths.is_empty() {
        match source::located() {
            Ok(path) => paths.push(path),
            Err(error) => {
                writeln!(streams.err, "error: {error}: `consoleme-cfg validate FILE`")?;
                return Ok(Status::Unexamined);
            }
        }
    }
    let live = match arguments.live.start(streams.may_draw()) {
        Ok(live) => live,
        Err(error) => {
            writeln!(streams.err, "error: {error}")?;
            return Ok(Status::Unexamined);
        }
    };
    let mut run = Run {
        files: Vec::new(),
        least: arguments.min_severity.into(),
        fail_on: arguments.fail_on.severity(),
    };
    let selection = Selection {
        select: arguments.select.clone(),
        ignore: arguments.ignore.clone(),
    };
    let mut status = Status::Clean;
    for path in paths {
        let outcome = examine_one(&path, arguments, &selection, live.as_ref());
        status = status.and(match &outcome {
            Ok(examined) => {
                say_what_was_read(examined, streams)?;
                if run.fails(examined) {
                    Status::Findings
                } else if examined.is_inconclusive() {
                    Status::Unexamined
                } else {
                    Status::Clean
                }
            }
            Err(message) => {
                writeln!(streams.err, "error: {message}")?;
                Status::Unexamined
            }
        });
        let path = source::name(path, arguments.stdin_filename.as_deref());
        run.files.push(File { path, outcome });
    }
    if let Err(refusal) = arguments.outputs.check_against(&run) {
        writeln!(streams.err, "error: {refusal}")?;
        return Ok(Status::Usage);
    }
    Ok(status.and(arguments.outputs.write(&run, streams)?))
}

/// What was found in a file, or the sentence that says why it could not be examined.
fn examine_one(
    path: &Path,
    arguments: &Arguments,
    selection: &Selection,
    live: Option<&Live>,
) -> Result<Examined, String> {
    let load = source::load(Some(path), arguments.stdin_filename.as_deref())
        .map_err(|error| error.to_string())?;
    let examined = examine(load, arguments.environment.map(Environment::from));
    let mut examined = examined.map_err(|error| {
        let hint = if error.is_missing() {
            "; name another, or let `consoleme-cfg init` write one"
        } else {
            ""
        };
        format!("{error}{hint}")
    })?;
    if let Some(live) = live {
        live.ask(&mut examined);
    }
    examined.settle(selection);
    Ok(examined)
}

/// Shows the findings, the live checks and the summary of one file.
pub(super) fn show(examined: &Examined, least: Severity, streams: &mut Streams) -> io::Result<()> {
    report::human(examined, least, &mut streams.out)?;
    if !streams.quiet {
        report::checks(examined, &mut streams.out)?;
        writeln!(streams.out, "{}", report::summary(examined))?;
    }
    say_what_was_read(examined, streams)
}

fn say_what_was_read(examined: &Examined, streams: &mut Streams) -> io::Result<()> {
    if streams.verbose {
        for source in examined.sources() {
            writeln!(streams.err, "read {}", source.name.display())?;
        }
        for skipped in &examined.skipped {
            writeln!(
                streams.err,
                "not checked: {}: {}",
                skipped.check, skipped.reason
            )?;
        }
    }
    Ok(())
}
