//! `dict_merge` (`consoleme/config/config.py:32`): what is there wins. Python changes the
//! dictionaries in place, so a mapping that an alias shares changes in all its places.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use crate::yaml::{Entry, NodeId, Tree, Value};

/// How many calls of `dict_merge` inside one another Python's stack holds (measured with ConsoleMe
/// 1.4.0 on Python 3.11).
const DEPTH: usize = 980;

/// How many entries all merges of one configuration may look at.
const STEPS: usize = 10_000_000;

/// Why a merge has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MergeError {
    /// Python raises a `RecursionError`, or a `RuntimeError` for a mapping that changes while it
    /// is gone through.
    Endless,
    /// Too many steps to follow.
    Budget,
}

/// One call of `dict_merge`.
struct Call {
    into: Index,
    from: NodeId,
    /// The next entry of `from`, and how many there were at the start.
    next: usize,
    length: usize,
}

/// Where the keys of a mapping are.
struct Index {
    map: NodeId,
    /// How many entries it knows; more may come.
    known: usize,
    by_hash: HashMap<u64, Vec<usize>>,
}

/// The merges of one configuration.
#[derive(Default)]
pub(super) struct Merger {
    steps: usize,
    hasher: RandomState,
}

impl Merger {
    /// Merges one mapping into another that wins.
    pub(super) fn merge(
        &mut self,
        tree: &mut Tree,
        into: NodeId,
        from: NodeId,
    ) -> Result<(), MergeError> {
        let mut calls = vec![Call::new(tree, into, from)];
        while let Some(call) = calls.last_mut() {
            let entries = entries(tree, call.from);
            if entries.len() != call.length {
                return Err(MergeError::Endless);
            }
            let Some(&entry) = entries.get(call.next) else {
                calls.pop();
                continue;
            };
            call.next += 1;
            self.spend(1)?;
            match self.find(tree, &mut call.into, entry.key)? {
                None => {
                    if let Some(Value::Map(map)) = tree.value_mut(call.into.map) {
                        map.entries.push(entry);
                    }
                }
                Some(value) => {
                    if tree.node(value).is_map() && tree.node(entry.value).is_map() {
                        if calls.len() >= DEPTH {
                            return Err(MergeError::Endless);
                        }
                        calls.push(Call::new(tree, value, entry.value));
                    }
                }
            }
        }
        Ok(())
    }

    fn spend(&mut self, steps: usize) -> Result<(), MergeError> {
        self.steps += steps;
        if self.steps > STEPS {
            return Err(MergeError::Budget);
        }
        Ok(())
    }

    /// The value under a key.
    fn find(
        &mut self,
        tree: &Tree,
        index: &mut Index,
        key: NodeId,
    ) -> Result<Option<NodeId>, MergeError> {
        let entries = entries(tree, index.map);
        let unknown = entries.iter().enumerate().skip(index.known);
        for (place, entry) in unknown {
            let hash = self.hasher.hash_one(tree.node(entry.key).key());
            index.by_hash.entry(hash).or_default().push(place);
        }
        let new = entries.len() - index.known;
        index.known = entries.len();
        self.spend(new)?;
        let key = tree.node(key).key();
        let places = index.by_hash.get(&self.hasher.hash_one(&key));
        Ok(places.into_iter().flatten().find_map(|&place| {
            let entry = entries.get(place)?;
            (tree.node(entry.key).key() == key).then_some(entry.value)
        }))
    }
}

impl Call {
    fn new(tree: &Tree, into: NodeId, from: NodeId) -> Self {
        Self {
            into: Index {
                map: into,
                known: 0,
                by_hash: HashMap::new(),
            },
            from,
            next: 0,
            length: entries(tree, from).len(),
        }
    }
}

fn entries(tree: &Tree, map: NodeId) -> &[Entry] {
    match tree.node(map).value() {
        Value::Map(map) => &map.entries,
        _ => &[],
    }
}
