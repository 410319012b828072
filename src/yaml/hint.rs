//! From what the grammar could not take to what was probably meant.

use super::Span;
use super::error::{ReadErrorKind, Refusal};

/// `{{ name }}`, which YAML reads as a mapping with a mapping as its key.
pub(super) fn template(span: Span) -> Refusal {
    Refusal::new(
        ReadErrorKind::Template,
        Span {
            start: span.start,
            end: span.start + 2,
        },
        "a template's `{{` was never filled in",
        "Fill the template in before ConsoleMe reads the file, or put the text in quotes.",
    )
}

/// What to say of a place where the grammar of PyYAML does not go on.
pub(super) fn syntax(text: &str, at: usize, problem: &str) -> Refusal {
    let at = at.min(text.len());
    let rest = text.get(at..).unwrap_or_default();
    let first = rest.chars().next();
    let span = span(at, at + first.map_or(0, char::len_utf8));
    let (kind, message, help) = match first {
        Some('\t') => (
            ReadErrorKind::Tab,
            "a tab stands where YAML allows only spaces".to_owned(),
            "Replace the tab with spaces.".to_owned(),
        ),
        Some(sign @ ('%' | '@' | '`')) => (
            ReadErrorKind::Indicator,
            format!("a text without quotes cannot start with `{sign}`"),
            "Put the whole text in quotes.".to_owned(),
        ),
        Some(':') => (
            ReadErrorKind::Colon,
            "a second `:` in one line makes a mapping where none can be".to_owned(),
            "Put the text that has the `:` in quotes.".to_owned(),
        ),
        _ => (
            ReadErrorKind::Syntax,
            format!("this is not YAML: {problem}"),
            "Compare the indentation and the quotes with the lines around it.".to_owned(),
        ),
    };
    Refusal::new(kind, span, message, help)
}

fn span(start: usize, end: usize) -> Span {
    let clamp = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        start: clamp(start),
        end: clamp(end),
    }
}
