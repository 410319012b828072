//! Going through a value with the path of each of its parts. Aliases make what is small in a
//! file large, or endless, here.

use std::collections::HashSet;

use super::super::{Node, NodeId, Value};
use super::python;

/// How deep Python's `json.dumps` goes.
const DEPTH: usize = 990;

/// How many more parts a value may have than there are nodes.
const ALIASED: usize = 1_000_000;

/// Which values must not be seen, by their path and by themselves.
pub type Mask<'m> = dyn Fn(&str, Node<'_>) -> bool + 'm;

/// Why a value cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// An alias inside what it names.
    #[error("a value contains itself, through an alias")]
    Cycle,
    /// Aliases inside aliases.
    #[error("the aliases expand to more than this program writes")]
    TooLarge,
    /// Nested deeper than Python writes.
    #[error("the value is nested deeper than Python can write")]
    TooDeep,
    /// JSON has no such key, and Python refuses it.
    #[error("a key is {0}, and JSON has no such keys")]
    Key(&'static str),
    /// Python writes no decimal number with more than 4300 digits.
    #[error("a number has more than 4300 digits, and Python does not write it")]
    Number,
}

/// A step on the way through a value.
#[derive(Debug, Clone, Copy)]
pub enum Visit<'t> {
    /// Before each part of a collection.
    Entry {
        /// Whether it is the first.
        first: bool,
        /// Its key, in a mapping.
        key: Option<Node<'t>>,
    },
    /// A value without parts; sets count as such.
    Leaf(Node<'t>),
    /// A value that must not be seen, with or without parts.
    Hidden(Node<'t>),
    /// A mapping, list or pair starts.
    Open(Node<'t>),
    /// It ends.
    Close(Node<'t>),
}

struct Frame<'t> {
    node: Node<'t>,
    next: usize,
    /// How long the path to this node is.
    path: usize,
}

/// Goes through a value whose path is `path`, and tells the path of every step: `a.b[0].c`.
///
/// # Errors
/// The value contains itself, has too many parts or is too deep; or what `visit` returns.
pub fn walk<'t>(
    node: Node<'t>,
    path: &str,
    mask: &Mask<'_>,
    visit: &mut dyn FnMut(Visit<'t>, &str) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let mut path = path.to_owned();
    let mut frames: Vec<Frame<'t>> = Vec::new();
    let mut open: HashSet<NodeId> = HashSet::new();
    let mut parts = node.siblings() + ALIASED;
    let mut next = Some(node);
    loop {
        if let Some(node) = next.take() {
            parts = parts.checked_sub(1).ok_or(WriteError::TooLarge)?;
            if mask(&path, node) {
                visit(Visit::Hidden(node), &path)?;
            } else if matches!(
                node.value(),
                Value::Map(_) | Value::List(_) | Value::Pair(..)
            ) {
                if !open.insert(node.id()) {
                    return Err(WriteError::Cycle);
                }
                if frames.len() >= DEPTH {
                    return Err(WriteError::TooDeep);
                }
                visit(Visit::Open(node), &path)?;
                let path = path.len();
                frames.push(Frame {
                    node,
                    next: 0,
                    path,
                });
            } else {
                visit(Visit::Leaf(node), &path)?;
            }
        }
        let Some(frame) = frames.last_mut() else {
            return Ok(());
        };
        path.truncate(frame.path);
        match part(frame.node, frame.next) {
            Some((key, value)) => {
                match key {
                    None => path.push_str(&format!("[{}]", frame.next)),
                    Some(key) => {
                        if !path.is_empty() {
                            path.push('.');
                        }
                        path.push_str(&python::str(key));
                    }
                }
                let first = frame.next == 0;
                visit(Visit::Entry { first, key }, &path)?;
                frame.next += 1;
                next = Some(value);
            }
            None => {
                visit(Visit::Close(frame.node), &path)?;
                open.remove(&frame.node.id());
                frames.pop();
            }
        }
    }
}

fn part<'t>(node: Node<'t>, index: usize) -> Option<(Option<Node<'t>>, Node<'t>)> {
    match node.value() {
        Value::Map(map) => {
            let entry = map.entries.get(index)?;
            Some((Some(node.other(entry.key)), node.other(entry.value)))
        }
        Value::List(items) => Some((None, node.other(*items.get(index)?))),
        Value::Pair(key, value) => Some((None, node.other(*[*key, *value].get(index)?))),
        _ => None,
    }
}
