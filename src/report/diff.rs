//! What a fix changes, as a unified diff.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use super::mask::Mask;
use crate::consoleme::Source;
use crate::examine::Examined;
use crate::yaml::SourceId;

/// How many lines around a change are shown.
const CONTEXT: usize = 3;

/// Writes the texts that differ before and after, without secrets; one with a changed secret shows
/// that it has changed.
///
/// # Errors
/// The output cannot be written to.
pub fn diff(before: &Examined, after: &Examined, out: &mut dyn Write) -> io::Result<()> {
    // What is a secret in one of them is none to be shown in the other.
    let masks = (Mask::of(&before.read), Mask::of(&after.read));
    for (new, id) in after.sources().iter().zip(0..) {
        let mut sources = before.sources().iter().zip(0..);
        let Some((old, old_id)) = sources.find(|(old, _)| old.name == new.name) else {
            continue;
        };
        if old.text == new.text {
            continue;
        }
        let shown = |mask: &Mask, id, other: &Mask| {
            other.text(mask.source(SourceId(id)).unwrap_or_default())
        };
        let old = Side::new(old, shown(&masks.0, old_id, &masks.1));
        let new = Side::new(new, shown(&masks.1, id, &masks.0));
        file(&old, &new, out)?;
    }
    Ok(())
}

/// A text with what may be shown of it, byte for byte as long.
struct Side<'s> {
    source: &'s Source,
    shown: String,
    lines: Vec<&'s str>,
}

impl<'s> Side<'s> {
    fn new(source: &'s Source, shown: String) -> Self {
        Self {
            source,
            shown,
            lines: source.text.split_inclusive('\n').collect(),
        }
    }

    /// Writes some lines behind a sign.
    fn write(
        &self,
        sign: char,
        style: Style,
        lines: Range<usize>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let before = self.lines.iter().take(lines.start);
        let mut at: usize = before.map(|line| line.len()).sum();
        for line in self.lines.iter().take(lines.end).skip(lines.start) {
            let shown = self.shown.get(at..at + line.len()).unwrap_or_default();
            at += line.len();
            let shown = shown.strip_suffix('\n').unwrap_or(shown);
            writeln!(out, "{style}{sign}{shown}{style:#}")?;
            if !line.ends_with('\n') {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
        Ok(())
    }
}

fn file(old: &Side<'_>, new: &Side<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (bold, plain) = (Style::new().bold(), Style::new());
    let removed = Style::new().fg_color(Some(AnsiColor::Red.into()));
    let added = Style::new().fg_color(Some(AnsiColor::Green.into()));
    let heading = Style::new().fg_color(Some(AnsiColor::Cyan.into()));
    writeln!(out, "{bold}--- {}{bold:#}", old.source.name.display())?;
    writeln!(out, "{bold}+++ {}{bold:#}", new.source.name.display())?;
    let changes = capture_diff_slices(Algorithm::Myers, &old.lines, &new.lines);
    for hunk in group_diff_ops(changes, CONTEXT) {
        let ends = hunk.first().zip(hunk.last());
        let Some((first, last)) = ends else { continue };
        let old_lines = first.old_range().start..last.old_range().end;
        let new_lines = first.new_range().start..last.new_range().end;
        let (old_part, new_part) = (part(&old_lines), part(&new_lines));
        writeln!(out, "{heading}@@ -{old_part} +{new_part} @@{heading:#}")?;
        for change in hunk {
            if let DiffOp::Equal { .. } = change {
                new.write(' ', plain, change.new_range(), out)?;
            } else {
                old.write('-', removed, change.old_range(), out)?;
                new.write('+', added, change.new_range(), out)?;
            }
        }
    }
    Ok(())
}

/// The first line, and how many there are, as `patch` reads them.
fn part(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => (lines.start + 1).to_string(),
        length => format!("{},{length}", lines.start + 1),
    }
}
