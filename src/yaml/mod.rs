//! A text as the tree of nodes that PyYAML's `safe_load` (YAML 1.1) would build of it, with the
//! place in the text of every node. Knows nothing of ConsoleMe.

mod characters;
mod compose;
mod construct;
mod edit;
mod error;
mod event;
mod key;
mod lines;
mod parse;
mod problem;
mod quote;
mod resolve;
mod scalar;
mod scan;
mod timestamp;
mod tree;
mod write;

pub use edit::{Edit, EditError, Editor, Step, apply, repair};
pub use error::{ReadError, ReadErrorKind};
pub use key::Key;
pub use lines::{Lines, Position};
pub use quote::quote;
pub use tree::{Entry, Map, Node, NodeId, SourceId, Span, Style, Tree, Value};
pub use write::{HIDDEN, Mask, Visit, WriteError, to_json, to_yaml, walk};

/// Reads a text into a tree as `yaml.safe_load` does, and gives its root: null for a text
/// without a document.
///
/// # Errors
/// PyYAML refuses the text.
pub fn read(text: &str, source: SourceId, tree: &mut Tree) -> Result<NodeId, ReadError> {
    let root = characters::check(text)
        .map_err(|problem| problem.explain(text))
        .and_then(|()| compose::compose(text, source, tree))
        .and_then(|composed| construct::construct(tree, text, composed))
        .map_err(|refusal| refusal.of(source))?;
    Ok(root.unwrap_or_else(|| tree.push(Value::Null, source, Span::default(), Style::Plain)))
}
