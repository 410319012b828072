use super::{Edit, apply};
use crate::yaml::{Node, Span};

/// The characters that end a line in YAML 1.1.
const BREAKS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

/// Makes edits of a text from the nodes that were read of it. Where it is not certain that an edit
/// changes what it is meant to change and nothing else, there is none: a node in a second place by
/// an alias, an anchor or tag in the way, a comment that would be lost.
#[derive(Debug, Clone, Copy)]
pub struct Editor<'t> {
    text: &'t str,
}

impl<'t> Editor<'t> {
    /// An editor of a text; every node that it is given has to be one of this text.
    pub fn new(text: &'t str) -> Self {
        Self { text }
    }

    pub(super) fn slice(&self, start: u32, end: u32) -> Option<&'t str> {
        self.text.get(start as usize..end as usize)
    }

    pub(super) fn written(&self, node: Node<'_>) -> &'t str {
        node.span().slice(self.text)
    }

    /// The first character of a line, behind a byte-order mark.
    pub(super) fn line_start(&self, at: u32) -> u32 {
        let before = self.slice(0, at).unwrap_or_default();
        let is_end = |c| BREAKS.contains(&c) || c == '\u{feff}';
        let line = before.rsplit(is_end).next().unwrap_or_default();
        at - bytes(line)
    }

    /// The place before the line break.
    pub(super) fn line_end(&self, at: u32) -> u32 {
        let rest = self.text.get(at as usize..).unwrap_or_default();
        let line = rest.split(BREAKS).next().unwrap_or_default();
        at + bytes(line)
    }

    /// The place after the line break; the end of the text where there is none.
    pub(super) fn next_line(&self, at: u32) -> u32 {
        let end = self.line_end(at);
        let rest = self.text.get(end as usize..).unwrap_or_default();
        if rest.starts_with("\r\n") {
            return end + 2;
        }
        let first = rest.chars().next();
        end + first.map_or(0, |c| u32::try_from(c.len_utf8()).unwrap_or_default())
    }

    /// The line break at the end of this line, or as the text's first line has it.
    pub(super) fn line_break(&self, at: u32) -> &'t str {
        let of = |at| {
            self.slice(self.line_end(at), self.next_line(at))
                .filter(|found| !found.is_empty())
        };
        of(at).or_else(|| of(0)).unwrap_or("\n")
    }

    /// How far a place is from the start of its line, where nothing but spaces and the dashes of
    /// lists stand before it.
    pub(super) fn column(&self, at: u32) -> Option<usize> {
        let before = self.slice(self.line_start(at), at)?;
        let is_indent = before.bytes().all(|b| b == b' ' || b == b'-');
        is_indent.then_some(before.len())
    }

    /// The end of the text.
    pub(super) fn end(&self) -> u32 {
        bytes(self.text)
    }

    /// Whether nothing but a comment follows in the line.
    pub(super) fn is_last_in_line(&self, at: u32) -> bool {
        let rest = self.slice(at, self.line_end(at)).unwrap_or_default();
        let rest = rest.trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with('#')
    }

    /// Whether edits can be made together.
    pub(super) fn fit(&self, edits: &[Edit]) -> bool {
        apply(self.text, edits).is_ok()
    }

    /// Moves the lines after the first one of a part to the right.
    pub(super) fn indented(&self, span: Span, by: usize) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut at = self.next_line(span.start);
        while at < span.end {
            let next = self.next_line(at);
            if at < self.line_end(at) {
                edits.push(Edit::insert(at, " ".repeat(by)));
            }
            at = next;
        }
        edits
    }
}

/// The length of a part of the text.
fn bytes(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
