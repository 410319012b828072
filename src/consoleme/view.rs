//! Looking at a whole configuration.

use std::fmt::Write;
use std::mem;

use super::Config;
use crate::yaml::{Node, Value};

impl Config {
    /// A node as it was written: `012345671234`, not the number that Python reads.
    pub fn written(&self, node: Node<'_>) -> &str {
        let source = self.source(node.source());
        source.map_or("", |source| node.span().slice(&source.text))
    }

    /// Shows every value with its dotted key. A mapping or list that several aliases share is
    /// entered once, so the time is linear in the text.
    pub fn walk<'c>(&'c self, visit: &mut impl FnMut(Node<'c>, &str)) {
        let mut entered = vec![false; self.tree.len()];
        let mut key = String::new();
        let mut open: Vec<Open<'c>> = Vec::new();
        let mut next = Some(self.root());
        loop {
            if let Some(node) = next.take() {
                visit(node, &key);
                let mut is_new = || {
                    let entered = entered.get_mut(node.id().index());
                    entered.is_some_and(|entered| !mem::replace(entered, true))
                };
                if is_collection(node) && is_new() {
                    open.push(Open {
                        node,
                        seen: 0,
                        key: key.len(),
                    });
                }
            }
            let Some(last) = open.last_mut() else { return };
            key.truncate(last.key);
            match last.node.value() {
                Value::Map(map) => {
                    next = map.entries.get(last.seen).map(|entry| {
                        if !key.is_empty() {
                            key.push('.');
                        }
                        let name = last.node.other(entry.key);
                        key.push_str(name.as_str().unwrap_or_else(|| self.written(name)));
                        last.node.other(entry.value)
                    });
                }
                Value::List(items) => {
                    next = items.get(last.seen).map(|&item| {
                        // Writing to a String cannot fail.
                        let _ = write!(key, "[{}]", last.seen);
                        last.node.other(item)
                    });
                }
                _ => {}
            }
            last.seen += 1;
            if next.is_none() {
                open.pop();
            }
        }
    }
}

/// A mapping or list whose values are being shown.
struct Open<'c> {
    node: Node<'c>,
    /// How many of them were.
    seen: usize,
    /// How long its own key is.
    key: usize,
}

fn is_collection(node: Node<'_>) -> bool {
    matches!(node.value(), Value::Map(_) | Value::List(_))
}
