//! Changes of a text that leave everything else as it is, byte for byte.

mod collection;
mod editor;
mod repair;
mod scalar;

pub use collection::Step;
pub use editor::Editor;
pub use repair::repair;

use super::Span;

/// A part of a text and what stands there afterwards.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// The bytes that go; none for an insertion.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

impl Edit {
    /// Puts a text in the place of a part.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }

    /// Puts a text in front of a byte.
    pub fn insert(at: u32, text: impl Into<String>) -> Self {
        Self::replace(Span { start: at, end: at }, text)
    }
}

/// Why edits cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// A part is not in the text, or starts or ends inside a character.
    #[error("an edit does not fit the text: {} to {}", .0.start, .0.end)]
    Outside(Span),
    /// Two parts share bytes, or two different insertions share their place.
    #[error("two edits overlap: {} to {} and {} to {}", .0.start, .0.end, .1.start, .1.end)]
    Overlap(Span, Span),
}

/// Makes edits in a text. Their order does not matter; the same edit twice is one.
///
/// # Errors
/// An edit does not fit the text, or two overlap.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort();
    edits.dedup();
    let mut edited = String::with_capacity(text.len());
    let mut before: Option<Span> = None;
    let mut at = 0;
    for Edit { span, text: new } in edits {
        if let Some(before) = before
            && (span.start < before.end || span.start == before.start)
        {
            return Err(EditError::Overlap(before, *span));
        }
        let (start, end) = (span.start as usize, span.end as usize);
        let (Some(kept), Some(_)) = (text.get(at..start), text.get(start..end)) else {
            return Err(EditError::Outside(*span));
        };
        edited.push_str(kept);
        edited.push_str(new);
        at = end;
        before = Some(*span);
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    Ok(edited)
}
