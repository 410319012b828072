//! Findings made ready to be shown: without secrets, with lines and columns and fingerprints.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::fingerprint::Fingerprints;
use super::mask::Mask;
use super::paths;
use crate::examine::Examined;
use crate::finding::{Finding, Fix, Place, Rule, Safety, Severity};
use crate::yaml::{HIDDEN, Lines, Position};

/// A finding whose every text may leave the program.
#[derive(Debug)]
pub(super) struct Masked {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub message: String,
    pub help: String,
    /// The file that it is in, as it was named or found.
    pub file: Arc<Path>,
    pub start: Position,
    /// The place after its last character.
    pub end: Position,
    pub key: String,
    /// Whether the key is not there, and the place is the mapping that lacks it.
    pub missing: bool,
    pub consoleme: Option<&'static str>,
    /// Stays the same when lines move.
    pub fingerprint: String,
    pub excerpt: Excerpt,
    /// What makes it go away.
    pub fix: Option<MaskedFix>,
}

/// A fix whose every text may leave the program.
#[derive(Debug)]
pub(super) struct MaskedFix {
    pub safety: Safety,
    pub edits: Vec<MaskedEdit>,
    /// Whether something is hidden, so that the edits are not to be made as they are shown.
    pub is_masked: bool,
}

/// A change of the file that the finding is in.
#[derive(Debug)]
pub(super) struct MaskedEdit {
    pub start: Position,
    /// The place after the last character that goes.
    pub end: Position,
    pub text: String,
}

impl MaskedFix {
    fn of(fix: &Fix, lines: &Lines<'_>, mask: &Mask) -> Self {
        let mut is_masked = false;
        let edits = fix.change.edits.iter().map(|edit| {
            let text = match &edit.text {
                text if fix.is_secret && !text.is_empty() => HIDDEN.to_owned(),
                text => mask.text(text),
            };
            is_masked |= text != edit.text;
            MaskedEdit {
                start: lines.position(edit.span.start),
                end: lines.position(edit.span.end),
                text,
            }
        });
        Self {
            safety: fix.safety,
            edits: edits.collect(),
            is_masked,
        }
    }
}

/// The line in which a finding starts, to be drawn.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// Without its end; shared by the findings in one line.
    pub line: Arc<str>,
    /// The bytes of it that the finding is about.
    pub span: Range<usize>,
}

impl Masked {
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

/// A finding that does not count.
#[derive(Debug)]
pub(super) struct Suppressed {
    pub finding: Masked,
    pub by: By,
}

/// What says that a finding does not count.
#[derive(Debug)]
pub(super) enum By {
    /// A comment, with the reason that it gives; may be empty.
    Comment(String),
    /// The baseline.
    Baseline,
}

/// A text that findings are in.
struct Text<'e> {
    file: Arc<Path>,
    /// The file's name for fingerprints.
    name: String,
    lines: Lines<'e>,
    /// Where the excerpt starts that was taken last, and it.
    excerpt: (usize, Arc<str>),
}

impl<'e> Text<'e> {
    fn new(file: &Path, text: &'e str) -> Self {
        Self {
            file: file.into(),
            name: paths::from_here(file).to_string_lossy().into_owned(),
            lines: Lines::new(text),
            excerpt: (usize::MAX, "".into()),
        }
    }

    /// The first line of a place in the masked text, which has its lines where this text has them.
    fn excerpt(&mut self, place: &Place, masked: &str) -> Excerpt {
        let line = self.lines.around(place.span.start);
        if self.excerpt.0 != line.start {
            let text = masked.get(line.clone()).unwrap_or_default();
            self.excerpt = (line.start, text.into());
        }
        let within = |at: u32| (at as usize).clamp(line.start, line.end) - line.start;
        Excerpt {
            line: Arc::clone(&self.excerpt.1),
            span: within(place.span.start)..within(place.span.end),
        }
    }
}

/// The findings of a configuration, and those that do not count.
pub(super) fn findings(examined: &Examined, mask: &Mask) -> (Vec<Masked>, Vec<Suppressed>) {
    let sources = examined.sources().iter();
    let texts = sources.map(|source| Text::new(&source.name, &source.text));
    let mut texts: Vec<Text<'_>> = texts.collect();
    let mut nowhere = Text::new(Path::new(""), "");
    let mut fingerprints = Fingerprints::default();
    let mut ready = |finding: &Finding| {
        let text = texts.get_mut(finding.place.source.0 as usize);
        masked(
            finding,
            text.unwrap_or(&mut nowhere),
            mask,
            &mut fingerprints,
        )
    };
    let findings = examined.findings.iter().map(&mut ready).collect();
    let suppressed = examined.suppressed.iter().map(|suppressed| Suppressed {
        finding: ready(&suppressed.finding),
        by: By::Comment(mask.text(&suppressed.reason)),
    });
    (findings, suppressed.collect())
}

fn masked(
    finding: &Finding,
    text: &mut Text<'_>,
    mask: &Mask,
    fingerprints: &mut Fingerprints,
) -> Masked {
    let place = &finding.place;
    let shown = mask.source(place.source).unwrap_or_default();
    let key = mask.text(&place.key);
    let fix = finding.fix.as_ref();
    Masked {
        rule: finding.rule,
        severity: finding.severity,
        message: mask.text(&finding.message),
        help: mask.text(&finding.help),
        file: Arc::clone(&text.file),
        start: text.lines.position(place.span.start),
        end: text.lines.position(place.span.end),
        fingerprint: fingerprints.next(finding.rule.id, &text.name, &key, place.span.slice(shown)),
        key,
        missing: place.missing,
        consoleme: finding.consoleme(),
        excerpt: text.excerpt(place, shown),
        fix: fix.map(|fix| MaskedFix::of(fix, &text.lines, mask)),
    }
}
