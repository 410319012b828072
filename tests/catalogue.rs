//! The schema is the one catalogue of keys, so it is held to more than JSON Schema asks of it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics fails, as it should"
)]

use std::collections::HashMap;

use serde_json::{Map, Value};

const CATALOGUE: &str = include_str!("../schemas/consoleme.schema.json");

/// Every keyword the catalogue may use: what the validator, editors and this project's own readers understand.
const WORDS: [&str; 34] = [
    "$comment",
    "$defs",
    "$ref",
    "$schema",
    "additionalProperties",
    "anyOf",
    "default",
    "deprecated",
    "deprecationMessage",
    "description",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "items",
    "maximum",
    "minLength",
    "minimum",
    "pattern",
    "patternProperties",
    "properties",
    "required",
    "title",
    "type",
    "x-consoleme-breaks",
    "x-consoleme-read-at",
    "x-consoleme-secret",
    "x-consoleme-severity",
    "x-consoleme-severity-by-type",
    "x-consoleme-status",
    "x-consoleme-switch",
    "x-consoleme-unknown-severity",
    "x-consoleme-unused-with",
    "x-consoleme-use-instead",
];

/// What a schema in the catalogue is there for.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Root,
    Definition,
    Property,
    Item,
}

/// One schema of the catalogue, with the path that leads to it.
struct Entry<'a> {
    path: String,
    place: Place,
    schema: &'a Map<String, Value>,
}

fn catalogue() -> Value {
    serde_json::from_str(CATALOGUE).expect("the catalogue is JSON")
}

fn entries(catalogue: &Value) -> Vec<Entry<'_>> {
    let mut found = Vec::new();
    collect(catalogue, String::new(), Place::Root, &mut found);
    found
}

fn collect<'a>(value: &'a Value, path: String, place: Place, found: &mut Vec<Entry<'a>>) {
    let Some(schema) = value.as_object() else {
        return;
    };
    for (keyword, inner) in [
        ("$defs", Place::Definition),
        ("properties", Place::Property),
        ("patternProperties", Place::Property),
    ] {
        for (name, child) in schema
            .get(keyword)
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            collect(child, format!("{path}/{keyword}/{name}"), inner, found);
        }
    }
    for (keyword, inner) in [
        ("additionalProperties", Place::Property),
        ("items", Place::Item),
    ] {
        if let Some(child) = schema.get(keyword) {
            collect(child, format!("{path}/{keyword}"), inner, found);
        }
    }
    found.push(Entry {
        path,
        place,
        schema,
    });
}

fn target<'a>(catalogue: &'a Value, schema: &Map<String, Value>) -> Option<&'a Map<String, Value>> {
    let reference = schema.get("$ref")?.as_str()?;
    let pointer = reference
        .strip_prefix('#')
        .expect("references stay inside the catalogue");
    Some(
        catalogue
            .pointer(pointer)
            .and_then(Value::as_object)
            .unwrap_or_else(|| panic!("{reference} leads nowhere")),
    )
}

fn status(schema: &Map<String, Value>) -> &str {
    schema.get("x-consoleme-status").map_or("read", |status| {
        status.as_str().expect("a status is a text")
    })
}

fn is_unread(schema: &Map<String, Value>) -> bool {
    matches!(status(schema), "never-read" | "plugin")
}

/// Says everything that is wrong at once, one entry a line.
fn assert_none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn is_valid_against_its_metaschema() {
    let catalogue = catalogue();
    if let Err(error) = jsonschema::meta::validate(&catalogue) {
        panic!("{} at {}", error, error.instance_path());
    }
}

#[test]
fn every_property_has_a_description_and_a_type() {
    let catalogue = catalogue();
    let mut complaints = Vec::new();
    for Entry {
        path,
        place,
        schema,
    } in entries(&catalogue)
    {
        let target = target(&catalogue, schema);
        if place == Place::Property
            && target
                .unwrap_or(schema)
                .get("description")
                .or(schema.get("description"))
                .is_none()
        {
            complaints.push(format!("{path}: no description"));
        }
        if !schema.contains_key("type") && target.is_none() && !is_unread(schema) {
            complaints.push(format!("{path}: neither a type nor a reference"));
        }
        // Editors show the description that the reference leads to and drop the one beside it.
        if schema.contains_key("description")
            && target.is_some_and(|target| target.contains_key("description"))
        {
            complaints.push(format!(
                "{path}: a description beside a reference that has one"
            ));
        }
    }
    assert_none(complaints);
}

#[test]
fn no_description_stands_twice() {
    let catalogue = catalogue();
    let mut seen: HashMap<&str, String> = HashMap::new();
    let mut complaints = Vec::new();
    for Entry { path, schema, .. } in entries(&catalogue) {
        let Some(description) = schema.get("description").and_then(Value::as_str) else {
            continue;
        };
        if let Some(first) = seen.insert(description, path.clone()) {
            complaints.push(format!("{path} repeats {first}: {description}"));
        }
    }
    assert_none(complaints);
}

#[test]
fn only_known_keywords_and_well_formed_annotations_are_used() {
    let catalogue = catalogue();
    let mut complaints = Vec::new();
    for Entry { path, schema, .. } in entries(&catalogue) {
        for (keyword, value) in schema {
            let fits = match keyword.as_str() {
                "x-consoleme-secret" => value == true,
                "x-consoleme-status" => {
                    matches!(
                        value.as_str(),
                        Some(
                            "read"
                                | "never-read"
                                | "plugin"
                                | "deprecated"
                                | "dynamic-only"
                                | "infrastructure-only"
                        )
                    )
                }
                "x-consoleme-severity" | "x-consoleme-unknown-severity" => is_severity(value),
                "x-consoleme-severity-by-type" => value.as_object().is_some_and(|types| {
                    types.iter().all(|(name, severity)| {
                        TYPES.contains(&name.as_str()) && is_severity(severity)
                    })
                }),
                "x-consoleme-breaks" | "description" | "deprecationMessage" => value
                    .as_str()
                    .is_some_and(|text| text.ends_with('.') && !text.contains('\n')),
                "x-consoleme-read-at" => value.as_array().is_some_and(|places| {
                    (1..=3).contains(&places.len()) && places.iter().all(is_place)
                }),
                known => WORDS.contains(&known),
            };
            if !fits {
                complaints.push(format!("{path}: {keyword}: {value}"));
            }
        }
    }
    assert_none(complaints);
}

const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

fn is_severity(value: &Value) -> bool {
    matches!(value.as_str(), Some("error" | "warning" | "info"))
}

fn is_place(place: &Value) -> bool {
    place
        .as_str()
        .and_then(|place| place.strip_prefix("consoleme/"))
        .and_then(|place| place.split_once(".py:"))
        .is_some_and(|(file, line)| !file.is_empty() && line.parse::<u32>().is_ok())
}

#[test]
fn every_key_says_how_bad_a_wrong_value_is() {
    let catalogue = catalogue();
    let mut complaints = Vec::new();
    for Entry { path, schema, .. } in entries(&catalogue) {
        let target = target(&catalogue, schema).unwrap_or(schema);
        for annotation in ["x-consoleme-severity", "x-consoleme-breaks"] {
            let graded = schema.contains_key(annotation) || target.contains_key(annotation);
            if !graded && !is_unread(schema) && status(schema) != "infrastructure-only" {
                complaints.push(format!("{path}: no {annotation}"));
            }
        }
    }
    assert_none(complaints);
}

#[test]
fn outdated_keys_tell_editors_and_name_keys_that_exist() {
    let catalogue = catalogue();
    let mut complaints = Vec::new();
    for Entry { path, schema, .. } in entries(&catalogue) {
        let outdated = matches!(status(schema), "never-read" | "deprecated");
        if outdated != schema.contains_key("deprecationMessage")
            || outdated != schema.contains_key("deprecated")
        {
            complaints.push(format!(
                "{path}: `deprecated` and its message belong to outdated keys, and to those only"
            ));
        }
        let Some(instead) = schema
            .get("x-consoleme-use-instead")
            .and_then(Value::as_str)
        else {
            continue;
        };
        if !outdated || !exists(&catalogue, instead) {
            complaints.push(format!("{path}: {instead} is no key to use instead"));
        }
        let message = schema
            .get("deprecationMessage")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !message.contains(&format!("`{instead}`")) {
            complaints.push(format!("{path}: the message does not name {instead}"));
        }
    }
    assert_none(complaints);
}

fn exists(catalogue: &Value, key: &str) -> bool {
    let mut schema = catalogue.as_object();
    for name in key.split('.') {
        let Some(current) = schema else { return false };
        let current = target(catalogue, current).unwrap_or(current);
        schema = current
            .get("properties")
            .and_then(|properties| properties.get(name))
            .and_then(Value::as_object);
    }
    schema.is_some_and(|schema| !is_unread(schema))
}

#[test]
fn switches_are_keys() {
    let catalogue = catalogue();
    let mut complaints = Vec::new();
    for Entry { path, schema, .. } in entries(&catalogue) {
        for annotation in ["x-consoleme-switch", "x-consoleme-unused-with"] {
            let Some(switch) = schema.get(annotation) else {
                continue;
            };
            if !switch.as_str().is_some_and(|key| exists(&catalogue, key)) {
                complaints.push(format!("{path}: {switch} is no key"));
            }
        }
    }
    assert_none(complaints);
}

#[test]
fn defaults_and_examples_are_valid_values() {
    let catalogue = catalogue();
    let mut complaints = Vec::new();
    for Entry { path, schema, .. } in entries(&catalogue) {
        let default = schema.get("default").into_iter();
        let values: Vec<&Value> = default
            .chain(
                schema
                    .get("examples")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten(),
            )
            .collect();
        if values.is_empty() {
            continue;
        }
        let alone = without_references(&catalogue, &Value::Object(schema.clone()));
        let validator =
            jsonschema::draft202012::new(&alone).expect("a part of the catalogue compiles");
        for value in values {
            if !validator.is_valid(value) {
                complaints.push(format!("{path}: {value}"));
            }
        }
    }
    assert_none(complaints);
}

/// The schema with every reference replaced by what it leads to, so that it stands alone.
fn without_references(catalogue: &Value, value: &Value) -> Value {
    match value {
        Value::Object(schema) => {
            let mut whole = target(catalogue, schema).cloned().unwrap_or_default();
            whole.extend(
                schema
                    .iter()
                    .filter(|(keyword, _)| *keyword != "$ref")
                    .map(|(keyword, value)| (keyword.clone(), value.clone())),
            );
            Value::Object(
                whole
                    .iter()
                    .map(|(keyword, value)| (keyword.clone(), without_references(catalogue, value)))
                    .collect(),
            )
        }
        Value::Array(items) => items
            .iter()
            .map(|item| without_references(catalogue, item))
            .collect(),
        other => other.clone(),
    }
}
