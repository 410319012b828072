//! Entries of the configuration's mappings, by the names that their keys have in JSON.

use std::collections::HashMap;

use super::instance::key_name;
use crate::yaml::{Node, NodeId};

/// Looks entries up, in large mappings too.
#[derive(Default)]
pub(super) struct Entries<'c> {
    large: HashMap<NodeId, HashMap<String, (Node<'c>, Node<'c>)>>,
}

impl<'c> Entries<'c> {
    /// The first entry whose key has this name.
    pub(super) fn entry(&mut self, map: Node<'c>, name: &str) -> Option<(Node<'c>, Node<'c>)> {
        if !map.is_large() {
            return map
                .entries()
                .find(|&(key, _)| key_name(key).as_deref() == Some(name));
        }
        let by_name = self.large.entry(map.id()).or_insert_with(|| {
            let mut by_name = HashMap::new();
            for (key, value) in map.entries() {
                if let Some(name) = key_name(key) {
                    by_name.entry(name).or_insert((key, value));
                }
            }
            by_name
        });
        by_name.get(name).copied()
    }
}
