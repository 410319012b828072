//! The embedded JSON Schema: its errors turned into findings on the right characters.

/// A rule of the schema, with the documentation and the examples in its folder.
macro_rules! rule {
    ($severity:ident $id:literal) => {
        $crate::finding::Rule::$severity($id)
            .docs(include_str!(concat!($id, "/README.md")))
            .examples(
                include_str!(concat!($id, "/bad.yaml")),
                include_str!(concat!($id, "/good.yaml")),
            )
    };
}

mod entries;
mod fixes;
mod instance;
mod known;
mod names;
mod outcome;
mod status;

pub(crate) use names::nearest;

use std::collections::HashSet;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value as Json;

use crate::consoleme::{Catalogue, Config};
use crate::finding::{Findings, Place, Rule, Severity};
use crate::yaml::{Node, NodeId, Value};
use entries::Entries;
use known::Known;
use names::Name;

/// A value of another type than ConsoleMe needs.
static WRONG_TYPE: Rule = rule!(warning "wrong-type");
/// A value of the right type that ConsoleMe cannot use.
static UNUSABLE_VALUE: Rule = rule!(warning "unusable-value");
/// A key that has to be there.
static KEY_IS_MISSING: Rule = rule!(warning "key-is-missing");

/// The rules that the schema stands for.
pub static RULES: [&Rule; 10] = [
    &names::DEPRECATED_KEY,
    &names::DOTTED_KEY,
    &KEY_IS_MISSING,
    &names::MISPLACED_KEY,
    &names::MISSPELT_KEY,
    &names::RENAMED_KEY,
    &names::UNKNOWN_KEY,
    &names::UNREAD_KEY,
    &UNUSABLE_VALUE,
    &WRONG_TYPE,
];

/// Compiled from the schema at build time, so that a run does not pay for it.
#[jsonschema::validator(
    path = "schemas/consoleme.schema.json",
    pattern_options = { engine = regex },
    keywords = { "x-consoleme-status" => crate::schema::status::keyword }
)]
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
    let mut errors: Vec<_> = Validator::iter_errors(&instance).collect();
    // A value of the wrong type breaks other words of the schema too; a name that was meant for
    // another explains why that one is missing.
    errors.sort_by_key(|error| match error.kind() {
        ValidationErrorKind::Type { .. } => 0,
        ValidationErrorKind::AdditionalProperties { .. } | ValidationErrorKind::Custom { .. } => 2,
        _ => 1,
    });
    let mut comparison = Comparison {
        config,
        entries: Entries::default(),
        known: Known::new(findings),
        told: Findings::default(),
        values: HashSet::new(),
    };
    for error in errors {
        comparison.report(&error);
    }
    let told = comparison.told;
    findings.append(told);
}

/// A configuration beside the schema.
struct Comparison<'c, 'f> {
    config: &'c Config,
    entries: Entries<'c>,
    /// What the rules have told of.
    known: Known<'f>,
    /// What the schema has found besides.
    told: Findings,
    /// The values that were looked at, and their keys.
    values: HashSet<(NodeId, String)>,
}

impl<'c> Comparison<'c, '_> {
    fn report(&mut self, error: &ValidationError<'_>) -> Option<()> {
        let segments = segments(error);
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let section = self.locate(&segments)?;
                for text in unexpected {
                    self.name(section.clone(), text)?;
                }
            }
            ValidationErrorKind::Custom { .. } => {
                let (text, parents) = segments.split_last()?;
                let section = self.locate(parents)?;
                self.name(section, text)?;
            }
            ValidationErrorKind::Required { property } => {
                let section = self.locate(&segments)?;
                self.missing(&section, property.as_str()?);
            }
            kind => match self.stray(&segments) {
                Some(name) => names::report(&name, self),
                None => {
                    let at = self.locate(&segments)?;
                    self.wrong(&at, kind);
                }
            },
        }
        Some(())
    }

    fn name(&mut self, section: Located<'c>, text: &str) -> Option<()> {
        let (node, value) = self.entries.entry(section.node, text)?;
        let name = Name {
            section,
            node,
            value,
        };
        names::report(&name, self);
        Some(())
    }

    /// The name at the end of a path, where it is none of those that the section knows. With a value
    /// that does not fit, it is hardly one of the free names that the section takes beside them.
    fn stray(&mut self, segments: &[String]) -> Option<Name<'c>> {
        let (text, parents) = segments.split_last()?;
        let section = self.locate(parents)?;
        let mut known = section.catalogue?.named().map(|(name, _)| name).peekable();
        known.peek()?;
        if known.any(|name| name == text) {
            return None;
        }
        let (node, value) = self.entries.entry(section.node, text)?;
        Some(Name {
            section,
            node,
            value,
        })
    }

    fn missing(&mut self, section: &Located<'_>, name: &str) {
        let key = join(&section.key, name);
        let place = Place {
            missing: true,
            ..Place::of(section.node, key.clone())
        };
        if !self.config.is_complete() || self.known.has_same_matter(&place) {
            return;
        }
        let wanted = section.catalogue.and_then(|section| section.key(name));
        self.told
            .report(&KEY_IS_MISSING, place)
            .severity(severity(self.config, section, wanted))
            .message(format!(
                "`{}` lacks `{name}`{}",
                section.key,
                outcome::of_missing(wanted)
            ))
            .help(format!("add `{name}`"));
    }

    fn wrong(&mut self, at: &Located<'_>, kind: &ValidationErrorKind) {
        let place = Place::of(at.node, at.key.clone());
        let value = (at.node.id(), at.key.clone());
        if !self.values.insert(value) || self.known.has_same_matter(&place) {
            return;
        }
        let config = self.config;
        let key = &at.key;
        let outcome = outcome::of_value(at.catalogue, at.node);
        let severity = severity(config, at, at.catalogue);
        let types = at.catalogue.map(Catalogue::types).unwrap_or_default();
        // The validator may tell only that it is none of the values that work.
        let fits = types.iter().any(|name| is_of(at.node, name));
        if !fits {
            let needed = needed(&types);
            // A section whose settings are all commented out.
            let is_left_empty = at.node.is_null() && types == ["object"];
            let (what, help) = if is_left_empty {
                (
                    "empty",
                    format!("write settings under `{key}`, or remove the line"),
                )
            } else {
                (at.node.type_name(), format!("write {needed}"))
            };
            self.told
                .report(&WRONG_TYPE, place)
                .severity(severity)
                .message(format!("`{key}` is {what}, not {needed}{outcome}"))
                .help(help)
                .fix(fixes::of_type(config, at, severity));
            return;
        }
        let is_secret = at.catalogue.is_some_and(Catalogue::is_secret);
        let value = match at.node.value() {
            Value::Str(text) if text.is_empty() => "empty".to_owned(),
            Value::Str(_) if is_secret => "a secret".to_owned(),
            _ => format!("`{}`", config.written(at.node)),
        };
        self.told
            .report(&UNUSABLE_VALUE, place)
            .severity(severity)
            .message(format!(
                "`{key}` is {value}, which ConsoleMe cannot use{outcome}"
            ))
            .help(allowed(kind))
            .fix(fixes::of_value(config, at, kind));
    }

    /// Follows the steps.
    fn locate(&mut self, segments: &[String]) -> Option<Located<'c>> {
        let mut at = Located {
            node: self.config.root(),
            key: String::new(),
            catalogue: Some(Catalogue::root()),
            switch: None,
        };
        for step in segments {
            let (node, key, catalogue) = if at.node.is_map() {
                let below = at.catalogue.and_then(|section| section.key(step));
                (
                    self.entries.entry(at.node, step)?.1,
                    join(&at.key, step),
                    below,
                )
            } else {
                let Value::List(items) = at.node.value() else {
                    return None;
                };
                let item = at.node.other(*items.get(step.parse::<usize>().ok()?)?);
                (
                    item,
                    format!("{}[{step}]", at.key),
                    at.catalogue.and_then(Catalogue::item),
                )
            };
            at = Located {
                node,
                key,
                catalogue,
                switch: catalogue.and_then(Catalogue::switch).or(at.switch),
            };
        }
        Some(at)
    }
}

/// A place in the configuration, and in the catalogue where that knows it.
#[derive(Debug, Clone)]
struct Located<'c> {
    node: Node<'c>,
    key: String,
    catalogue: Option<Catalogue>,
    /// The key without which ConsoleMe does not come here.
    switch: Option<&'static str>,
}

/// The steps from the root to an error. The validator's own give the account id `012345678901` as
/// a position in a list.
fn segments(error: &ValidationError<'_>) -> Vec<String> {
    let steps = error.instance_path().as_str().split('/').skip(1);
    steps
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect()
}

fn join(key: &str, name: &str) -> String {
    if key.is_empty() {
        name.to_owned()
    } else {
        format!("{key}.{name}")
    }
}

/// How bad a value is, or that there is none. What ConsoleMe does not read, because a switch is off
/// or another key goes before it, stops nobody, and neither does what is as good as a list.
fn severity(config: &Config, at: &Located<'_>, wanted: Option<Catalogue>) -> Severity {
    let annotation = |name| wanted?.annotation(name);
    let by_type = annotation("x-consoleme-severity-by-type");
    let own = by_type.and_then(|types| types.get(json_type(at.node)?));
    let word = own.or_else(|| annotation("x-consoleme-severity"));
    let severity = word
        .and_then(|word| severity_word(word.as_str()?))
        .unwrap_or(Severity::Warning);
    let is_on = |switch| matches!(config.get(switch), Ok(Some(value)) if value.is_truthy());
    let is_off = at
        .switch
        .is_some_and(|switch| config.is_complete() && !is_on(switch));
    let is_unused = wanted.and_then(Catalogue::unused_with).is_some_and(is_on);
    // Python takes the entries of a set as those of a list, in an order that nobody knows.
    let is_like_a_list = matches!(at.node.value(), Value::Set(_))
        && wanted.is_some_and(|wanted| wanted.types().contains(&"array"));
    if is_off || is_unused || is_like_a_list {
        severity.min(Severity::Warning)
    } else {
        severity
    }
}

/// The word of the schema for a node's type.
fn json_type(node: Node<'_>) -> Option<&'static str> {
    match node.value() {
        Value::Null => Some("null"),
        Value::Bool(_) => Some("boolean"),
        Value::Int(_) => Some("integer"),
        Value::Float(_) => Some("number"),
        Value::Str(_) => Some("string"),
        Value::List(_) => Some("array"),
        Value::Map(_) => Some("object"),
        Value::Bytes(_) | Value::Timestamp(_) | Value::Set(_) | Value::Pair(..) => None,
    }
}

fn severity_word(word: &str) -> Option<Severity> {
    [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .find(|severity| severity.name() == word)
}

fn is_of(node: Node<'_>, name: &str) -> bool {
    match json_type(node) {
        Some("integer") => name == "integer" || name == "number",
        own => own == Some(name),
    }
}

/// The types to write, in words. Null is none of them: leaving the key out says as much.
fn needed(types: &[&'static str]) -> String {
    let names = types.iter().filter(|name| **name != "null");
    let words: Vec<&str> = names
        .map(|name| match *name {
            "array" => "a list",
            "boolean" => "true or false",
            "integer" => "a whole number",
            "number" => "a number",
            "object" => "a mapping",
            _ => "a string",
        })
        .collect();
    words.join(" or ")
}

fn allowed(kind: &ValidationErrorKind) -> String {
    match kind {
        ValidationErrorKind::Enum { options } => {
            let options = options.as_array().into_iter().flatten();
            let words: Vec<String> = options
                .filter(|option| !option.is_null())
                .map(|option| match option {
                    Json::String(word) => format!("`{word}`"),
                    other => format!("`{other}`"),
                })
                .collect();
            format!("write {}", words.join(" or "))
        }
        ValidationErrorKind::Minimum { limit } => format!("write {limit} or more"),
        ValidationErrorKind::ExclusiveMinimum { limit } => format!("write more than {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("write {limit} or less"),
        ValidationErrorKind::MinLength { limit } => {
            format!("write at least {limit} characters")
        }
        ValidationErrorKind::MinItems { limit } => format!("write at least {limit} items"),
        _ => "write a value as `consoleme-cfg explain` shows for this key".to_owned(),
    }
}
