//! What our tree holds, in the words in which the harness tells what Python holds.

use consoleme_cfg::yaml::{Node, NodeId, Value as Ours};

use crate::harness::Value;

/// The value of a node.
pub fn held(node: Node<'_>) -> Value {
    hold(node, &mut Vec::new())
}

fn hold(node: Node<'_>, open: &mut Vec<NodeId>) -> Value {
    if let Some(depth) = open.iter().position(|&id| id == node.id()) {
        return Value::Ancestor(depth);
    }
    match node.value() {
        Ours::Null => Value::None,
        Ours::Bool(value) => Value::Bool(*value),
        Ours::Int(value) => Value::Int(value.clone()),
        Ours::Float(value) => Value::Float(*value),
        Ours::Str(text) => Value::Str(text.to_string()),
        Ours::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
        Ours::Timestamp(text) if text.len() == 10 => Value::Date(text.to_string()),
        Ours::Timestamp(text) => Value::DateTime(text.to_string()),
        collection => {
            open.push(node.id());
            let mut all = |ids: &[NodeId]| -> Vec<Value> {
                ids.iter().map(|&id| hold(node.other(id), open)).collect()
            };
            let value = match collection {
                Ours::List(items) => Value::List(all(items)),
                Ours::Pair(key, value) => Value::Tuple(all(&[*key, *value])),
                Ours::Set(items) => {
                    let mut items = all(items);
                    items.sort_by_key(python_repr);
                    Value::Set(items)
                }
                Ours::Map(map) => {
                    let entries = map.entries.iter();
                    let both = entries.map(|entry| {
                        let mut both = all(&[entry.key, entry.value]);
                        let value = both.pop().expect("a value");
                        (both.pop().expect("a key"), value)
                    });
                    Value::Map(both.collect())
                }
                _ => unreachable!("all others are above"),
            };
            open.pop();
            value
        }
    }
}

/// In the order in which the harness sorts the items of a set.
fn python_repr(value: &Value) -> String {
    match value {
        Value::None => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) if value.is_nan() => "nan".to_owned(),
        Value::Float(value) => format!("{value:?}"),
        Value::Date(text) => format!("datetime.date({text})"),
        Value::DateTime(text) => format!("datetime.datetime({text})"),
        Value::Bytes(bytes) => format!("b'{bytes:?}"),
        Value::Str(text) if text.contains('\'') && !text.contains('"') => format!("\"{text}"),
        Value::Str(text) => {
            let text = text.replace('\\', "\\\\").replace('\n', "\\n");
            format!("'{}'", text.replace('\'', "\\'"))
        }
        other => format!("{other:?}"),
    }
}
