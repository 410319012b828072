//! A text as the tree of nodes that PyYAML's `safe_load` (YAML 1.1) would build of it, with the
//! place in the text of every node. Knows nothing of ConsoleMe.

mod compose;
mod construct;
mod error;
mod event;
mod hint;
mod key;
mod parse;
mod quote;
mod resolve;
mod scalar;
mod timestamp;
mod tree;

pub use error::{ReadError, ReadErrorKind};
pub use key::Key;
pub use quote::quote;
pub use tree::{Entry, Map, Node, NodeId, SourceId, Span, Style, Tree, Value};

/// Reads a text into a tree as `yaml.safe_load` does, and gives its root: null for a text
/// without a document.
///
/// # Errors
/// PyYAML refuses the text.
pub fn read(text: &str, source: SourceId, tree: &mut Tree) -> Result<NodeId, ReadError> {
    let mut events = parse::Events::new(text);
    let root = compose::Composer::new(tree, source)
        .compose(|| events.next())
        .and_then(|composed| construct::construct(tree, text, composed))
        .map_err(|refusal| refusal.of(source))?;
    Ok(root.unwrap_or_else(|| tree.push(Value::Null, source, Span::default(), Style::Plain)))
}
