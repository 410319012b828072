//! From the place where PyYAML's grammar does not go on to what was probably meant. No sentence
//! repeats the text: it may be a secret.

use super::Span;
use super::error::{ReadErrorKind, Refusal};

/// Where and why the grammar does not go on. All places are bytes.
#[derive(Debug)]
pub(super) enum Problem {
    /// A character that YAML does not allow at all.
    Character { at: usize },
    /// No token starts with this character.
    CannotStart { at: usize },
    /// A line that must start with a key has no `:`.
    NoColon { start: usize, end: usize },
    /// `- ` where no list can start.
    EntryNotAllowed { at: usize },
    /// `? ` where no mapping can start.
    KeyNotAllowed { at: usize },
    /// `: ` where no mapping can start.
    ValueNotAllowed { at: usize },
    /// A bracket or brace that nothing opened.
    NothingToClose { at: usize },
    /// Something that has an introduction of its own is badly written.
    Bad {
        inside: Inside,
        start: usize,
        at: usize,
    },
    /// A quote that is not closed.
    Unclosed { at: usize },
    /// A backslash that starts no escape.
    Escape { at: usize, length: usize },
    /// A directive that is repeated, or of another YAML than 1.
    Directive { start: usize, end: usize },
    /// A tag with an unknown handle.
    Handle { start: usize, end: usize },
    /// The wrong token.
    Expected {
        expected: Expected,
        /// Where the collection around it starts.
        collection: Option<usize>,
        /// The end of what was fine.
        after: usize,
        at: usize,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    Alias,
    Anchor,
    Tag,
    Directive,
    Block,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Document,
    Node { block: bool },
    Entry,
    Key,
    Bracket,
    Brace,
}

const IN_QUOTES: &str = "Put the whole text in quotes.";

impl Problem {
    /// The error that a person can act on.
    pub(super) fn explain(self, text: &str) -> Refusal {
        if let Some(at) = self.template(text) {
            return template(at);
        }
        match self {
            Self::Character { at } => refusal(
                ReadErrorKind::Character,
                char_span(text, at),
                "a control character stands here, and YAML allows none",
                "Remove the character, or write it as an escape in double quotes: `\"\\x1b\"`.",
            ),
            Self::CannotStart { at } => cannot_start(text, at),
            Self::NoColon { start, end } => no_colon(text, start, end),
            Self::EntryNotAllowed { at } => refusal(
                ReadErrorKind::Indentation,
                char_span(text, at),
                "a list cannot start in the line of its key",
                "Put each `- ` on a line of its own below the key, or write the list in brackets.",
            ),
            Self::KeyNotAllowed { at } => refusal(
                ReadErrorKind::Indicator,
                char_span(text, at),
                "a text without quotes cannot start with `? `",
                IN_QUOTES,
            ),
            Self::ValueNotAllowed { at } => value_not_allowed(text, at),
            Self::NothingToClose { at } => indicator(text, at),
            Self::Bad { inside, start, at } => bad(text, inside, start, at),
            Self::Unclosed { at } => refusal(
                ReadErrorKind::Unclosed,
                char_span(text, at),
                "the quote that opens here is never closed",
                "Close it, or use the other kind of quotes if the text has one of this kind.",
            ),
            Self::Escape { at, length } => refusal(
                ReadErrorKind::Escape,
                clamped(text, at, at + length),
                "this backslash starts no escape that YAML knows in double quotes",
                "Use single quotes, where a backslash is only a backslash, or write it twice.",
            ),
            Self::Directive { start, end } => refusal(
                ReadErrorKind::Syntax,
                Span::new(start, end),
                "this directive cannot be followed",
                "Remove the line.",
            ),
            Self::Handle { start, end } => refusal(
                ReadErrorKind::Tag,
                Span::new(start, end),
                "the tag has a handle that no `%TAG` line explains",
                "Remove the tag, or put the whole text in quotes if the `!` belongs to it.",
            ),
            Self::Expected {
                expected,
                collection,
                after,
                at,
            } => unexpected(text, expected, collection, after, at),
        }
    }

    /// Where the last `{{` or `{%` before the problem stands, in the same line.
    fn template(&self, text: &str) -> Option<usize> {
        let at = match *self {
            Self::CannotStart { at }
            | Self::ValueNotAllowed { at }
            | Self::NothingToClose { at }
            | Self::Bad { at, .. }
            | Self::Expected { at, .. } => at,
            _ => return None,
        };
        let line = line_start(text, at);
        // The `%` of `{%` is itself what no token starts with.
        let before = text.get(line..floor(text, at + 1))?;
        let found = before.rfind("{{").max(before.rfind("{%"))?;
        let unquoted = before.get(..found)?.chars().all(|c| c != '"' && c != '\'');
        unquoted.then_some(line + found)
    }
}

/// `{{ name }}`, which YAML reads as a mapping with a mapping as its key.
pub(super) fn template(at: usize) -> Refusal {
    refusal(
        ReadErrorKind::Template,
        Span::new(at, at + 2),
        "a template was never filled in: to YAML its braces are a mapping",
        "Fill the template in first, or put the whole text in quotes.",
    )
}

fn refusal(
    kind: ReadErrorKind,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Refusal {
    Refusal::new(kind, span, message, help)
}

/// The nearest place that is not inside a character.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn clamped(text: &str, start: usize, end: usize) -> Span {
    let start = floor(text, start);
    // At least the character that is there.
    let length = char_at(text, start).map_or(0, char::len_utf8);
    let stop = text.get(start..).unwrap_or_default();
    let line = start + stop.find(['\r', '\n']).unwrap_or(stop.len());
    Span::new(start, floor(text, end).min(line).max(start + length))
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

fn char_span(text: &str, at: usize) -> Span {
    clamped(text, at, at)
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..floor(text, at)).unwrap_or_default();
    before.rfind(['\r', '\n']).map_or(0, |found| found + 1)
}

/// The text of the line before this place.
fn line_before(text: &str, at: usize) -> &str {
    text.get(line_start(text, at)..floor(text, at))
        .unwrap_or_default()
}

/// A `:` that something other than a blank follows, as in `key:value`; not one of `https://`.
fn tight_colon(text: &str, start: usize, end: usize) -> Option<usize> {
    let part = text.get(floor(text, start)..floor(text, end))?;
    let key = part.trim_start();
    let skipped = part.len() - key.len();
    let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let colon = key.find(|c| !name(c))?;
    let value = key.get(colon..)?.strip_prefix(':')?;
    let is_tight = !value.starts_with(char::is_whitespace) && !value.starts_with("//");
    (colon > 0 && is_tight && !value.is_empty()).then_some(start + skipped + colon)
}

fn no_space(at: usize) -> Refusal {
    refusal(
        ReadErrorKind::Colon,
        Span::new(at, at + 1),
        "no space follows the `:`, so that this is no key with a value but one text",
        "Write a space after the `:`.",
    )
}

fn cannot_start(text: &str, at: usize) -> Refusal {
    if char_at(text, at) != Some('\t') {
        return indicator(text, at);
    }
    let tabs = text.get(at..).unwrap_or_default();
    let end = tabs
        .find(|c| c != '\t' && c != ' ')
        .map_or(text.len(), |length| at + length);
    let span = Span::new(
        at,
        at + tabs
            .get(..end - at)
            .unwrap_or_default()
            .trim_end_matches(' ')
            .len(),
    );
    if line_before(text, at).trim().is_empty() {
        return refusal(
            ReadErrorKind::Tab,
            span,
            "the line is indented with a tab, and YAML allows only spaces",
            "Replace the tab with spaces.",
        );
    }
    let (message, help) = match char_at(text, end) {
        Some('#') => (
            "a tab stands before the comment, and only spaces are allowed there",
            "Replace the tab with a space.",
        ),
        None | Some('\r' | '\n') => (
            "a tab stands at the end of the line, and only spaces are allowed there",
            "Remove the tab.",
        ),
        _ => (
            "a tab stands between two parts of the line, and only spaces are allowed there",
            "Replace the tab with a space, or put the text in quotes if the tab belongs to it.",
        ),
    };
    refusal(ReadErrorKind::Tab, span, message, help)
}

/// A text that starts with a character that means something in YAML.
fn indicator(text: &str, at: usize) -> Refusal {
    let Some(sign) = char_at(text, at) else {
        return refusal(
            ReadErrorKind::Syntax,
            char_span(text, at),
            "the text ends where a value is expected",
            "Write a value, or remove what waits for it.",
        );
    };
    refusal(
        ReadErrorKind::Indicator,
        char_span(text, at),
        format!("a text without quotes cannot start with `{sign}`"),
        IN_QUOTES,
    )
}

fn no_colon(text: &str, start: usize, end: usize) -> Refusal {
    if let Some(at) = tight_colon(text, start, end) {
        return no_space(at);
    }
    let line = text.get(start..).unwrap_or_default();
    let length = line.find(['\r', '\n']).unwrap_or(line.len());
    let length = line.get(..length).unwrap_or_default().trim_end().len();
    refusal(
        ReadErrorKind::Colon,
        Span::new(start, start + length),
        "this line has no `: `, and its neighbours are keys with values",
        "Write `key: value`, or indent the line if it continues the one above.",
    )
}

fn value_not_allowed(text: &str, at: usize) -> Refusal {
    let line = line_start(text, at);
    let before = line_before(text, at);
    let above = text.get(..line.saturating_sub(1)).unwrap_or_default();
    let above_start = line_start(text, above.len());
    let is_first = !before.contains(": ") && !before.trim_start().starts_with("- ");
    if is_first {
        if let Some(at) = tight_colon(text, above_start, above.len()) {
            return no_space(at);
        }
        let indent = before.len() - before.trim_start().len();
        return refusal(
            ReadErrorKind::Indentation,
            Span::new(line + indent, at + 1),
            "this key is indented deeper than its neighbours, so that it continues the text above it",
            "Give it the indentation of the keys that it belongs to, or end the line above with `:`.",
        );
    }
    refusal(
        ReadErrorKind::Colon,
        char_span(text, at),
        "a second `: ` stands in this line, and only one can be there",
        "Put the text that has the `: ` in quotes.",
    )
}

fn bad(text: &str, inside: Inside, start: usize, at: usize) -> Refusal {
    match inside {
        Inside::Alias | Inside::Anchor | Inside::Tag => indicator(text, start),
        Inside::Block => refusal(
            ReadErrorKind::Syntax,
            clamped(text, start, at),
            "something follows the sign of a text in several lines",
            "Start the text on the next line, or put it in quotes if it starts with this sign.",
        ),
        Inside::Directive => refusal(
            ReadErrorKind::Indicator,
            char_span(text, start),
            "a line that starts with `%` is an instruction to YAML, and this one is none",
            "Remove the line, or indent it and put it in quotes if it is a value.",
        ),
    }
}

fn unexpected(
    text: &str,
    expected: Expected,
    collection: Option<usize>,
    after: usize,
    at: usize,
) -> Refusal {
    let here = char_span(text, at);
    let at_end = at >= text.len();
    let between = text.get(after..at).unwrap_or_default();
    let same_line = !between.contains(['\r', '\n']);
    match expected {
        Expected::Bracket | Expected::Brace => {
            let (open, close) = match expected {
                Expected::Bracket => ("bracket", ']'),
                _ => ("brace", '}'),
            };
            if char_at(text, at) == Some('?') {
                return refusal(
                    ReadErrorKind::Indicator,
                    here,
                    format!("a `?` ends a text without quotes inside a {open}"),
                    IN_QUOTES,
                );
            }
            let open_at = collection.unwrap_or(at);
            let inside = text.get(open_at..at).unwrap_or_default();
            if at_end || inside.contains(['\r', '\n']) {
                return refusal(
                    ReadErrorKind::Unclosed,
                    char_span(text, open_at),
                    format!("the {open} that opens here is not closed where its entries end"),
                    format!("Write `{close}` after the last entry, and `,` between two of them."),
                );
            }
            refusal(
                ReadErrorKind::Syntax,
                here,
                "two entries stand here without a `,` between them",
                "Write `,` between the two, or put the text in quotes if it is one.",
            )
        }
        Expected::Node { .. } => indicator(text, at),
        Expected::Entry | Expected::Key | Expected::Document => {
            let last = text.get(..after).unwrap_or_default().chars().next_back();
            match last {
                Some(quote @ ('"' | '\'')) if same_line && !at_end => refusal(
                    ReadErrorKind::Unclosed,
                    here,
                    "more text follows after the closing quote",
                    if quote == '\'' {
                        "Write `''` for a quote inside single quotes, or use double quotes."
                    } else {
                        "Write `\\\"` for a quote inside double quotes, or use single quotes."
                    },
                ),
                Some(']' | '}') if same_line && !at_end => refusal(
                    ReadErrorKind::Unclosed,
                    here,
                    "more text follows after the list or mapping in brackets",
                    "Put the whole text in quotes if the brackets belong to it.",
                ),
                _ if expected == Expected::Entry => refusal(
                    ReadErrorKind::Indentation,
                    here,
                    "this does not belong to the list above it, whose entries start with `- `",
                    "Start it with `- `, or give it the indentation of what it belongs to.",
                ),
                _ if char_at(text, at) == Some('-') => refusal(
                    ReadErrorKind::Indentation,
                    here,
                    "a list starts here among keys",
                    "Indent the list below the key that it belongs to.",
                ),
                _ => refusal(
                    ReadErrorKind::Indentation,
                    here,
                    "this stands in no column that a collection above it has",
                    "Give it the indentation of what it belongs to.",
                ),
            }
        }
    }
}
