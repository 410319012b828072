//! For a person in a terminal: each finding drawn on its line, then a summary.

use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};

use super::checks::about;
use super::masked::Masked;
use super::run::Counts;
use super::{File, Format, Outcome, Run};
use crate::finding::{Check, Safety, Severity, Verdict};

/// The findings of each file under its lines, its summary, and one over several files.
#[derive(Debug)]
pub struct Human {
    /// Whether to leave the summaries out.
    pub quiet: bool,
}

impl Format for Human {
    fn file(&mut self, run: &Run, file: &File, out: &mut dyn Write) -> io::Result<()> {
        draw(run.shown(file), out)?;
        match file.examined() {
            Some(outcome) if !self.quiet => {
                checks(outcome, out)?;
                writeln!(out, "{}", summary(outcome))
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        if !self.quiet && run.files() > 1 {
            let counts = in_words(run.counts());
            let unexamined = match run.unexamined() {
                0 => String::new(),
                n => format!("; {n} could not be examined"),
            };
            writeln!(out, "{} files: {counts}{unexamined}", run.files())?;
        }
        Ok(())
    }
}

/// Draws every finding of at least a severity on the line that it is about.
///
/// # Errors
/// The output cannot be written to.
pub fn human(outcome: &Outcome, least: Severity, out: &mut dyn Write) -> io::Result<()> {
    let findings = outcome.findings().iter();
    draw(findings.filter(|finding| finding.severity >= least), out)
}

fn draw<'f>(mut findings: impl Iterator<Item = &'f Masked>, out: &mut dyn Write) -> io::Result<()> {
    let renderer = Renderer::styled();
    findings.try_for_each(|finding| writeln!(out, "{}\n", renderer.render(&[group(finding)])))
}

fn group(finding: &Masked) -> Group<'_> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = level
        .primary_title(finding.message.as_str())
        .id(finding.rule.id)
        .element(snippet(finding));
    if !finding.help.is_empty() {
        group = group.element(Level::HELP.message(finding.help.as_str()));
    }
    if let Some(fix) = &finding.fix {
        group = group.element(Level::NOTE.message(match fix.safety {
            Safety::Safe => "`validate --fix` does this",
            Safety::Unsafe => "`validate --fix --unsafe-fixes` does this; look at it afterwards",
        }));
    }
    if let Some(place) = finding.consoleme {
        group = group.element(Level::NOTE.message(format!("in ConsoleMe: {place}")));
    }
    group
}

fn snippet(finding: &Masked) -> Snippet<'_, Annotation<'_>> {
    let excerpt = &finding.excerpt;
    let annotation = AnnotationKind::Primary.span(excerpt.span.clone());
    let annotation = if finding.missing {
        annotation.label("missing here")
    } else {
        annotation
    };
    Snippet::source(&*excerpt.line)
        .line_start(finding.start.line)
        .path(finding.file.to_string_lossy())
        .annotation(annotation)
}

/// A line for each live check: its verdict, what it was about, and what that rests on.
///
/// # Errors
/// The output cannot be written to.
pub fn checks(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let checks = outcome.checks();
    for check in checks {
        let style = Style::new().fg_color(Some(match check.verdict {
            Verdict::Pass => AnsiColor::Green.into(),
            Verdict::Fail => AnsiColor::Red.into(),
            Verdict::Inconclusive => AnsiColor::Yellow.into(),
        }));
        let (verdict, name) = (check.verdict, check.name);
        writeln!(
            out,
            "{style}{verdict:<12}{style:#} {name:<10} {}",
            about(check)
        )?;
    }
    if !checks.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// One line: how many findings, and what they were judged for.
pub fn summary(outcome: &Outcome) -> String {
    let judged = outcome
        .judged()
        .map_or_else(String::new, |(environment, because)| {
            format!("; judged for {environment}, {because}")
        });
    let unseen: String = outcome
        .unseen()
        .iter()
        .map(|what| format!("; {what}"))
        .collect();
    format!(
        "{}: {}{}{judged}{}{unseen}",
        outcome.name().display(),
        in_words(outcome.counts()),
        fixable(outcome),
        live(outcome.checks())
    )
}

/// How many findings have a fix.
fn fixable(outcome: &Outcome) -> String {
    let fixes = outcome.findings().iter().filter_map(|one| one.fix.as_ref());
    let (safe, risky): (Vec<_>, Vec<_>) = fixes.partition(|fix| fix.safety == Safety::Safe);
    match (safe.len(), risky.len()) {
        (0, 0) => String::new(),
        (safe, 0) => format!("; {safe} fixable with --fix"),
        (0, risky) => format!("; {risky} fixable with --fix --unsafe-fixes"),
        (safe, risky) => format!("; {safe} fixable with --fix, {risky} more with --unsafe-fixes"),
    }
}

/// How the live checks ended, or that there were none.
fn live(checks: &[Check]) -> String {
    if checks.is_empty() {
        return "; the provider was not asked".to_owned();
    }
    let count = |verdict, word: &str| {
        let ended = checks.iter().filter(|check| check.verdict == verdict);
        match ended.count() {
            0 => None,
            number => Some(format!("{number} {word}")),
        }
    };
    let counts: Vec<String> = [
        count(Verdict::Pass, "passed"),
        count(Verdict::Fail, "failed"),
        count(Verdict::Inconclusive, "inconclusive"),
    ]
    .into_iter()
    .flatten()
    .collect();
    format!("; live checks: {}", counts.join(", "))
}

/// How many findings there are of each severity, and how many more that do not count.
fn in_words(counts: Counts) -> String {
    let count = |number, one: &str, several: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {several}")),
    };
    let words: Vec<String> = [
        count(counts.error, "error", "errors"),
        count(counts.warning, "warning", "warnings"),
        count(counts.info, "hint", "hints"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut words = match words.as_slice() {
        [] => "no findings".to_owned(),
        words => words.join(", "),
    };
    for (number, why) in [
        (counts.suppressed, "suppressed"),
        (counts.in_baseline, "in the baseline"),
    ] {
        if number > 0 {
            words.push_str(&format!("; {number} {why}"));
        }
    }
    words
}
