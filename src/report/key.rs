//! What there is to say of a key.

use serde_json::Value;

use crate::consoleme::{Catalogue, Key, Status};

/// A key in full, as Markdown below a heading.
pub fn key_page(key: &Key) -> String {
    let at = key.at;
    let mut page = format!("{}\n\n", at.description());
    let mut line = |name: &str, text: &str| page.push_str(&format!("- {name}: {text}\n"));
    let kind = kind(at);
    if !kind.is_empty() {
        line("Type", &kind);
    }
    if let Some(default) = at.default() {
        line("Default", &format!("`{}`", as_yaml(default)));
    }
    let examples: Vec<String> = at.examples().iter().map(as_yaml).collect();
    if !examples.is_empty() && !at.is_secret() {
        line("Example", &format!("`{}`", examples.join("`, `")));
    }
    if at.is_secret() {
        line("Secret", "its value is never shown");
    }
    if let Some(status) = status(at) {
        line("Status", &status);
    }
    if let Some(switch) = at.switch() {
        line("Read only with", &format!("`{switch}`"));
    }
    if let Some(other) = at.unused_with() {
        line("Not read with", &format!("`{other}`"));
    }
    if let Some(breaks) = at.breaks() {
        let clauses = breaks.trim_end_matches('.').split("; ");
        let clauses: Vec<String> = clauses
            .map(|clause| clause.replacen(": ", " – ", 1))
            .collect();
        line("What breaks", &clauses.join("; "));
    }
    let places: Vec<&str> = at.read_at().collect();
    if !places.is_empty() {
        line("Read at", &format!("`{}`", places.join("`, `")));
    }
    let below: Vec<&str> = at.named().map(|(name, _)| name).collect();
    if !below.is_empty() {
        line("Holds", &format!("`{}`", below.join("`, `")));
    }
    page
}

/// The types of a key, in words; null is none of them.
pub fn kind(at: Catalogue) -> String {
    let names = at.types().into_iter().filter(|name| *name != "null");
    let words: Vec<String> = names
        .map(|name| match (name, at.item()) {
            ("array", Some(item)) => format!("list of {}", plural(&item.types())),
            ("array", None) => "list".to_owned(),
            ("boolean", _) => "true or false".to_owned(),
            ("integer", _) => "whole number".to_owned(),
            ("object", _) => "mapping".to_owned(),
            (other, _) => other.to_owned(),
        })
        .collect();
    words.join(" or ")
}

fn plural(types: &[&str]) -> &'static str {
    match types.iter().find(|name| **name != "null") {
        Some(&"string") => "strings",
        Some(&"object") => "mappings",
        Some(&"integer" | &"number") => "numbers",
        _ => "values",
    }
}

/// A value of the schema on one line of YAML.
pub fn as_yaml(value: &Value) -> String {
    match value {
        Value::String(text) if !text.is_empty() => text.clone(),
        other => other.to_string(),
    }
}

fn status(at: Catalogue) -> Option<String> {
    let text = match at.status() {
        Status::Read => return None,
        Status::Deprecated => "an old name, still read",
        Status::DynamicOnly => "for the dynamic configuration, which is edited at `/config`",
        Status::InfrastructureOnly => "no part of the configuration",
        Status::NeverRead => "never read",
    };
    Some(match at.use_instead() {
        Some(instead) => format!("{text}; write `{instead}` instead"),
        None => text.to_owned(),
    })
}
