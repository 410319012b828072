//! Bytes of a text as lines and columns that people count.

use std::ops::Range;

use super::Span;

/// A place in a text, counted from 1. Columns count characters: Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Where the lines of a text start. Lines end as in an editor: with LF, CR LF or CR.
#[derive(Debug, Clone)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|&(at, &byte)| {
            byte == b'\n' || byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')
        });
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        Self { text, starts }
    }

    /// The place of a byte; a place after the text is its end.
    pub fn position(&self, at: u32) -> Position {
        let at = (at as usize).min(self.text.len());
        let line = self.line(at);
        let before = self.text.as_bytes().get(self.start(line)..at);
        let is_first_byte = |byte: &&u8| **byte & 0xc0 != 0x80;
        let characters = before.unwrap_or_default().iter().filter(is_first_byte);
        Position {
            line,
            column: characters.count() + 1,
        }
    }

    /// The bytes of the line that a byte is in, without the line's end.
    pub fn around(&self, at: u32) -> Range<usize> {
        let line = self.line((at as usize).min(self.text.len()));
        let start = self.start(line);
        let end = self.starts.get(line).copied();
        let whole = self.text.get(start..end.unwrap_or(self.text.len()));
        let kept = whole.unwrap_or_default().trim_end_matches(['\r', '\n']);
        start..start + kept.len()
    }

    /// The number of the line that a byte is in.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at)
    }

    /// Where a line starts.
    fn start(&self, line: usize) -> usize {
        let start = self.starts.get(line.saturating_sub(1));
        start.copied().unwrap_or_default()
    }
}

impl Span {
    /// The characters of a text that it covers.
    pub fn slice(self, text: &str) -> &str {
        let range = self.start as usize..self.end as usize;
        text.get(range).unwrap_or_default()
    }

    /// Whether it covers another one.
    pub(super) fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}
