//! For GitHub's workflows: commands that become annotations beside the lines.

use std::io::{self, Write};
use std::path::Path;

use super::checks::{is_open, sentence};
use super::masked::Masked;
use super::{File, Format, Run, paths};
use crate::finding::Severity;

/// GitHub's workflow commands, one a finding.
#[derive(Debug)]
pub struct Github;

impl Format for Github {
    fn file(&mut self, run: &Run, file: &File, out: &mut dyn Write) -> io::Result<()> {
        let path = escaped_path(&file.path);
        let checks = match &file.outcome {
            Ok(outcome) => outcome.checks(),
            Err(message) => {
                let message = escaped(message);
                writeln!(out, "::error file={path},title=unexamined::{message}")?;
                &[]
            }
        };
        for check in checks {
            let said = escaped(&sentence(check));
            // What is open is worth an annotation; the rest is for the log, and what failed is a
            // finding.
            if is_open(check) {
                writeln!(out, "::warning file={path},title={}::{said}", check.name)?;
            } else {
                writeln!(out, "{said}")?;
            }
        }
        run.shown(file)
            .try_for_each(|finding| annotate(finding, out))
    }

    fn end(&mut self, _run: &Run, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn annotate(finding: &Masked, out: &mut dyn Write) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = (finding.start, finding.end);
    write!(
        out,
        "::{command} file={},line={},endLine={}",
        escaped_path(&finding.file),
        start.line,
        end.line
    )?;
    // GitHub takes columns only within one line, and its last one is inclusive.
    if start.line == end.line {
        let last = (end.column - 1).max(start.column);
        write!(out, ",col={},endColumn={last}", start.column)?;
    }
    let title = escaped_property(finding.rule.id);
    writeln!(out, ",title={title}::{}", escaped(&finding.text()))
}

/// The text of a command: no line break, and no `%` that would be taken for one.
fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which ends at a colon or comma.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

fn escaped_path(path: &Path) -> String {
    escaped_property(&paths::in_repository(path).to_string_lossy())
}
