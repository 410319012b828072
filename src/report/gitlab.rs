//! For GitLab's merge requests: a code quality report.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::checks::{is_open, sentence};
use super::fingerprint::Fingerprints;
use super::list::List;
use super::masked::Masked;
use super::{File, Format, Outcome, Run, paths};
use crate::finding::Severity;

/// GitLab's code quality report: a list of issues. What a live check leaves open is one too; it
/// has no place for what is in order.
pub struct Gitlab {
    issues: List,
}

impl Default for Gitlab {
    fn default() -> Self {
        Self {
            issues: List::new(1),
        }
    }
}

impl Format for Gitlab {
    fn file(&mut self, run: &Run, file: &File, _out: &mut dyn Write) -> io::Result<()> {
        if let Err(message) = &file.outcome {
            let location = Location::of(&file.path, 1, 1);
            let name = &location.path;
            self.issues.push(&Issue {
                description: message.clone(),
                check_name: "unexamined",
                fingerprint: &Fingerprints::default().next("unexamined", name, "", ""),
                severity: "blocker",
                location,
            })?;
        }
        let checks = file.examined().map_or(&[][..], Outcome::checks);
        for check in checks.iter().filter(|check| is_open(check)) {
            let location = Location::of(&file.path, 1, 1);
            let name = check.name.name();
            let fingerprint = Fingerprints::default().next(name, &location.path, &check.target, "");
            self.issues.push(&Issue {
                description: sentence(check),
                check_name: name,
                fingerprint: &fingerprint,
                severity: "info",
                location,
            })?;
        }
        run.shown(file)
            .try_for_each(|finding| self.issues.push(&Issue::of(finding)))
    }

    fn end(&mut self, _run: &Run, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &self.issues)?;
        writeln!(out)
    }
}

#[derive(Serialize)]
struct Issue<'f> {
    description: String,
    check_name: &'static str,
    fingerprint: &'f str,
    severity: &'static str,
    location: Location,
}

impl<'f> Issue<'f> {
    fn of(finding: &'f Masked) -> Self {
        let description = match finding.help.as_str() {
            "" => finding.message.clone(),
            help => format!("{}; {help}", finding.message),
        };
        Self {
            description,
            check_name: finding.rule.id,
            fingerprint: &finding.fingerprint,
            severity: match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location::of(&finding.file, finding.start.line, finding.end.line),
        }
    }
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

impl Location {
    fn of(path: &Path, begin: usize, end: usize) -> Self {
        Self {
            path: paths::in_repository(path).to_string_lossy().into_owned(),
            lines: Lines { begin, end },
        }
    }
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}
