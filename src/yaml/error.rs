//! Why PyYAML refuses a text, with the characters to point at and what to write instead.

use super::{SourceId, Span};

/// What stops PyYAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadErrorKind {
    /// A character that YAML does not allow, such as a control character.
    Character,
    /// A tab where a token must start.
    Tab,
    /// Lines that do not stand where the surrounding collection expects them.
    Indentation,
    /// A plain text that starts with a character that has a meaning in YAML: `%`, `@`, a backtick.
    Indicator,
    /// A second `: ` in a line, or a key without its `: `.
    Colon,
    /// A template's `{{ }}` that was never filled in.
    Template,
    /// A quoted text, a list or a mapping that is not closed.
    Unclosed,
    /// An escape in double quotes that YAML does not know.
    Escape,
    /// Anything else that the grammar refuses.
    Syntax,
    /// A second document in the same text.
    SecondDocument,
    /// An alias without its anchor.
    Alias,
    /// Two anchors with one name.
    Anchor,
    /// A tag that `safe_load` does not know, such as `!Ref`.
    Tag,
    /// A value that cannot be made: a date that does not exist, a number past Python's limit.
    Value,
    /// A list or mapping as a key.
    UnhashableKey,
    /// `<<` with something that cannot be merged.
    Merge,
    /// Nested deeper than Python's stack allows.
    Depth,
    /// Merges that copy more than this program is willing to hold.
    Budget,
}

/// A text that PyYAML refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    /// What stops PyYAML.
    pub kind: ReadErrorKind,
    /// The text.
    pub source_id: SourceId,
    /// The characters to point at; empty at the end of a text that ends too early.
    pub span: Span,
    /// One sentence: what is wrong.
    pub message: String,
    /// One sentence: what to write instead.
    pub help: String,
}

/// An error before it knows which text it is about.
#[derive(Debug)]
pub(super) struct Refusal {
    pub kind: ReadErrorKind,
    pub span: Span,
    pub message: String,
    pub help: String,
}

impl Refusal {
    pub(super) fn new(
        kind: ReadErrorKind,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            span,
            message: message.into(),
            help: help.into(),
        }
    }

    pub(super) fn of(self, source_id: SourceId) -> ReadError {
        ReadError {
            kind: self.kind,
            source_id,
            span: self.span,
            message: self.message,
            help: self.help,
        }
    }
}
