//! Which values of a configuration are secret, by their place and by themselves.

use std::collections::HashSet;

use super::{Catalogue, Config};
use crate::cognito::has_placeholder_word;
use crate::secret::Secret;
use crate::yaml::{Node, NodeId};

/// Shorter values stand in too many places for other reasons to be hidden wherever they occur.
const SHORTEST: usize = 4;

/// The same for values that are only guessed to be secret.
pub const SHORTEST_GUESSED: usize = 12;

/// The secrets of a configuration. Nothing prints them.
#[derive(Default)]
pub struct Secrets<'c> {
    nodes: Vec<Node<'c>>,
    places: Vec<Node<'c>>,
    ids: HashSet<NodeId>,
    values: Vec<Secret>,
}

/// How it is known that a value is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Because {
    /// It is not known to be one.
    Open,
    /// Its key is unknown, and named like one that holds a secret.
    Guessed,
    /// The catalogue says so.
    Known,
}

/// A node on the way through a configuration.
struct Step<'c> {
    node: Node<'c>,
    catalogue: Option<Catalogue>,
    because: Because,
}

impl<'c> Secrets<'c> {
    /// Finds them, in every file of the configuration, in what a repeated key hides too. Where a
    /// value is not of the kind that the catalogue expects, such as a text where a section with a
    /// secret belongs, or a section where a secret belongs, all of it counts as secret.
    pub fn of(config: &'c Config) -> Self {
        let mut secrets = Self::default();
        let mut entered = HashSet::new();
        let mut texts = Vec::new();
        for root in config.roots().chain([config.root()]) {
            secrets.enter(root, &mut entered, &mut texts);
        }
        // A secret that is a word of the keys' names is no secret; hiding it would hide the keys.
        let names = Catalogue::secret_names();
        let is_word = |text: &str| names.iter().any(|name| name.contains(text));
        let texts = texts.iter().flat_map(|(node, because)| {
            let spelt = [node.as_str(), Some(config.written(*node))];
            spelt.into_iter().flatten().map(|text| (text, *because))
        });
        let values = texts.map(|(text, because)| (text.trim_matches(['"', '\'']), because));
        let shortest = |because| match because {
            Because::Known => SHORTEST,
            _ => SHORTEST_GUESSED,
        };
        let values = values.filter(|(text, because)| text.len() >= shortest(*because));
        let values = values.map(|(text, _)| text).filter(|text| !is_word(text));
        let mut values: Vec<&str> = values.collect();
        // The longest first, so that a secret inside another one does not leave a rest of it.
        values.sort_by_key(|value| (std::cmp::Reverse(value.len()), *value));
        values.dedup();
        secrets.values = values
            .iter()
            .map(|value| Secret::from((*value).to_owned()))
            .collect();
        secrets.ids = secrets.nodes.iter().map(|node| node.id()).collect();
        secrets
    }

    /// The nodes that are secret.
    pub fn nodes(&self) -> &[Node<'c>] {
        &self.nodes
    }

    /// The scalars where secrets belong, those that only stand in for one too.
    pub fn places(&self) -> &[Node<'c>] {
        &self.places
    }

    /// The texts that must not be shown anywhere, the longest first.
    pub fn values(&self) -> &[Secret] {
        &self.values
    }

    /// Whether a node must not be shown: it is secret, or a text with a secret in it.
    pub fn hold(&self, node: Node<'_>) -> bool {
        let holds = |text: &str| {
            let mut secrets = self.values.iter();
            secrets.any(|secret| text.contains(secret.reveal()))
        };
        self.ids.contains(&node.id()) || node.as_str().is_some_and(holds)
    }

    fn enter(
        &mut self,
        root: Node<'c>,
        entered: &mut HashSet<(NodeId, Because)>,
        texts: &mut Vec<(Node<'c>, Because)>,
    ) {
        let mut waiting = vec![Step {
            node: root,
            catalogue: Some(Catalogue::root()),
            because: Because::Open,
        }];
        while let Some(step) = waiting.pop() {
            let Step {
                node, catalogue, ..
            } = step;
            let is_secret = catalogue.is_some_and(Catalogue::is_secret);
            let because = step.because.max(if is_secret {
                Because::Known
            } else {
                Because::Open
            });
            let mixed = catalogue.is_some_and(Catalogue::holds_secret);
            if !node.is_map() && node.items().len() == 0 {
                let because = because.max(if mixed { Because::Known } else { Because::Open });
                if because == Because::Open || node.is_null() {
                    continue;
                }
                self.places.push(node);
                if !node.as_str().is_some_and(has_placeholder_word) {
                    self.nodes.push(node);
                    texts.push((node, because));
                }
                continue;
            }
            if !entered.insert((node.id(), because)) {
                continue;
            }
            if because != Because::Open {
                self.nodes.push(node);
            }
            for (key, value) in node.entries().chain(node.lost()) {
                let name = key.as_str();
                let below = name.and_then(|name| catalogue?.key(name));
                let guessed = below.is_none() && name.is_some_and(Catalogue::is_like_a_secret);
                if because != Because::Open && below.is_none() {
                    texts.push((key, because));
                }
                waiting.push(Step {
                    node: value,
                    catalogue: below,
                    because: because.max(if guessed {
                        Because::Guessed
                    } else {
                        Because::Open
                    }),
                });
            }
            for item in node.items() {
                let below = catalogue.and_then(Catalogue::item);
                let misplaced = mixed && below.is_none();
                waiting.push(Step {
                    node: item,
                    catalogue: below,
                    because: because.max(if misplaced {
                        Because::Known
                    } else {
                        Because::Open
                    }),
                });
            }
        }
    }
}
