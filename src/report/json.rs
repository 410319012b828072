//! For programs: everything, in a form that is promised to stay.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::list::List;
use super::masked::{Masked, MaskedFix};
use super::{Format, Run};
use crate::finding;

/// JSON, version 1: `docs/formats.md` says what it holds.
pub struct Json {
    files: List,
    findings: List,
    checks: List,
    skipped: Vec<finding::Skipped>,
}

impl Default for Json {
    fn default() -> Self {
        Self {
            files: List::new(2),
            findings: List::new(2),
            checks: List::new(2),
            skipped: Vec::new(),
        }
    }
}

impl Format for Json {
    fn file(&mut self, run: &Run, file: &super::File, _out: &mut dyn Write) -> io::Result<()> {
        self.files.push(&File::of(file))?;
        for finding in run.shown(file) {
            self.findings.push(&Finding::of(finding))?;
        }
        let Some(outcome) = file.examined() else {
            return Ok(());
        };
        for check in outcome.checks() {
            self.checks.push(&Check::of(file, check))?;
        }
        for skipped in outcome.skipped() {
            // Each once with its reason.
            if !self.skipped.contains(skipped) {
                self.skipped.push(skipped.clone());
            }
        }
        Ok(())
    }

    fn end(&mut self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let counts = run.counts();
        let document = Document {
            schema_version: 1,
            tool: Tool {
                name: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
            },
            files: &self.files,
            findings: &self.findings,
            checks: &self.checks,
            skipped: self.skipped.iter().map(Skipped::of).collect(),
            summary: Summary {
                error: counts.error,
                warning: counts.warning,
                info: counts.info,
                suppressed: counts.suppressed + counts.in_baseline,
            },
        };
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)
    }
}

#[derive(Serialize)]
struct Document<'r> {
    schema_version: u32,
    tool: Tool,
    files: &'r List,
    findings: &'r List,
    /// Only a run that asks the network has any.
    checks: &'r List,
    skipped: Vec<Skipped<'r>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct File<'r> {
    path: Cow<'r, str>,
    status: &'static str,
}

#[derive(Serialize)]
struct Finding<'r> {
    rule: &'static str,
    severity: &'static str,
    message: &'r str,
    help: &'r str,
    file: Cow<'r, str>,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    key: &'r str,
    consoleme: Option<&'static str>,
    /// Stays the same when lines move.
    fingerprint: &'r str,
    fix: Option<Fix<'r>>,
}

#[derive(Serialize)]
struct Fix<'r> {
    safety: &'static str,
    edits: Vec<Edit<'r>>,
}

#[derive(Serialize)]
struct Edit<'r> {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    text: &'r str,
}

impl<'r> Fix<'r> {
    fn of(fix: &'r MaskedFix) -> Self {
        let edits = fix.edits.iter().map(|edit| Edit {
            start_line: edit.start.line,
            start_column: edit.start.column,
            end_line: edit.end.line,
            end_column: edit.end.column,
            text: &edit.text,
        });
        Self {
            safety: fix.safety.name(),
            edits: edits.collect(),
        }
    }
}

impl<'r> File<'r> {
    fn of(file: &'r super::File) -> Self {
        Self {
            path: file.path.to_string_lossy(),
            status: match file.outcome {
                Ok(_) => "examined",
                Err(_) => "unexamined",
            },
        }
    }
}

impl<'r> Finding<'r> {
    fn of(finding: &'r Masked) -> Self {
        Self {
            rule: finding.rule.id,
            severity: finding.severity.name(),
            message: &finding.message,
            help: &finding.help,
            file: finding.file.to_string_lossy(),
            line: finding.start.line,
            column: finding.start.column,
            end_line: finding.end.line,
            end_column: finding.end.column,
            key: &finding.key,
            consoleme: finding.consoleme,
            fingerprint: &finding.fingerprint,
            fix: finding.fix.as_ref().map(Fix::of),
        }
    }
}

#[derive(Serialize)]
struct Check<'r> {
    file: Cow<'r, str>,
    check: &'static str,
    target: &'r str,
    verdict: &'static str,
    reason: &'r str,
    evidence: Evidence<'r>,
}

#[derive(Serialize)]
struct Evidence<'r> {
    status: Option<u16>,
    landing: Option<&'r str>,
    ms: Option<u64>,
    proxied: bool,
}

impl<'r> Check<'r> {
    fn of(file: &'r super::File, check: &'r finding::Check) -> Self {
        Self {
            file: file.path.to_string_lossy(),
            check: check.name.name(),
            target: &check.target,
            verdict: check.verdict.name(),
            reason: &check.reason,
            evidence: Evidence {
                status: check.evidence.status,
                landing: check.evidence.landing.as_deref(),
                ms: check.evidence.ms,
                proxied: check.evidence.proxied,
            },
        }
    }
}

#[derive(Serialize)]
struct Skipped<'r> {
    check: &'static str,
    reason: &'r str,
}

impl<'r> Skipped<'r> {
    fn of(skipped: &'r finding::Skipped) -> Self {
        Self {
            check: skipped.check.name(),
            reason: &skipped.reason,
        }
    }
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    info: usize,
    suppressed: usize,
}
