//! Edits of a configuration's texts, by key: each goes into the file that the value came from.

use super::Config;
use crate::yaml::{Edit, Editor, Node, SourceId, Step};

/// Edits of one text that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The text.
    pub source: SourceId,
    /// What changes in it.
    pub edits: Vec<Edit>,
}

impl Config {
    /// Writes a value, as it is to stand in the text, under a dotted key, be the key there or not.
    pub fn set(&self, key: &str, value: &str) -> Option<Change> {
        let mut map = self.root();
        let names: Vec<&str> = key.split('.').collect();
        for (at, name) in names.iter().enumerate() {
            match map.entry(name) {
                Some((_, found)) if at + 1 == names.len() => return self.replace(found, value),
                Some((_, found)) if found.is_map() => map = found,
                Some(_) => return None,
                None => {
                    return self.edit(map, |editor| editor.insert(map, names.get(at..)?, value));
                }
            }
        }
        None
    }

    /// Writes something else, as it is to stand in the text, in the place of a value.
    pub fn replace(&self, node: Node<'_>, value: &str) -> Option<Change> {
        self.edit(node, |editor| editor.replace(node, value))
    }

    /// Puts quotes around a value or a key, so that what is written is a text.
    pub fn quote(&self, node: Node<'_>) -> Option<Change> {
        self.edit(node, |editor| editor.quote(node))
    }

    /// Makes a text or a mapping the only item of a list.
    pub fn wrap_in_list(&self, node: Node<'_>) -> Option<Change> {
        self.edit(node, |editor| match node.is_map() {
            true => editor.wrap_map(node),
            false => editor.wrap(node, "[", "]"),
        })
    }

    /// Makes a text the only setting of a section.
    pub fn wrap_in_section(&self, node: Node<'_>, name: &str) -> Option<Change> {
        let before = format!("{{{name}: ");
        self.edit(node, |editor| editor.wrap(node, &before, "}"))
    }

    /// Adds an item, as it is to stand in the text, to a list.
    pub fn push(&self, list: Node<'_>, item: &str) -> Option<Change> {
        self.edit(list, |editor| editor.push(list, item))
    }

    /// Takes an item out of a list that has others.
    pub fn remove_item(&self, list: Node<'_>, item: Node<'_>) -> Option<Change> {
        self.edit(list, |editor| editor.remove_item(list, item))
    }

    /// Takes a dotted key out, and a section that would be left empty.
    pub fn remove(&self, key: &str) -> Option<Change> {
        let (section, name) = key.rsplit_once('.').unwrap_or(("", key));
        let map = match section {
            "" => self.root(),
            section => self.get(section).ok()??,
        };
        let (key, value) = map.entry(name)?;
        self.remove_entry(section, Step { map, key, value })
    }

    /// Takes an entry of a section out, whatever its key is.
    pub fn remove_entry(&self, section: &str, entry: Step<'_>) -> Option<Change> {
        let path = self.written_path(section, entry)?;
        self.edit(entry.key, |editor| editor.remove(&path))
    }

    /// Gives an entry another key.
    pub fn rename(&self, entry: Step<'_>, name: &str) -> Option<Change> {
        self.edit(entry.key, |editor| {
            editor.rename(entry.map, entry.key, name)
        })
    }

    /// Moves an entry of a section to where a dotted key is looked for, in the same file.
    pub fn relocate(&self, section: &str, entry: Step<'_>, key: &str) -> Option<Change> {
        let path = self.written_path(section, entry)?;
        let mut target = path.first()?.map;
        let mut names = key.split('.').peekable();
        while let Some(name) = names.peek()
            && let Some(found) = target.get(name)
            && found.is_map()
            && found.source() == entry.key.source()
        {
            target = found;
            names.next();
        }
        let names: Vec<&str> = names.collect();
        let written = *path.last()?;
        self.edit(entry.key, |editor| {
            if target.id() == written.map.id() {
                editor.nest(written, &names)
            } else {
                editor.relocate(&path, target, &names)
            }
        })
    }

    /// The entries that lead to an entry of a section in the file that has it, where other mappings
    /// may be around it than in the merged configuration.
    fn written_path<'c>(&'c self, section: &str, entry: Step<'c>) -> Option<Vec<Step<'c>>> {
        let is_it = |(key, _): &(Node<'c>, Node<'c>)| key.id() == entry.key.id();
        let roots = self
            .roots()
            .filter(|root| root.source() == entry.key.source());
        let mut paths = roots.filter_map(|root| {
            let mut map = root;
            let mut path = Vec::new();
            for name in section.split('.').filter(|name| !name.is_empty()) {
                let (key, value) = map.entry(name)?;
                path.push(Step { map, key, value });
                map = value;
            }
            if map.is_large() {
                return None;
            }
            let (key, value) = map.entries().chain(map.lost()).find(is_it)?;
            path.push(Step { map, key, value });
            Some(path)
        });
        paths.next()
    }

    fn edit(
        &self,
        node: Node<'_>,
        edits: impl FnOnce(&Editor<'_>) -> Option<Vec<Edit>>,
    ) -> Option<Change> {
        let source = node.source();
        let edits = edits(&Editor::new(&self.source(source)?.text))?;
        Some(Change { source, edits })
    }
}
