use std::ops::Range;

use serde_json::{Map, Value as Json};
use toml::de::{DeTable, DeValue};

use crate::schema::nearest;

/// What is wrong with the text of a file of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes to point at.
    pub span: Range<usize>,
    /// One sentence: what is wrong.
    pub message: String,
    /// One sentence: what to write instead; may be empty.
    pub help: String,
}

impl Problem {
    pub(super) fn new(error: &toml::de::Error, text: &str) -> Self {
        let span = error.span().unwrap_or_default();
        let Ok(table) = DeTable::parse(text) else {
            return Self {
                span,
                message: format!("this is not TOML: {}", error.message()),
                help: String::new(),
            };
        };
        let known = known();
        let entries = table.get_ref().iter();
        for (name, value) in entries {
            let (key, whole) = (name.get_ref().as_ref(), value.span());
            let Some(setting) = known.get(key) else {
                return Self {
                    span: name.span(),
                    message: format!("there is no setting `{key}`"),
                    help: instead(key, &known),
                };
            };
            if whole.start <= span.start && span.end <= whole.end {
                let message = match needed(setting, value.get_ref()) {
                    Some(needed) => format!("`{key}` has to be {needed}"),
                    None => format!("`{key}`: {}", error.message()),
                };
                let example = setting.pointer("/examples/0").map(Json::to_string);
                let example = example.unwrap_or_default().replace(',', ", ");
                return Self {
                    span,
                    message,
                    help: format!("write it like this: `{key} = {example}`"),
                };
            }
        }
        Self {
            span,
            message: error.message().to_owned(),
            help: String::new(),
        }
    }
}

/// What the schema says that a setting has to be, where its value is of another type or not one of
/// a few.
fn needed(setting: &Json, value: &DeValue<'_>) -> Option<String> {
    let (kind, fits) = match setting.get("type").and_then(Json::as_str) {
        Some("array") => ("a list of texts", value.is_array()),
        Some("number") => ("a number", value.is_integer() || value.is_float()),
        _ => ("a text", value.is_str()),
    };
    match setting.get("enum").and_then(Json::as_array) {
        Some(words) => {
            let words: Vec<String> = words.iter().map(Json::to_string).collect();
            Some(format!("one of {}", words.join(", ")))
        }
        None => (!fits).then(|| kind.to_owned()),
    }
}

/// The settings that the schema knows.
fn known() -> Map<String, Json> {
    let schema = serde_json::from_str::<Json>(super::SCHEMA).unwrap_or_default();
    let properties = schema.get("properties").and_then(Json::as_object);
    properties.cloned().unwrap_or_default()
}

/// What to write instead of a setting that is none.
fn instead(key: &str, known: &Map<String, Json>) -> String {
    let names = known.keys().map(String::as_str);
    match nearest(key, names.clone(), false) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            format!("the settings are {}", names.join(", "))
        }
    }
}
