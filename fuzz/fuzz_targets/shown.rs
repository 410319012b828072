//! Values as text that tells all differences.

use consoleme_cfg::yaml::{Node, NodeId, Value};

/// A value without cycles, as text.
pub fn shown(node: Node<'_>) -> String {
    let all =
        |ids: &[NodeId]| -> Vec<String> { ids.iter().map(|&id| shown(node.other(id))).collect() };
    match node.value() {
        Value::List(items) => format!("{:?}", all(items)),
        Value::Set(items) => format!("set {:?}", all(items)),
        // YAML has no tuples; they are written as lists.
        Value::Pair(key, value) => format!("{:?}", all(&[*key, *value])),
        Value::Map(map) => {
            let ids: Vec<NodeId> = map
                .entries
                .iter()
                .flat_map(|entry| [entry.key, entry.value])
                .collect();
            format!("map {:?}", all(&ids))
        }
        value => format!("{value:?}"),
    }
}
