//! The forms in which `validate` writes what it found, and where it writes them.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anstream::AutoStream;
use clap::{Args, ValueEnum};

use super::{Status, Streams};
use crate::atomic_file::{self, NewFile, Note, Readers, WriteError};
use crate::report::{Format, Github, Gitlab, Human, Json, Junit, Run, Sarif};

/// The options for them.
#[derive(Debug, Args)]
pub(super) struct Outputs {
    /// How to write the findings to standard output [default: human].
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<FormatName>,

    /// Write them to a file too, in any of the formats; may be given several times.
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = parse)]
    files: Vec<Output>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// For a person.
    Human,
    /// For programs: version 1 of a form that stays.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// Workflow commands: annotations in GitHub Actions.
    Github,
    /// A code quality report for GitLab.
    Gitlab,
    /// Test results, as most build servers show them.
    Junit,
}

impl FormatName {
    fn format(self, quiet: bool) -> Box<dyn Format> {
        match self {
            Self::Human => Box::new(Human { quiet }),
            Self::Json => Box::new(Json),
            Self::Sarif => Box::new(Sarif),
            Self::Github => Box::new(Github),
            Self::Gitlab => Box::new(Gitlab),
            Self::Junit => Box::new(Junit),
        }
    }
}

#[derive(Debug, Clone)]
struct Output {
    format: FormatName,
    path: PathBuf,
}

impl Output {
    fn is_stdout(&self) -> bool {
        self.path == OsStr::new("-")
    }
}

fn parse(argument: &str) -> Result<Output, String> {
    let (format, path) = argument
        .split_once('=')
        .filter(|(_, path)| !path.is_empty())
        .ok_or("write a format, `=` and a file, such as `sarif=findings.sarif`")?;
    let format = FormatName::from_str(format, false).map_err(|_| {
        let formats = FormatName::value_variants().iter();
        let names: Vec<String> = formats
            .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
            .collect();
        format!(
            "there is no format `{format}`; write one of {}",
            names.join(", ")
        )
    })?;
    Ok(Output {
        format,
        path: PathBuf::from(path),
    })
}

impl Outputs {
    /// Whether each output has a place of its own that can be written to, as far as can be told
    /// before anything is examined.
    ///
    /// # Errors
    /// The sentence that says what is in the way.
    pub(super) fn check(&self) -> Result<(), String> {
        let mut places = HashSet::new();
        if self.format.is_some() {
            places.insert(OsStr::new("-"));
        }
        for output in &self.files {
            if !places.insert(output.path.as_os_str()) {
                return Err(if output.is_stdout() {
                    "standard output takes one format; write the others to files with `--output FORMAT=FILE`".to_owned()
                } else {
                    format!(
                        "{} is named for two outputs; give each a file of its own",
                        output.path.display()
                    )
                });
            }
            if !output.is_stdout() {
                atomic_file::check(&output.path, true).map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }

    /// Whether no output would take the place of a file that was examined.
    ///
    /// # Errors
    /// The sentence that names the file.
    pub(super) fn check_against(&self, run: &Run) -> Result<(), String> {
        match self.files.iter().find(|output| is_input(output, run)) {
            Some(output) => Err(format!(
                "{} was examined, and would be lost; name another file for the output",
                output.path.display()
            )),
            None => Ok(()),
        }
    }

    /// Writes the run in every format that was asked for. What cannot be written is said on standard
    /// error, and the status tells of it.
    ///
    /// # Errors
    /// Standard output or standard error cannot be written to.
    pub(super) fn write(&self, run: &Run, streams: &mut Streams) -> anyhow::Result<Status> {
        let stdout = self.files.iter().find(|output| output.is_stdout());
        let format = stdout.map(|output| output.format).or(self.format);
        let format = format.unwrap_or(FormatName::Human);
        format.format(streams.quiet).write(run, &mut streams.out)?;
        let mut status = Status::Clean;
        for output in self.files.iter().filter(|output| !output.is_stdout()) {
            match write_file(output, run, streams.quiet) {
                Ok(notes) => streams.note(&notes)?,
                Err(error) => {
                    writeln!(streams.err, "error: {error}")?;
                    status = Status::Unexamined;
                }
            }
        }
        Ok(status)
    }
}

fn write_file(output: &Output, run: &Run, quiet: bool) -> Result<Vec<Note>, WriteError> {
    // A file shows no colours.
    let mut bytes = AutoStream::never(Vec::new());
    let written = output.format.format(quiet).write(run, &mut bytes);
    written.map_err(|error| WriteError::Io {
        path: output.path.clone(),
        error,
    })?;
    let file = NewFile {
        path: &output.path,
        bytes: &bytes.into_inner(),
        readers: Readers::AsBefore,
    };
    atomic_file::write(file, true)
}

/// Whether an output would overwrite a file that was examined.
fn is_input(output: &Output, run: &Run) -> bool {
    let Ok(target) = fs::canonicalize(&output.path) else {
        return false;
    };
    let examined = run
        .files
        .iter()
        .filter_map(|file| file.outcome.as_ref().ok());
    let sources = examined.flat_map(|one| one.sources()).map(|one| &one.name);
    let named = run.files.iter().map(|file| &file.path);
    named
        .chain(sources)
        .any(|path| fs::canonicalize(path).is_ok_and(|path| path == target))
}
