//! Findings made ready for programs: without secrets, with lines and columns and fingerprints.

use std::path::Path;

use super::fingerprint::Fingerprints;
use super::mask::Mask;
use super::{File, Run, paths};
use crate::examine::Examined;
use crate::finding::{Rule, Severity};
use crate::yaml::{Lines, Position};

/// A finding whose every text may leave the program.
pub(super) struct Masked<'r> {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub message: String,
    pub help: String,
    /// The file that it is in, as it was named or found.
    pub file: &'r Path,
    pub start: Position,
    /// The place after its last character.
    pub end: Position,
    pub key: String,
    pub consoleme: Option<&'static str>,
    /// Stays the same when lines move.
    pub fingerprint: String,
}

impl Masked<'_> {
    /// All that is said, a line each.
    pub(super) fn text(&self) -> String {
        let mut text = self.message.clone();
        if !self.help.is_empty() {
            text.push_str("\nhelp: ");
            text.push_str(&self.help);
        }
        if let Some(place) = self.consoleme {
            text.push_str("\nin ConsoleMe: ");
            text.push_str(place);
        }
        text
    }
}

impl Run {
    /// The findings to show, of all files.
    pub(super) fn findings(&self) -> Vec<Masked<'_>> {
        let files = self.files.iter();
        files.flat_map(|file| self.findings_of(file)).collect()
    }

    /// The findings to show, of one file and what it extends.
    pub(super) fn findings_of<'r>(&self, file: &'r File) -> Vec<Masked<'r>> {
        let mut findings = file.examined().map_or_else(Vec::new, masked);
        findings.retain(|finding| finding.severity >= self.least);
        findings
    }
}

fn masked(examined: &Examined) -> Vec<Masked<'_>> {
    if examined.findings.is_empty() {
        return Vec::new();
    }
    let mask = Mask::of(&examined.read);
    let sources = examined.sources().iter();
    let texts: Vec<(&Path, Lines<'_>)> = sources
        .map(|source| (source.name.as_path(), Lines::new(&source.text)))
        .collect();
    let nowhere = (Path::new(""), Lines::new(""));
    let mut fingerprints = Fingerprints::default();
    let ready = examined.findings.iter().map(|finding| {
        let place = &finding.place;
        let (file, lines) = texts.get(place.source.0 as usize).unwrap_or(&nowhere);
        let key = mask.text(&place.key);
        let text = mask
            .source(place.source)
            .map_or("", |text| place.span.slice(text));
        let name = paths::from_here(file);
        Masked {
            rule: finding.rule,
            severity: finding.severity,
            message: mask.text(&finding.message),
            help: mask.text(&finding.help),
            file,
            start: lines.position(place.span.start),
            end: lines.position(place.span.end),
            fingerprint: fingerprints.next(finding.rule.id, &name.to_string_lossy(), &key, text),
            key,
            consoleme: finding.consoleme(),
        }
    });
    ready.collect()
}
