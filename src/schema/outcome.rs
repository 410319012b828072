//! What ConsoleMe does with a value, in the catalogue's words.
//!
//! `x-consoleme-breaks` is made of clauses with `; ` between them. A clause is about the kinds of
//! values that it names (null, a text, a list, a map, a number, a boolean, a missing key), or about
//! every value that does not work. It may name them before a colon, and the outcome behind it.

use crate::consoleme::Catalogue;
use crate::yaml::{Node, Value};

/// What a clause may be about, in its own words.
const KINDS: [&str; 7] = [
    "null", "text", "list", "map", "number", "boolean", "missing",
];

/// Words that make a clause be about every value that does not work.
const ANY: [&str; 10] = [
    "any other",
    "another placeholder",
    "another type",
    "another value",
    "other values",
    "that are no ",
    "that is no ",
    "what is no ",
    "wrong",
    "unknown",
];

/// What happens where a key is not there.
pub(super) fn of_missing(catalogue: Option<Catalogue>) -> String {
    outcome(catalogue, "missing")
}

/// What happens with a value that ConsoleMe cannot use.
pub(super) fn of_value(catalogue: Option<Catalogue>, node: Node<'_>) -> String {
    let kind = match node.value() {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Int(_) | Value::Float(_) => "number",
        Value::Str(_) => "text",
        Value::List(_) => "list",
        Value::Map(_) => "map",
        Value::Bytes(_) | Value::Timestamp(_) | Value::Set(_) | Value::Pair(..) => "",
    };
    outcome(catalogue, kind)
}

/// What happens in a section that hands on all that stands in it.
pub(super) fn of_section(catalogue: Option<Catalogue>) -> String {
    let breaks = catalogue.and_then(Catalogue::breaks);
    breaks.map_or_else(String::new, |text| {
        format!(": {}", uncapitalised(text.trim_end_matches('.')))
    })
}

/// The clauses about a kind of value, to stand behind what is wrong; nothing where none is.
fn outcome(catalogue: Option<Catalogue>, kind: &str) -> String {
    let Some(text) = catalogue.and_then(Catalogue::breaks) else {
        return String::new();
    };
    let clauses: Vec<&str> = text.trim_end_matches('.').split("; ").collect();
    let about = |kind| {
        // What names the kind says more than what is about every value.
        let of = |wanted| {
            clauses
                .iter()
                .filter(move |clause| about(clause, kind) == wanted)
        };
        let naming = of(About::This).map(|clause| shortened(clause));
        let mut chosen: Vec<String> = naming.collect();
        if chosen.is_empty() {
            chosen.extend(of(About::Any).map(|clause| shortened(clause)));
        }
        chosen
    };
    let mut clauses = about(kind);
    let is_section = catalogue.is_some_and(|at| at.types() == ["object"]);
    if clauses.is_empty() && is_section && kind != "missing" {
        // Python cannot look for a key in any of them.
        clauses = about("null");
    }
    match clauses.as_slice() {
        [] => String::new(),
        clauses => format!(": {}", clauses.join("; ")),
    }
}

/// A clause that says nothing of which values it is about, where it can do without.
fn shortened(clause: &str) -> String {
    let outcome = clause
        .split_once(": ")
        .map_or(clause, |(_, outcome)| outcome);
    let outcome = match outcome.split_once(", it ") {
        Some((missing, outcome)) if missing.starts_with("Missing") => format!("it {outcome}"),
        _ => uncapitalised(outcome.strip_prefix("Without it ").unwrap_or(outcome)),
    };
    let first = outcome.split(' ').next().unwrap_or_default();
    match first.chars().next() {
        Some('A' | 'E' | 'I' | 'O' | 'U') if first.ends_with("Error") => format!("an {outcome}"),
        Some(_) if first.ends_with("Error") => format!("a {outcome}"),
        _ => outcome,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    This,
    Any,
    Other,
}

/// Whether a clause is about a kind of value.
fn about(clause: &str, kind: &str) -> About {
    let subject = clause
        .split_once(": ")
        .map_or(clause, |(subject, _)| subject);
    let lower = subject.to_lowercase();
    let starts = |word: &&str| lower.starts_with(word);
    let of_missing = ["without ", "needed", "with "].iter().any(starts);
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphabetic())
        .map(|word| word.strip_suffix('s').unwrap_or(word))
        .collect();
    // In `a value that is no text` and `as if the key were missing` it is not named.
    let names = |kind: &str| {
        let follows = |pair: &[&str]| matches!(pair, [before, word] if *word == kind && !["no", "were"].contains(before));
        words.first() == Some(&kind) || words.windows(2).any(follows)
    };
    match kind {
        "missing" if of_missing || names(kind) => About::This,
        "missing" => About::Other,
        _ if of_missing => About::Other,
        _ if names(kind) => About::This,
        _ if ANY.iter().any(|phrase| lower.contains(phrase)) => About::Any,
        _ if KINDS.iter().any(|kind| names(kind)) => About::Other,
        _ => About::Any,
    }
}

/// A clause as it stands inside a sentence.
fn uncapitalised(clause: &str) -> String {
    const NAMES: [&str; 2] = ["Bitbucket", "Google"];
    let first = clause.split(' ').next().unwrap_or_default();
    let is_name = first.chars().skip(1).any(char::is_uppercase) || NAMES.contains(&first);
    let mut chars = clause.chars();
    match chars.next() {
        Some(capital) if !is_name => capital.to_lowercase().chain(chars).collect(),
        _ => clause.to_owned(),
    }
}
