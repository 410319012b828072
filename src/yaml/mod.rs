//! A text as the tree of nodes that PyYAML's `safe_load` (YAML 1.1) would build of it, with the
//! place in the text of every node. Knows nothing of ConsoleMe.

mod tree;

pub use tree::{Entry, Map, Node, NodeId, SourceId, Span, Style, Tree, Value};
