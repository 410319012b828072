//! `json.dumps(value, default=str)`.

use std::fmt::Write;

use super::super::{Node, Value};
use super::walk::{Mask, Visit, WriteError, walk};
use super::{HIDDEN, python};

/// The longest text that is written, in bytes.
const LIMIT: usize = 512 << 20;

/// A value as Python's `json.dumps(value, default=str)` writes it, on one line. `path` is the path
/// of the value itself. Python has no order for sets; their text has the order of the file.
///
/// # Errors
/// The value contains itself, is too large or too deep, or has a key or number that Python does
/// not write.
pub fn to_json(node: Node<'_>, path: &str, mask: &Mask<'_>) -> Result<String, WriteError> {
    let mut json = String::new();
    walk(node, path, mask, &mut |visit, _| {
        match visit {
            Visit::Entry { first, key } => {
                if !first {
                    json.push_str(", ");
                }
                if let Some(key) = key {
                    string(&mut json, &key_text(key)?);
                    json.push_str(": ");
                }
            }
            Visit::Leaf(node) => leaf(&mut json, node)?,
            Visit::Hidden(_) => string(&mut json, HIDDEN),
            Visit::Open(node) => json.push(if node.is_map() { '{' } else { '[' }),
            Visit::Close(node) => json.push(if node.is_map() { '}' } else { ']' }),
        }
        match json.len() > LIMIT {
            true => Err(WriteError::TooLarge),
            false => Ok(()),
        }
    })?;
    Ok(json)
}

/// What Python makes of a key that is no text.
fn key_text(key: Node<'_>) -> Result<String, WriteError> {
    match key.value() {
        Value::Str(text) => Ok(text.to_string()),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
            let mut text = String::new();
            leaf(&mut text, key)?;
            Ok(text)
        }
        _ => Err(WriteError::Key(key.type_name())),
    }
}

fn leaf(json: &mut String, node: Node<'_>) -> Result<(), WriteError> {
    match node.value() {
        Value::Null => json.push_str("null"),
        Value::Bool(true) => json.push_str("true"),
        Value::Bool(false) => json.push_str("false"),
        Value::Int(value) => json.push_str(&python::int(value)?),
        Value::Float(value) if value.is_nan() => json.push_str("NaN"),
        Value::Float(f64::INFINITY) => json.push_str("Infinity"),
        Value::Float(f64::NEG_INFINITY) => json.push_str("-Infinity"),
        Value::Float(value) => json.push_str(&python::float(*value)),
        _ => string(json, &python::str(node)),
    }
    Ok(())
}

fn string(json: &mut String, text: &str) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\x08' => json.push_str("\\b"),
            '\x0c' => json.push_str("\\f"),
            ' '..='~' => json.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(json, "\\u{unit:04x}");
                }
            }
        }
    }
    json.push('"');
}
