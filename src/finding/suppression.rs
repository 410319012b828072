//! Findings that a comment takes out.

use std::collections::HashMap;
use std::ops::Range;

use super::directive::{Malformed, directive};
use super::{Finding, Findings, Place};
use crate::consoleme::Config;
use crate::yaml::{Lines, SourceId, Span};

/// A rule that a comment names to suppress what it finds, or a comment that was meant to name one.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The characters of the name, or of the comment that is not understood.
    pub place: Place,
    /// The name, which may be no rule's.
    pub rule: Result<String, Malformed>,
    /// Whether it has suppressed anything.
    pub used: bool,
    scope: Scope,
    reason: String,
}

/// What a comment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    File,
    /// This line of its file.
    Line(usize),
    Nothing,
}

/// A finding that does not count.
#[derive(Debug, Clone)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// Why it does not count, as the comment says; may be empty.
    pub reason: String,
}

impl Suppression {
    /// All those in the comments of a configuration's files.
    pub fn all(config: &Config) -> Vec<Self> {
        let mut all = Vec::new();
        for comments in config.comments().chunk_by(|one, next| one.0 == next.0) {
            let source = comments.first().and_then(|(id, _)| config.source(*id));
            let text = source.map_or("", |source| &source.text);
            let mut lines = None;
            for &(id, comment) in comments {
                let Some((span, said)) = directive(comment.slice(text)) else {
                    continue;
                };
                let place = |span: Range<usize>| {
                    let from = comment.start as usize;
                    Place::at(id, Span::new(from + span.start, from + span.end), "")
                };
                let said = match said {
                    Ok(said) => said,
                    Err(malformed) => {
                        all.push(Self {
                            place: place(span),
                            rule: Err(malformed),
                            used: false,
                            scope: Scope::Nothing,
                            reason: String::new(),
                        });
                        continue;
                    }
                };
                let scope = if said.whole_file {
                    Scope::File
                } else {
                    let lines = lines.get_or_insert_with(|| Lines::new(text));
                    let about = about(text, comment);
                    about.map_or(Scope::Nothing, |at| Scope::Line(lines.position(at).line))
                };
                for id in said.ids {
                    let place = place(id);
                    all.push(Self {
                        rule: Ok(place.span.slice(text).to_owned()),
                        place,
                        used: false,
                        scope,
                        reason: said.reason.to_owned(),
                    });
                }
            }
        }
        all
    }

    fn covers(&self, finding: &Finding, lines: (usize, usize)) -> bool {
        let is_about = match self.scope {
            Scope::File => true,
            Scope::Line(line) => (lines.0..=lines.1).contains(&line),
            Scope::Nothing => false,
        };
        is_about
            && self.place.source == finding.place.source
            && self.rule.as_deref() == Ok(finding.rule.id)
    }
}

/// A place in the line that a comment is about: behind something, its own line; on a line of its
/// own, the next one that holds more than a comment or the start of a document.
fn about(text: &str, comment: Span) -> Option<u32> {
    let before = text.get(..comment.start as usize)?;
    let before = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    if !before.trim_start_matches('\u{feff}').trim().is_empty() {
        return Some(comment.start);
    }
    let mut at = comment.end as usize;
    loop {
        let rest = text.get(at..)?;
        let written = rest.trim_start();
        let line = written.split(['\n', '\r']).next().unwrap_or_default();
        at += rest.len() - written.len();
        match line.trim_end() {
            "" => return None,
            "---" => {}
            line if line.starts_with('#') => {}
            _ => return u32::try_from(at).ok(),
        }
        at += line.len();
    }
}

/// Takes out the findings that comments are about, and marks those comments as used.
pub fn suppress(
    config: &Config,
    suppressions: &mut [Suppression],
    findings: &mut Findings,
) -> Vec<Suppressed> {
    let sources = config.sources().iter();
    let texts: Vec<Lines<'_>> = sources.map(|source| Lines::new(&source.text)).collect();
    let entries = entries(config);
    let lines = |place: &Place| {
        let lines = texts.get(place.source.0 as usize)?;
        let entry = entries.get(&(place.source, place.span));
        let span = entry.copied().unwrap_or(place.span);
        let last = span.end.saturating_sub(1).max(span.start);
        Some((lines.position(span.start).line, lines.position(last).line))
    };
    let mut reasons = Vec::new();
    let taken = findings.take_where(|finding| {
        let Some(lines) = lines(&finding.place) else {
            return false;
        };
        let all = suppressions.iter_mut();
        let covering = all.filter(|suppression| suppression.covers(finding, lines));
        let covering: Vec<&mut Suppression> = covering.collect();
        let reason = covering.first().map(|first| first.reason.clone());
        for suppression in covering {
            suppression.used = true;
        }
        reason.map(|reason| reasons.push(reason)).is_some()
    });
    let pairs = taken.into_iter().zip(reasons);
    pairs
        .map(|(finding, reason)| Suppressed { finding, reason })
        .collect()
}

/// The characters that belong to a finding at a value or at a name, where they are more than those
/// that it points at: a value's name, and a name's value where that is one text.
fn entries(config: &Config) -> HashMap<(SourceId, Span), Span> {
    let mut entries = HashMap::new();
    config.walk(&mut |node, _| {
        for (name, value) in node.entries().chain(node.lost()) {
            let (first, last) = (name.span(), value.span());
            // What an alias names stands somewhere else.
            if value.source() != name.source() || last.start < first.end {
                continue;
            }
            let entry = Span {
                start: first.start,
                end: last.end,
            };
            entries.insert((value.source(), last), entry);
            if !value.is_collection() {
                entries.insert((name.source(), first), entry);
            }
        }
    });
    entries
}
