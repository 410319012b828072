//! The forms in which `validate` writes what it found, and where it writes them.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use anstream::StripStream;
use clap::{Args, ValueEnum};
use tempfile::SpooledTempFile;

use super::{Status, Streams};
use crate::atomic_file::{self, Note, Readers, WriteError};
use crate::report::{File, Format, Github, Gitlab, Human, Json, Junit, KEPT, Outcome, Run, Sarif};

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
            Self::Json => Box::new(Json::default()),
            Self::Sarif => Box::new(Sarif::default()),
            Self::Github => Box::new(Github),
            Self::Gitlab => Box::new(Gitlab::default()),
            Self::Junit => Box::new(Junit::default()),
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

/// What standard output is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stdout {
    /// The findings.
    Findings,
    /// What fixes would change; nobody sees the findings.
    Diff,
    /// What fixes have made of standard input; the findings go to standard error.
    FixedText,
}

impl Stdout {
    /// Where the findings go, if anybody sees them.
    fn for_findings(self, streams: &mut Streams) -> Option<&mut dyn Write> {
        match self {
            Self::Findings => Some(&mut streams.out),
            Self::Diff => None,
            Self::FixedText => Some(&mut streams.err),
        }
    }
}

impl Outputs {
    /// Whether each output has a place of its own that can be written to, as far as can be told
    /// before anything is examined. The baseline is not to be lost.
    ///
    /// # Errors
    /// The sentence that says what is in the way.
    pub(super) fn check(&self, stdout: Stdout, baseline: Option<&Path>) -> Result<(), String> {
        let names_stdout = self.format.is_some() || self.files.iter().any(Output::is_stdout);
        if names_stdout && stdout != Stdout::Findings {
            let what = match stdout {
                Stdout::Diff => "the diff",
                _ => "the fixed text",
            };
            return Err(format!(
                "standard output takes {what}; write the findings to files with `--output FORMAT=FILE`"
            ));
        }
        let baseline = baseline.and_then(|file| file.canonicalize().ok());
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
            if baseline.is_some() && output.path.canonicalize().ok() == baseline {
                return Err(format!(
                    "{} is the baseline, and would lose what it holds; name another file for the output",
                    output.path.display()
                ));
            }
            if !output.is_stdout() {
                atomic_file::check(&output.path, true).map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }

    /// Makes ready to write them.
    pub(super) fn start(&self, quiet: bool, place: Stdout) -> Writing<'_> {
        let stdout = self.files.iter().find(|output| output.is_stdout());
        let format = stdout.map(|output| output.format).or(self.format);
        let files = self.files.iter().filter(|output| !output.is_stdout());
        let files: Vec<Waiting<'_>> = files.map(|output| Waiting::new(output, quiet)).collect();
        Writing {
            format: format.unwrap_or(FormatName::Human).format(quiet),
            place,
            held: (!files.is_empty()).then(spool),
            files,
        }
    }
}

/// The outputs of a run, while its files are examined.
pub(super) struct Writing<'o> {
    /// For standard output.
    format: Box<dyn Format>,
    place: Stdout,
    /// What waits for it: an output that is refused leaves nothing written.
    held: Option<SpooledTempFile>,
    files: Vec<Waiting<'o>>,
}

/// An output to a file, which waits until all is known.
struct Waiting<'o> {
    path: &'o Path,
    /// The file that is there already.
    target: Option<PathBuf>,
    /// Whether that is one of the examined.
    was_examined: bool,
    format: Box<dyn Format>,
    text: SpooledTempFile,
}

impl<'o> Waiting<'o> {
    fn new(output: &'o Output, quiet: bool) -> Self {
        Self {
            path: &output.path,
            target: fs::canonicalize(&output.path).ok(),
            was_examined: false,
            format: output.format.format(quiet),
            text: spool(),
        }
    }

    fn file(&mut self, run: &Run, file: &File) -> io::Result<()> {
        if let Some(target) = &self.target {
            let read = file.outcome.iter().flat_map(Outcome::sources);
            let mut paths = read.chain([&file.path]);
            self.was_examined |=
                paths.any(|path| fs::canonicalize(path).is_ok_and(|path| path == *target));
        }
        self.format.file(run, file, &mut plain(&mut self.text))
    }

    fn end(mut self, run: &Run) -> Result<Vec<Note>, WriteError> {
        let ended = self.format.end(run, &mut plain(&mut self.text));
        let ready = ended.and_then(|()| self.text.rewind());
        ready.map_err(|error| WriteError::Io {
            path: self.path.to_owned(),
            error,
        })?;
        atomic_file::write(self.path, self.text, true, Readers::AsBefore)
    }
}

fn spool() -> SpooledTempFile {
    SpooledTempFile::new(KEPT)
}

/// Leaves the colours out, which a file does not show.
fn plain(text: &mut SpooledTempFile) -> StripStream<&mut (dyn Write + 'static)> {
    StripStream::new(text)
}

impl Writing<'_> {
    /// The sentence that says why nothing must be written: an output would take the place of a
    /// file that was examined.
    pub(super) fn refusal(&self) -> Option<String> {
        let output = self.files.iter().find(|output| output.was_examined)?;
        Some(format!(
            "{} was examined, and would be lost; name another file for the output",
            output.path.display()
        ))
    }

    /// Takes in what came of the next file.
    ///
    /// # Errors
    /// Standard output cannot be written to, or there is no place for what has to wait.
    pub(super) fn file(&mut self, run: &Run, file: &File, streams: &mut Streams) -> io::Result<()> {
        if let Some(shown) = self.place.for_findings(streams) {
            let out: &mut dyn Write = match &mut self.held {
                Some(held) => held,
                None => shown,
            };
            self.format.file(run, file, out)?;
        }
        let mut files = self.files.iter_mut();
        files.try_for_each(|output| output.file(run, file))
    }

    /// Writes what is left to be written. What cannot be is said on standard error, and the status
    /// tells of it.
    ///
    /// # Errors
    /// Standard output or standard error cannot be written to.
    pub(super) fn end(mut self, run: &Run, streams: &mut Streams) -> anyhow::Result<Status> {
        if let Some(shown) = self.place.for_findings(streams) {
            if let Some(mut held) = self.held.take() {
                held.rewind()?;
                io::copy(&mut held, shown)?;
            }
            self.format.end(run, shown)?;
        }
        let mut status = Status::Clean;
        for output in self.files {
            match output.end(run) {
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
