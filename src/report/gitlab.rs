//! For GitLab's merge requests: a code quality report.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::{Format, Run, paths};
use crate::finding::Severity;

/// GitLab's code quality report: a list of issues.
#[derive(Debug)]
pub struct Gitlab;

impl Format for Gitlab {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut issues = Vec::new();
        for file in &run.files {
            if let Err(message) = &file.outcome {
                let location = Location::of(&file.path, 1, 1);
                let name = &location.path;
                issues.push(Issue {
                    description: message.clone(),
                    check_name: "unexamined",
                    fingerprint: Fingerprints::default().next("unexamined", name, "", ""),
                    severity: "blocker",
                    location,
                });
            }
            for finding in run.findings_of(file) {
                let mut description = finding.message;
                if !finding.help.is_empty() {
                    description = format!("{description}; {}", finding.help);
                }
                issues.push(Issue {
                    description,
                    check_name: finding.rule.id,
                    fingerprint: finding.fingerprint,
                    severity: match finding.severity {
                        Severity::Error => "critical",
                        Severity::Warning => "minor",
                        Severity::Info => "info",
                    },
                    location: Location::of(finding.file, finding.start.line, finding.end.line),
                });
            }
        }
        serde_json::to_writer_pretty(&mut *out, &issues)?;
        writeln!(out)
    }
}

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
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
