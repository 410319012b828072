//! `validate`: what ConsoleMe will do with a file.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

use clap::{Args, value_parser};

use super::fixes::{Fixes, Said};
use super::live::{Live, LiveArguments};
use super::outputs::{Outputs, Stdout};
use super::settings::{SettingsArguments, either};
use super::{Status, Streams, parallel, source, walk};
use crate::consoleme::{self, Environment, Load};
use crate::examine::{Examined, Unexamined, examine};
use crate::finding::Severity;
use crate::report::{self, Baseline, File, Outcome, Run};
use crate::rules::{Name, Selection};
use crate::settings::{EnvironmentName, SeverityName, Threshold};

const EXAMPLES: &str = "\
Examples:
  consoleme-cfg validate              the file that ConsoleMe would take
  consoleme-cfg validate --online     and whether the provider agrees with it
  consoleme-cfg validate --diff       what the fixes would change
  # annotate a pull request, and keep a report
  consoleme-cfg validate --format github --output sarif=findings.sarif";

#[derive(Debug, Args)]
#[command(help_template = super::HELP, before_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The files to check; `-` is standard input. Of a folder, every configuration in it that is
    /// not hidden and that git does not ignore. Without any: where ConsoleMe itself looks,
    /// $CONFIG_LOCATION first.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// What to judge the file for. Without it, the file's own `environment` decides.
    #[arg(long, value_enum, value_name = "ENVIRONMENT")]
    environment: Option<EnvironmentName>,

    /// From which severity on findings make the status 1 [default: error].
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Threshold>,

    /// The least severity to show [default: info].
    #[arg(long, value_enum, value_name = "SEVERITY")]
    min_severity: Option<SeverityName>,

    /// Tell of nothing but these rules or groups of rules, as `consoleme-cfg rules` lists them;
    /// several with commas between them, or given several times. That a file cannot be read is
    /// always told.
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    select: Vec<Name>,

    /// Do not tell of these rules or groups of rules. What is said of a rule goes before what is
    /// said of its group.
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    ignore: Vec<Name>,

    /// A JSON report of an earlier run. What it tells of does not count any more.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    #[command(flatten)]
    settings: SettingsArguments,

    /// The name to show for standard input; what it extends is looked for beside that.
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,

    /// How many files to examine at once [default: as many as the machine has processors].
    #[arg(long, value_name = "N", value_parser = value_parser!(u8).range(1..=64))]
    jobs: Option<u8>,

    #[command(flatten)]
    fixes: Fixes,

    #[command(flatten)]
    outputs: Outputs,

    #[command(flatten)]
    live: LiveArguments,
}

impl Arguments {
    /// How often standard input is named.
    fn stdins(&self) -> usize {
        let paths = self.paths.iter();
        paths.filter(|path| *path == OsStr::new("-")).count()
    }

    /// What standard output is for.
    fn stdout(&self) -> Stdout {
        if self.fixes.are_shown() {
            Stdout::Diff
        } else if self.fixes.are_wanted() && self.stdins() > 0 {
            Stdout::FixedText
        } else {
            Stdout::Findings
        }
    }
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
    if arguments.stdins() > 1 {
        writeln!(
            streams.err,
            "error: standard input can be read only once; write `-` only once"
        )?;
        return Ok(Status::Usage);
    }
    let (paths, mut status) = match paths(arguments, streams)? {
        (paths, status) if paths.is_empty() => return Ok(status),
        found => found,
    };
    let stdin_filename = arguments.stdin_filename.as_deref();
    let (file, settings) = match arguments.settings.read(&paths, stdin_filename) {
        Ok(found) => found,
        Err(refusal) => {
            refusal.show(streams)?;
            return Ok(Status::Usage);
        }
    };
    if let Some(file) = file.filter(|_| streams.verbose) {
        writeln!(streams.err, "settings of {}", file.display())?;
    }
    let stdout = arguments.stdout();
    let baseline = arguments.baseline.as_ref().or(settings.baseline.as_ref());
    if let Err(refusal) = arguments
        .outputs
        .check(stdout, baseline.map(PathBuf::as_path))
    {
        writeln!(streams.err, "error: {refusal}")?;
        return Ok(Status::Usage);
    }
    let mut baseline = match baseline.map(|file| Baseline::read(file)).transpose() {
        Ok(baseline) => baseline,
        Err(error) => {
            writeln!(streams.err, "error: {error}")?;
            return Ok(Status::Usage);
        }
    };
    let live = match arguments.live.start(&settings, streams.may_draw()) {
        Ok(live) => live,
        Err(error) => {
            writeln!(streams.err, "error: {error}")?;
            return Ok(Status::Unexamined);
        }
    };
    // What is asked of the provider is asked about one file after the other, and a file that two
    // extend is changed for the one before the other is read.
    let jobs = match arguments.jobs {
        _ if live.is_some() || arguments.fixes.are_wanted() || paths.len() == 1 => 1,
        Some(jobs) => usize::from(jobs),
        None => thread::available_parallelism().map_or(1, NonZero::get),
    };
    let least = arguments.min_severity.or(settings.min_severity);
    let least = least.map_or(Severity::Info, Severity::from);
    let examiner = Examiner {
        environment: arguments.environment.or(settings.environment),
        selection: Selection {
            select: either(&arguments.select, &settings.select).to_vec(),
            ignore: either(&arguments.ignore, &settings.ignore).to_vec(),
        },
        least,
        fixes: &arguments.fixes,
        stdin_filename,
        live,
    };
    let fail_on = arguments.fail_on.or(settings.fail_on);
    let fail_on = fail_on.map_or(Some(Severity::Error), Threshold::severity);
    let mut run = Run::new(least, fail_on);
    let mut writing = arguments.outputs.start(streams.quiet, stdout);
    parallel::in_order(
        jobs,
        &paths,
        |path| examiner.file(path),
        |(mut file, said)| {
            if let (Some(baseline), Ok(outcome)) = (&mut baseline, &mut file.outcome) {
                baseline.apply(outcome);
            }
            run.add(&file);
            status = status.and(say(&file, &run, streams)?);
            status = status.and(say_what_was_fixed(&said, streams)?);
            Ok(writing.file(&run, &file, streams)?)
        },
    )?;
    if let Some(refusal) = writing.refusal() {
        writeln!(streams.err, "error: {refusal}")?;
        return Ok(Status::Usage);
    }
    let status = status.and(writing.end(&run, streams)?);
    let looked_for = |rule: &str| examiner.selection.has_looked_for(rule);
    let gone = baseline.and_then(|baseline| baseline.gone(looked_for));
    if let Some(gone) = gone.filter(|_| !streams.quiet) {
        writeln!(streams.err, "note: {gone}")?;
    }
    Ok(status)
}

/// The files to examine, and how the run ends for what is none.
fn paths(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<(Vec<PathBuf>, Status)> {
    let mut paths = Vec::new();
    let mut status = Status::Clean;
    for path in &arguments.paths {
        if !path.is_dir() {
            paths.push(path.clone());
            continue;
        }
        let (found, refused) = walk::configurations(path);
        paths.extend(found);
        for refusal in refused {
            writeln!(streams.err, "error: {refusal}")?;
            status = Status::Unexamined;
        }
    }
    if arguments.paths.is_empty() {
        match source::located() {
            Ok(path) => paths.push(path),
            Err(error) => {
                writeln!(streams.err, "error: {error}: `consoleme-cfg validate FILE`")?;
                status = Status::Unexamined;
            }
        }
    }
    Ok((paths, status))
}

/// What every file of a run is examined with.
struct Examiner<'a> {
    environment: Option<EnvironmentName>,
    selection: Selection,
    /// The least severity that is fixed.
    least: Severity,
    fixes: &'a Fixes,
    stdin_filename: Option<&'a Path>,
    live: Option<Live>,
}

impl Examiner<'_> {
    /// What came of a file, and of its fixes.
    fn file(&self, path: &Path) -> (File, Said) {
        let (outcome, said) = match self.outcome(path) {
            Ok((outcome, said)) => (Ok(outcome), said),
            Err(message) => (Err(message), Said::default()),
        };
        let path = source::name(path.to_owned(), self.stdin_filename);
        (File { path, outcome }, said)
    }

    /// What was found in it, or the sentence that says why it could not be examined.
    fn outcome(&self, path: &Path) -> Result<(Outcome, Said), String> {
        let load = source::load(Some(path), self.stdin_filename);
        let load = load.map_err(|error| error.to_string())?;
        let mut examined = self.examine(load).map_err(|error| {
            let hint = if error.is_missing() {
                "; name another, or let `consoleme-cfg init` write one"
            } else {
                ""
            };
            format!("{error}{hint}")
        })?;
        let mut said = Said::default();
        if self.fixes.are_wanted() {
            examined.settle(&self.selection);
            let is_stdin = path == OsStr::new("-");
            let again = |load| {
                let mut examined = self.examine(load)?;
                examined.settle(&self.selection);
                Ok(examined)
            };
            (examined, said) = self.fixes.make(examined, self.least, is_stdin, &again);
            if self.live.is_none() {
                return Ok((Outcome::of(examined), said));
            }
            // The provider's findings are to be settled together with the others.
            examined = self
                .examine(consoleme::reload(examined.sources()))
                .map_err(|error| error.to_string())?;
        }
        if let Some(live) = &self.live {
            live.ask(&mut examined);
        }
        examined.settle(&self.selection);
        Ok((Outcome::of(examined), said))
    }

    fn examine(&self, load: Load) -> Result<Examined, Unexamined> {
        examine(load, self.environment.map(Environment::from))
    }
}

/// Says on standard error what there is to say of a file beside its findings, and how the run would
/// end with this file alone.
fn say(file: &File, run: &Run, streams: &mut Streams) -> io::Result<Status> {
    Ok(match &file.outcome {
        Ok(outcome) => {
            say_what_was_read(outcome, streams)?;
            if run.fails(outcome) {
                Status::Findings
            } else if outcome.is_inconclusive() {
                Status::Unexamined
            } else {
                Status::Clean
            }
        }
        Err(message) => {
            writeln!(streams.err, "error: {message}")?;
            Status::Unexamined
        }
    })
}

/// Says what the fixes of a file have done, and how the run would end with them alone.
fn say_what_was_fixed(said: &Said, streams: &mut Streams) -> io::Result<Status> {
    streams.out.write_all(said.out.as_bytes())?;
    for line in said.lines.iter().filter(|_| !streams.quiet) {
        writeln!(streams.err, "{line}")?;
    }
    streams.note(&said.notes)?;
    match &said.error {
        None => Ok(Status::Clean),
        Some(error) => {
            writeln!(streams.err, "error: {error}")?;
            Ok(Status::Unexamined)
        }
    }
}

/// Shows the findings, the live checks and the summary of one file.
pub(super) fn show(outcome: &Outcome, least: Severity, streams: &mut Streams) -> io::Result<()> {
    report::human(outcome, least, &mut streams.out)?;
    if !streams.quiet {
        report::checks(outcome, &mut streams.out)?;
        writeln!(streams.out, "{}", report::summary(outcome))?;
    }
    say_what_was_read(outcome, streams)
}

fn say_what_was_read(outcome: &Outcome, streams: &mut Streams) -> io::Result<()> {
    if streams.verbose {
        for source in outcome.sources() {
            writeln!(streams.err, "read {}", source.display())?;
        }
        for skipped in outcome.skipped() {
            writeln!(
                streams.err,
                "not checked: {}: {}",
                skipped.check, skipped.reason
            )?;
        }
    }
    Ok(())
}
