//! Looking at a whole configuration.

use std::collections::HashSet;

use super::Config;
use crate::yaml::{Node, NodeId};

impl Config {
    /// A node as it was written: `012345671234`, not the number that Python reads.
    pub fn written(&self, node: Node<'_>) -> &str {
        let source = self.source(node.source());
        source.map_or("", |source| node.span().slice(&source.text))
    }

    /// Shows every value with its dotted key. A mapping or list that several aliases share is
    /// entered once, so the time is linear in the text.
    pub fn walk<'c>(&'c self, visit: &mut impl FnMut(Node<'c>, &str)) {
        let mut entered: HashSet<NodeId> = HashSet::new();
        let mut waiting = vec![(self.root(), String::new())];
        while let Some((node, key)) = waiting.pop() {
            visit(node, &key);
            if !entered.insert(node.id()) {
                continue;
            }
            let first = waiting.len();
            for (name, value) in node.entries() {
                let name = name.as_str().unwrap_or_else(|| self.written(name));
                let dot = if key.is_empty() { "" } else { "." };
                waiting.push((value, format!("{key}{dot}{name}")));
            }
            for (item, index) in node.items().zip(0_usize..) {
                waiting.push((item, format!("{key}[{index}]")));
            }
            if let Some(children) = waiting.get_mut(first..) {
                children.reverse();
            }
        }
    }
}
