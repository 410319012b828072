//! The fixes of `validate`: made, or shown as a diff.

use std::io;
use std::path::Path;

use clap::Args;

use crate::atomic_file::{self, EditedFile, Note, WriteError};
use crate::consoleme::{Load, Source};
use crate::examine::{Examined, Unexamined};
use crate::finding::{Finding, Safety, Severity};
use crate::fix::{self, Fixed, Left};
use crate::report;
use crate::yaml::SourceId;

/// The options for them.
#[derive(Debug, Args)]
pub(super) struct Fixes {
    /// Write what makes findings go away into the file that each is in, where it is evident what was
    /// meant and nothing that works changes. Standard input goes to standard output, and its findings
    /// to standard error.
    #[arg(long, conflicts_with = "diff")]
    fix: bool,

    /// Show what --fix would change instead of the findings, and change nothing.
    #[arg(long)]
    diff: bool,

    /// Let --fix and --diff make fixes that somebody should look at, too.
    #[arg(long)]
    unsafe_fixes: bool,
}

/// What there is to say of a file's fixes.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// What goes to standard output.
    pub out: String,
    /// A line each, for standard error.
    pub lines: Vec<String>,
    /// What is worth knowing of the files that were written.
    pub notes: Vec<Note>,
    /// Why a file could not be written.
    pub error: Option<WriteError>,
}

impl Fixes {
    /// Whether files may change, or standard output takes the changes.
    pub(super) fn are_wanted(&self) -> bool {
        self.fix || self.diff
    }

    /// Whether standard output takes a diff.
    pub(super) fn are_shown(&self) -> bool {
        self.diff
    }

    fn allow(&self, safety: Safety) -> bool {
        safety == Safety::Safe || self.unsafe_fixes
    }

    /// Makes the fixes of findings of at least a severity, and gives what is found afterwards.
    /// `examine` has to find what it found before.
    pub(super) fn make(
        &self,
        before: Examined,
        least: Severity,
        is_stdin: bool,
        examine: &dyn Fn(Load) -> Result<Examined, Unexamined>,
    ) -> (Examined, Said) {
        let allows = |finding: &Finding| {
            let fix = finding.fix.as_ref();
            finding.severity >= least
                && fix.is_some_and(|fix| {
                    // Of standard input's configuration nothing but its own text is at hand.
                    let is_here = !is_stdin || fix.change.source == SourceId(0);
                    is_here && self.allow(fix.safety)
                })
        };
        let fixed = fix::fix(&before, &allows, examine);
        let mut said = Said::default();
        let is_written = match &fixed.examined {
            Some(after) if self.diff => {
                said.out = diff(&before, after);
                true
            }
            Some(_) if !is_stdin => match write(&before, &fixed.changed) {
                Ok(notes) => {
                    said.notes = notes;
                    true
                }
                Err(error) => {
                    said.error = Some(error);
                    false
                }
            },
            _ => true,
        };
        said.lines.extend(fixed.left.iter().map(left));
        if is_written {
            said.lines.push(self.summary(&before, &fixed));
        }
        let after = match fixed.examined {
            Some(after) if self.fix && is_written => after,
            _ => before,
        };
        if self.fix && is_stdin && after.read.is_ok() {
            said.out = text(&after);
        }
        (after, said)
    }

    fn summary(&self, before: &Examined, fixed: &Fixed) -> String {
        let after = fixed.examined.as_ref().unwrap_or(before);
        let risky = after.findings.iter().filter(|finding| {
            let fix = finding.fix.as_ref();
            fix.is_some_and(|fix| !self.allow(fix.safety))
        });
        let more = match risky.count() {
            0 => String::new(),
            number => format!("; {number} more with --unsafe-fixes"),
        };
        let names = fixed
            .changed
            .iter()
            .map(|source| source.name.display().to_string());
        let names: Vec<String> = names.collect();
        let did = if self.diff { "would fix" } else { "fixed" };
        match fixed.fixed {
            0 => format!("{did} nothing in {}{more}", name(before)),
            1 => format!("{did} 1 finding in {}{more}", names.join(" and ")),
            number => format!("{did} {number} findings in {}{more}", names.join(" and ")),
        }
    }
}

fn left(left: &Left) -> String {
    let at = match left.key.as_str() {
        "" => String::new(),
        key => format!(" at `{key}`"),
    };
    format!("not fixed: {}{at}: {}", left.rule, left.because)
}

/// Writes every text that has changed, or none.
fn write(before: &Examined, changed: &[Source]) -> Result<Vec<Note>, WriteError> {
    let old = |name: &Path| {
        let mut sources = before.sources().iter();
        sources.find(|old| old.name == name)
    };
    let files: Vec<EditedFile<'_>> = changed
        .iter()
        .map(|source| EditedFile {
            path: &source.name,
            before: old(&source.name).map_or(&[], |old| old.text.as_bytes()),
            after: source.text.as_bytes(),
        })
        .collect();
    atomic_file::edit_all(&files)
}

fn name(examined: &Examined) -> String {
    let named = examined.sources().first();
    named.map_or_else(String::new, |source| source.name.display().to_string())
}

fn text(examined: &Examined) -> String {
    let named = examined.sources().first();
    named.map_or_else(String::new, |source| source.text.clone())
}

fn diff(before: &Examined, after: &Examined) -> String {
    let mut diff = Vec::new();
    // Writing to memory does not fail.
    let _: io::Result<()> = report::diff(before, after, &mut diff);
    String::from_utf8_lossy(&diff).into_owned()
}
