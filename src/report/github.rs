//! For GitHub's workflows: commands that become annotations beside the lines.

use std::io::{self, Write};
use std::path::Path;

use super::checks::is_open;
use super::{Format, Run, paths};
use crate::finding::Severity;

/// GitHub's workflow commands, one a finding.
#[derive(Debug)]
pub struct Github;

impl Format for Github {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        for file in &run.files {
            if let Err(message) = &file.outcome {
                let path = escaped_path(&file.path);
                let message = escaped(message);
                writeln!(out, "::error file={path},title=unexamined::{message}")?;
            }
            for told in file.checks() {
                let said = escaped(&told.sentence());
                // What is open is worth an annotation; the rest is for the log, and what failed
                // is a finding.
                if is_open(&told.check) {
                    let path = escaped_path(&file.path);
                    writeln!(
                        out,
                        "::warning file={path},title={}::{said}",
                        told.check.name
                    )?;
                } else {
                    writeln!(out, "{said}")?;
                }
            }
            for finding in run.findings_of(file) {
                let command = match finding.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Info => "notice",
                };
                let (start, end) = (finding.start, finding.end);
                write!(
                    out,
                    "::{command} file={},line={},endLine={}",
                    escaped_path(finding.file),
                    start.line,
                    end.line
                )?;
                // GitHub takes columns only within one line, and its last one is inclusive.
                if start.line == end.line {
                    let last = (end.column - 1).max(start.column);
                    write!(out, ",col={},endColumn={last}", start.column)?;
                }
                let title = escaped_property(finding.rule.id);
                writeln!(out, ",title={title}::{}", escaped(&finding.text()))?;
            }
        }
        Ok(())
    }
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
