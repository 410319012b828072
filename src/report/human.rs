//! For a person in a terminal: each finding drawn on its line, then a summary.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};

use super::checks::{about, masked};
use super::mask::Mask;
use super::{File, Format, Run};
use crate::examine::Examined;
use crate::finding::{Finding, Severity, Verdict};

/// The findings of each file under its lines, its summary, and one over several files.
#[derive(Debug)]
pub struct Human {
    /// Whether to leave the summaries out.
    pub quiet: bool,
}

impl Format for Human {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        for examined in run.files.iter().filter_map(File::examined) {
            human(examined, run.least, out)?;
            if !self.quiet {
                checks(examined, out)?;
                writeln!(out, "{}", summary(examined))?;
            }
        }
        if !self.quiet && run.files.len() > 1 {
            let counts = counts(|severity| run.count(severity));
            let unexamined = match run
                .files
                .iter()
                .filter(|file| file.outcome.is_err())
                .count()
            {
                0 => String::new(),
                n => format!("; {n} could not be examined"),
            };
            writeln!(out, "{} files: {counts}{unexamined}", run.files.len())?;
        }
        Ok(())
    }
}

/// Draws every finding of at least a severity on the lines that it is about.
///
/// # Errors
/// The output cannot be written to.
pub fn human(examined: &Examined, least: Severity, out: &mut dyn Write) -> io::Result<()> {
    if examined.findings.is_empty() {
        return Ok(());
    }
    let mask = Mask::of(&examined.read);
    let renderer = Renderer::styled();
    for finding in examined
        .findings
        .iter()
        .filter(|finding| finding.severity >= least)
    {
        writeln!(
            out,
            "{}\n",
            renderer.render(&[group(examined, &mask, finding)])
        )?;
    }
    Ok(())
}

fn group<'e>(examined: &'e Examined, mask: &'e Mask, finding: &'e Finding) -> Group<'e> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = level
        .primary_title(mask.text(&finding.message))
        .id(finding.rule.id)
        .elements(snippet(examined, mask, finding));
    if !finding.help.is_empty() {
        group = group.element(Level::HELP.message(mask.text(&finding.help)));
    }
    if let Some(place) = finding.consoleme() {
        group = group.element(Level::NOTE.message(format!("in ConsoleMe: {place}")));
    }
    group
}

fn snippet<'e>(
    examined: &'e Examined,
    mask: &'e Mask,
    finding: &Finding,
) -> Option<Snippet<'e, annotate_snippets::Annotation<'e>>> {
    let place = &finding.place;
    let source = examined.sources().get(place.source.0 as usize)?;
    let text = mask.source(place.source)?;
    let range = place.span.start as usize..place.span.end as usize;
    // A block that spans lines is shown by its first one.
    let end = text.get(range.clone()).map_or(range.end, |spanned| {
        range.start + spanned.lines().next().map_or(0, str::len)
    });
    let annotation = AnnotationKind::Primary.span(range.start..end);
    let label = if place.missing { "missing here" } else { "" };
    let annotation = if label.is_empty() {
        annotation
    } else {
        annotation.label(label)
    };
    Some(
        Snippet::source(text)
            .path(source.name.to_string_lossy())
            .annotation(annotation),
    )
}

/// A line for each live check: its verdict, what it was about, and what that rests on.
///
/// # Errors
/// The output cannot be written to.
pub fn checks(examined: &Examined, out: &mut dyn Write) -> io::Result<()> {
    let checks = masked(examined);
    for check in &checks {
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
pub fn summary(examined: &Examined) -> String {
    let counts = counts(|severity| examined.findings.count(severity));
    let judged = examined
        .judged
        .map_or_else(String::new, |(environment, because)| {
            format!("; judged for {environment}, {because}")
        });
    let unseen: String = examined
        .unseen
        .iter()
        .map(|what| format!("; {what}"))
        .collect();
    format!(
        "{}: {counts}{judged}{}{unseen}",
        examined.name(),
        live(examined)
    )
}

/// How the live checks ended, or that there were none.
fn live(examined: &Examined) -> String {
    if examined.checks.is_empty() {
        return "; the provider was not asked".to_owned();
    }
    let count = |verdict, word: &str| {
        let ended = examined
            .checks
            .iter()
            .filter(|check| check.verdict == verdict);
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

/// How many findings there are of each severity.
fn counts(of: impl Fn(Severity) -> usize) -> String {
    let count = |severity, one: &str, several: &str| match of(severity) {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {several}")),
    };
    let counts: Vec<String> = [
        count(Severity::Error, "error", "errors"),
        count(Severity::Warning, "warning", "warnings"),
        count(Severity::Info, "hint", "hints"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if counts.is_empty() {
        "no findings".to_owned()
    } else {
        counts.join(", ")
    }
}
