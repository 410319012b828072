//! The merged configuration and `config.get` (`consoleme/config/config.py:244`).

use std::fmt;
use std::path::{Path, PathBuf};

use crate::yaml::{Node, NodeId, SourceId, Span, Tree};

/// A text that a configuration was read from.
#[derive(Clone, Default)]
pub struct Source {
    /// The name to show: the path as it was given, or `<stdin>`.
    pub name: PathBuf,
    /// The text, byte for byte as it stands in the file.
    pub text: String,
}

/// Without the text, which may hold secrets.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Source");
        shown.field("name", &self.name).finish_non_exhaustive()
    }
}

/// The configuration as ConsoleMe holds it after reading and merging all its files.
#[derive(Debug)]
pub struct Config {
    sources: Vec<Source>,
    pub(super) tree: Tree,
    root: NodeId,
    roots: Vec<NodeId>,
    complete: bool,
}

/// `config.get` went through something that is not a mapping: in Python a `TypeError`, which
/// ConsoleMe catches nowhere.
#[derive(Debug, Clone, Copy)]
pub struct TypeError<'c> {
    /// The value that is not a mapping.
    pub value: Node<'c>,
}

/// A value of an extended file that another file's goes before.
#[derive(Debug, Clone)]
pub struct Hidden<'c> {
    /// Its dotted key.
    pub key: String,
    /// It.
    pub value: Node<'c>,
    /// What ConsoleMe holds in its place.
    pub winner: Node<'c>,
}

impl Config {
    pub(super) fn new(
        sources: Vec<Source>,
        tree: Tree,
        roots: Vec<NodeId>,
        complete: bool,
    ) -> Self {
        let root = roots.first().copied().unwrap_or_default();
        Self {
            sources,
            tree,
            root,
            roots,
            complete,
        }
    }

    /// The texts that it was read from; the first is the file that was named.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The texts, when the rest is not needed any more.
    pub fn into_sources(self) -> Vec<Source> {
        self.sources
    }

    /// The text with this id.
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    /// Whether everything that ConsoleMe reads was read, so that what is not there is missing;
    /// a secret of AWS Secrets Manager is not read.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The outermost node of every file, before anything else was merged over its values.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.roots.iter().map(|&root| self.tree.node(root))
    }

    /// The comments of its texts, each from its `#` to the end of its line.
    pub fn comments(&self) -> &[(SourceId, Span)] {
        self.tree.comments()
    }

    /// The name of the file that was named.
    pub fn path(&self) -> &Path {
        self.sources
            .first()
            .map_or(Path::new(""), |source| &source.name)
    }

    /// The outermost mapping.
    pub fn root(&self) -> Node<'_> {
        self.tree.node(self.root)
    }

    /// `config.get(key)` with a dotted key: `None` where a level is missing, a null leaf as it is.
    ///
    /// # Errors
    /// A level on the way exists and is not a mapping.
    pub fn get(&self, key: &str) -> Result<Option<Node<'_>>, TypeError<'_>> {
        let mut value = self.root();
        for name in key.split('.') {
            if !value.is_map() {
                return Err(TypeError { value });
            }
            match value.get(name) {
                Some(next) => value = next,
                None => return Ok(None),
            }
        }
        Ok(Some(value))
    }

    /// What stands in the extended files and is not taken, as a file that goes before has another
    /// value (`consoleme/config/config.py:32`).
    pub fn hidden(&self) -> Vec<Hidden<'_>> {
        let mut hidden = Vec::new();
        for file in self.roots().skip(1) {
            let entries = file.entries();
            let entries = entries.filter(|(name, _)| name.as_str() != Some("extends"));
            for (name, value) in entries {
                hide(name, value, self.root(), "", &mut hidden);
            }
        }
        hidden
    }
}

fn hide<'c>(
    name: Node<'c>,
    value: Node<'c>,
    merged: Node<'c>,
    section: &str,
    hidden: &mut Vec<Hidden<'c>>,
) {
    let Some(text) = name.as_str() else { return };
    let Some(winner) = merged.get(text) else {
        return;
    };
    if winner.id() == value.id() || (!winner.is_map() && winner.value() == value.value()) {
        return;
    }
    let dot = if section.is_empty() { "" } else { "." };
    let key = format!("{section}{dot}{text}");
    if winner.is_map() && value.is_map() {
        for (name, below) in value.entries() {
            hide(name, below, winner, &key, hidden);
        }
    } else {
        hidden.push(Hidden { key, value, winner });
    }
}
