//! Texts as YAML scalars.

use std::fmt::Write;

use super::resolve::{self, Tag};

/// A text as a scalar of one line that PyYAML reads as the same `str`, as a value or a key in a
/// block or a flow collection: plain where that is safe, else in single quotes, else in double quotes.
pub fn quote(text: &str) -> String {
    if is_safe_plain(text) {
        text.to_owned()
    } else if text.chars().all(|c| c == '\t' || is_visible(c)) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        double_quoted(text)
    }
}

/// Whether a text means itself without quotes wherever a scalar can stand.
fn is_safe_plain(text: &str) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().last()) else {
        return false;
    };
    let starts = first.is_alphanumeric() || matches!(first, '/' | '.' | '_' | '+' | '$' | '^');
    starts
        && !last.is_whitespace()
        && last != ':'
        && resolve::implicit(text) == Tag::Str
        && text
            .chars()
            .all(|c| is_visible(c) && !",[]{}?\u{feff}".contains(c))
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.starts_with("...")
}

/// A character that a scalar of one line can hold as it is.
fn is_visible(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        && c != '\u{feff}'
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0' => quoted.push_str("\\0"),
            c if is_visible(c) => quoted.push(c),
            // Writing to a String cannot fail.
            c if u32::from(c) <= 0xff => drop(write!(quoted, "\\x{:02x}", u32::from(c))),
            c if u32::from(c) <= 0xffff => drop(write!(quoted, "\\u{:04x}", u32::from(c))),
            c => drop(write!(quoted, "\\U{:08x}", u32::from(c))),
        }
    }
    quoted.push('"');
    quoted
}
