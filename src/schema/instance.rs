//! The configuration as the JSON value that the schema is held against.

use serde_json::{Map, Number, Value as Json};

use crate::yaml::{Node, Value};

/// More values than any real configuration has; only aliases of aliases get there.
const MOST_VALUES: usize = 1_000_000;

/// More levels than PyYAML reads; only an alias of what it is in gets there.
const MOST_LEVELS: usize = 500;

/// The JSON value of a node, with aliases written out; none if that makes too many values or levels.
pub(super) fn of(node: Node<'_>) -> Option<Json> {
    let mut left = MOST_VALUES;
    convert(node, MOST_LEVELS, &mut left)
}

fn convert(node: Node<'_>, levels: usize, left: &mut usize) -> Option<Json> {
    *left = left.checked_sub(1)?;
    let levels = levels.checked_sub(1)?;
    Some(match node.value() {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(value) => match (i64::try_from(value), u64::try_from(value)) {
            (Ok(small), _) => Json::Number(small.into()),
            (_, Ok(large)) => Json::Number(large.into()),
            _ => Json::Number(u64::MAX.into()),
        },
        Value::Float(value) => Number::from_f64(*value).map_or_else(no_json, Json::Number),
        Value::Str(text) => Json::String(text.to_string()),
        Value::Timestamp(_) | Value::Bytes(_) | Value::Set(_) | Value::Pair(..) => no_json(),
        Value::List(_) => Json::Array(
            node.items()
                .map(|item| convert(item, levels, left))
                .collect::<Option<_>>()?,
        ),
        Value::Map(_) => {
            let mut map = Map::new();
            for (key, value) in node.entries() {
                if let Some(name) = key_name(key) {
                    map.insert(name, convert(value, levels, left)?);
                }
            }
            Json::Object(map)
        }
    })
}

/// Stands for what JSON cannot say: a date, bytes, a set, infinity. No key takes such a value, and
/// none takes this one but where any number would do.
fn no_json() -> Json {
    Number::from_f64(0.5).map_or(Json::Null, Json::Number)
}

/// The name of a key in JSON.
pub(super) fn key_name(key: Node<'_>) -> Option<String> {
    match key.value() {
        Value::Str(text) => Some(text.to_string()),
        Value::Int(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null => Some("null".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{SourceId, Tree, read};

    #[test]
    fn what_contains_itself_is_no_json() {
        for text in ["a: &a [*a]", "a: &a {b: *a}"] {
            let mut tree = Tree::default();
            let root = read(text, SourceId(0), &mut tree).unwrap();
            assert_eq!(of(tree.node(root)), None);
        }
    }

    #[test]
    fn what_pyyaml_reads_is() {
        let deep = format!("a: {}{}", "[".repeat(481), "]".repeat(481));
        let mut tree = Tree::default();
        let root = read(&deep, SourceId(0), &mut tree).unwrap();
        assert!(of(tree.node(root)).is_some());
    }
}
