//! `validate`: what ConsoleMe will do with a file.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::live::{Live, LiveArguments};
use super::{Status, Streams, source};
use crate::consoleme::Environment;
use crate::examine::{Examined, examine};
use crate::finding::Severity;
use crate::report;

/// Tell what ConsoleMe will do with a configuration, without starting it.
#[derive(Debug, Args)]
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

    /// The name to show for standard input; what it extends is looked for beside that.
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,

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
    fn is_reached(self, worst: Option<Severity>) -> bool {
        match self {
            Self::Error => worst >= Some(Severity::Error),
            Self::Warning => worst >= Some(Severity::Warning),
            Self::Info => worst.is_some(),
            Self::Never => false,
        }
    }
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
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
    let mut status = Status::Clean;
    for path in &paths {
        let one = check_one(path, arguments, live.as_ref(), streams)?;
        status = match (status, one) {
            // Findings are worse news than a file that could not be examined.
            (Status::Findings, _) | (_, Status::Findings) => Status::Findings,
            (before, now) => before.max(now),
        };
    }
    Ok(status)
}

fn check_one(
    path: &Path,
    arguments: &Arguments,
    live: Option<&Live>,
    streams: &mut Streams,
) -> anyhow::Result<Status> {
    let load = match source::load(Some(path), arguments.stdin_filename.as_deref()) {
        Ok(load) => load,
        Err(error) => {
            writeln!(streams.err, "error: {error}")?;
            return Ok(Status::Unexamined);
        }
    };
    match examine(load, arguments.environment.map(Environment::from)) {
        Ok(mut examined) => {
            if let Some(live) = live {
                live.ask(&mut examined);
            }
            show(&examined, arguments.min_severity.into(), streams)?;
            let reached = arguments.fail_on.is_reached(examined.findings.worst());
            Ok(if reached {
                Status::Findings
            } else if examined.is_inconclusive() {
                Status::Unexamined
            } else {
                Status::Clean
            })
        }
        Err(error) => {
            let hint = if error.is_missing() {
                "; name another, or let `consoleme-cfg init` write one"
            } else {
                ""
            };
            writeln!(streams.err, "error: {error}{hint}")?;
            Ok(Status::Unexamined)
        }
    }
}

/// Shows the findings, the live checks and the summary.
pub(super) fn show(examined: &Examined, least: Severity, streams: &mut Streams) -> io::Result<()> {
    report::human(examined, least, &mut streams.out)?;
    if !streams.quiet {
        report::checks(examined, &mut streams.out)?;
        writeln!(streams.out, "{}", report::summary(examined))?;
    }
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
