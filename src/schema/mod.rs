//! The embedded JSON Schema: its errors turned into findings on the right characters.

mod instance;

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use serde_json::Value as Json;

use crate::consoleme::{Catalogue, Config};
use crate::finding::{Findings, Place, Rule, Severity};
use crate::yaml::Node;

/// A value of another type than ConsoleMe needs.
static WRONG_TYPE: Rule = Rule::warning("wrong-type").docs(include_str!("wrong-type.md"));
/// A value of the right type that ConsoleMe cannot use.
static UNUSABLE_VALUE: Rule =
    Rule::warning("unusable-value").docs(include_str!("unusable-value.md"));
/// A key that ConsoleMe never asks for.
static UNKNOWN_KEY: Rule = Rule::warning("unknown-key").docs(include_str!("unknown-key.md"));
/// A key that has to be there.
static KEY_IS_MISSING: Rule =
    Rule::warning("key-is-missing").docs(include_str!("key-is-missing.md"));

/// The rules that the schema stands for.
pub static RULES: [&Rule; 4] = [&KEY_IS_MISSING, &UNKNOWN_KEY, &UNUSABLE_VALUE, &WRONG_TYPE];

/// Compiled from the schema at build time, so that a run does not pay for it.
#[jsonschema::validator(path = "schemas/consoleme.schema.json")]
struct Validator;

/// Adds what the schema finds and no rule has told of. A configuration whose aliases multiply it
/// beyond all measure is not looked at.
pub fn check(config: &Config, findings: &mut Findings) {
    let Some(instance) = instance::of(config.root()) else {
        return;
    };
    if Validator::is_valid(&instance) {
        return;
    }
    let mut told = Findings::default();
    for error in Validator::iter_errors(&instance) {
        report(config, &error, findings, &mut told);
    }
    findings.append(told);
}

fn report(config: &Config, error: &ValidationError<'_>, known: &Findings, told: &mut Findings) {
    let Some(found) = locate(config, error) else {
        return;
    };
    let is_known = |place: &Place| {
        known
            .iter()
            .any(|finding| finding.place.is_same_matter(place))
    };
    let here = Place::of(found.node, found.key.clone());
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            for name in unexpected {
                let Some((written, _)) = instance::entry(found.node, name) else {
                    continue;
                };
                let key = join(&found.key, config.written(written));
                let place = Place::of(written, key.clone());
                if !is_known(&place) {
                    told.report(&UNKNOWN_KEY, place)
                        .message(format!("ConsoleMe never asks for `{key}`"))
                        .help("correct the name, or remove the line");
                }
            }
        }
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            let key = join(&found.key, name);
            let place = Place::missing(config, &key);
            if config.is_complete() && !is_known(&place) {
                let wanted = found.catalogue.key(name);
                told.report(&KEY_IS_MISSING, place)
                    .severity(severity(wanted))
                    .message(format!("`{key}` is missing{}", breaks(wanted)))
                    .help(format!("add `{key}`"));
            }
        }
        _ if is_known(&here) => {}
        ValidationErrorKind::Type { kind } => {
            let (key, needed) = (&found.key, needed(kind));
            let what = found.node.type_name();
            told.report(&WRONG_TYPE, here)
                .severity(severity(Some(found.catalogue)))
                .message(format!(
                    "`{key}` is {what}, not {needed}{}",
                    breaks(Some(found.catalogue))
                ))
                .help(format!("write {needed}"));
        }
        kind => {
            let key = &found.key;
            let breaks = breaks(Some(found.catalogue));
            told.report(&UNUSABLE_VALUE, here)
                .severity(severity(Some(found.catalogue)))
                .message(format!(
                    "`{key}` has a value that ConsoleMe cannot use{breaks}"
                ))
                .help(allowed(kind));
        }
    }
}

struct Located<'c> {
    node: Node<'c>,
    key: String,
    catalogue: Catalogue,
}

/// Follows the error's path through the configuration and the catalogue.
fn locate<'c>(config: &'c Config, error: &ValidationError<'_>) -> Option<Located<'c>> {
    let mut at = Located {
        node: config.root(),
        key: String::new(),
        catalogue: Catalogue::root(),
    };
    for segment in error.instance_path() {
        at = match segment {
            LocationSegment::Property(name) => Located {
                node: instance::entry(at.node, &name)?.1,
                key: join(&at.key, &name),
                catalogue: at.catalogue.key(&name)?,
            },
            LocationSegment::Index(index) => Located {
                node: at.node.items().nth(index)?,
                key: format!("{}[{index}]", at.key),
                catalogue: at.catalogue.item()?,
            },
        };
    }
    Some(at)
}

fn join(key: &str, name: &str) -> String {
    if key.is_empty() {
        name.to_owned()
    } else {
        format!("{key}.{name}")
    }
}

fn severity(catalogue: Option<Catalogue>) -> Severity {
    let word = catalogue.and_then(|key| key.annotation("x-consoleme-severity")?.as_str());
    match word {
        Some("error") => Severity::Error,
        Some("info") => Severity::Info,
        _ => Severity::Warning,
    }
}

/// What ConsoleMe does, as the catalogue says it, to follow on a sentence.
fn breaks(catalogue: Option<Catalogue>) -> String {
    catalogue
        .and_then(|key| key.annotation("x-consoleme-breaks")?.as_str())
        .map_or_else(String::new, |text| {
            format!(". {}", text.trim_end_matches('.'))
        })
}

fn needed(kind: &TypeKind) -> String {
    let names: Vec<&str> = match kind {
        TypeKind::Single(one) => vec![type_name(*one)],
        TypeKind::Multiple(several) => several.iter().map(type_name).collect(),
    };
    names.join(" or ")
}

fn type_name(json: jsonschema::JsonType) -> &'static str {
    match json {
        jsonschema::JsonType::Array => "a list",
        jsonschema::JsonType::Boolean => "true or false",
        jsonschema::JsonType::Integer => "a whole number",
        jsonschema::JsonType::Null => "null",
        jsonschema::JsonType::Number => "a number",
        jsonschema::JsonType::Object => "a mapping",
        jsonschema::JsonType::String => "a string",
    }
}

fn allowed(kind: &ValidationErrorKind) -> String {
    match kind {
        ValidationErrorKind::Enum { options } => {
            let words: Vec<String> = options
                .as_array()
                .into_iter()
                .flatten()
                .map(Json::to_string)
                .collect();
            format!("write one of {}", words.join(", "))
        }
        ValidationErrorKind::Minimum { limit } => format!("write {limit} or more"),
        ValidationErrorKind::Maximum { limit } => format!("write {limit} or less"),
        ValidationErrorKind::MinLength { limit } => {
            format!("write at least {limit} characters")
        }
        ValidationErrorKind::MinItems { limit } => format!("write at least {limit} items"),
        ValidationErrorKind::Pattern { pattern } => {
            format!("write a text of the form `{pattern}`")
        }
        _ => "see the key's description in the schema".to_owned(),
    }
}
