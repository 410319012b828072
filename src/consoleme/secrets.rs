//! Which values of a configuration are secret, by their place and by themselves.

use std::collections::HashSet;

use zeroize::Zeroizing;

use super::{Catalogue, Config};
use crate::cognito::has_placeholder_word;
use crate::yaml::{Node, NodeId};

/// Shorter values stand in too many places for other reasons to be hidden wherever they occur.
const SHORTEST: usize = 4;

/// The secrets of a configuration. Nothing prints them.
#[derive(Default)]
pub struct Secrets<'c> {
    nodes: Vec<Node<'c>>,
    ids: HashSet<NodeId>,
    values: Vec<Zeroizing<String>>,
}

impl<'c> Secrets<'c> {
    /// Finds them, in every file of the configuration, in what a repeated key hides too. Where a
    /// value is not of the kind that the catalogue expects, such as a text where a section with a
    /// secret belongs, all of it counts as secret.
    pub fn of(config: &'c Config) -> Self {
        let mut secrets = Self::default();
        let mut entered = HashSet::new();
        for root in config.roots().chain([config.root()]) {
            secrets.enter(root, &mut entered);
        }
        // A secret that is a word of the keys' names is no secret; hiding it would hide the keys.
        let names = Catalogue::secret_names();
        let is_word = |text: &str| names.iter().any(|name| name.contains(text));
        let texts = secrets
            .nodes
            .iter()
            .flat_map(|node| [node.as_str(), Some(config.written(*node))]);
        let values = texts.flatten().map(|text| text.trim_matches(['"', '\'']));
        let mut values: Vec<&str> = values
            .filter(|text| text.len() >= SHORTEST && !is_word(text))
            .collect();
        // The longest first, so that a secret inside another one does not leave a rest of it.
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        values.dedup();
        secrets.values = values
            .iter()
            .map(|value| Zeroizing::new((*value).to_owned()))
            .collect();
        secrets.ids = secrets.nodes.iter().map(|node| node.id()).collect();
        secrets
    }

    /// The nodes that are secret.
    pub fn nodes(&self) -> &[Node<'c>] {
        &self.nodes
    }

    /// The texts that must not be shown anywhere, the longest first.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|value| value.as_str())
    }

    /// Whether a node must not be shown: it is secret, or a text with a secret in it.
    pub fn hold(&self, node: Node<'_>) -> bool {
        let holds = |text: &str| self.values().any(|secret| text.contains(secret));
        self.ids.contains(&node.id()) || node.as_str().is_some_and(holds)
    }

    fn enter(&mut self, root: Node<'c>, entered: &mut HashSet<(NodeId, bool)>) {
        let mut waiting = vec![(root, Some(Catalogue::root()), false)];
        while let Some((node, catalogue, hidden)) = waiting.pop() {
            let hidden = hidden || catalogue.is_some_and(Catalogue::is_secret);
            let mixed = catalogue.is_some_and(Catalogue::holds_secret);
            if !node.is_map() && node.items().len() == 0 {
                let stand_in = node.as_str().is_some_and(has_placeholder_word);
                if (hidden || mixed) && !node.is_null() && !stand_in {
                    self.nodes.push(node);
                }
                continue;
            }
            if !entered.insert((node.id(), hidden)) {
                continue;
            }
            for (key, value) in node.entries().chain(node.lost()) {
                let below = key.as_str().and_then(|name| catalogue?.key(name));
                waiting.push((value, below, hidden));
            }
            for item in node.items() {
                let below = catalogue.and_then(Catalogue::item);
                waiting.push((item, below, hidden || (mixed && below.is_none())));
            }
        }
    }
}
