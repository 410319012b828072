//! Nodes → values, in the order in which PyYAML's `SafeConstructor` makes them: the order decides
//! what a shared key is when somebody looks at it.

use std::collections::{HashMap, VecDeque};

use super::compose::Composed;
use super::error::{ReadErrorKind, Refusal};
use super::resolve::Tag;
use super::{Entry, Key, Map, NodeId, Span, Tree, Value, scalar};

/// Tags of other programs. Whatever else starts with `!` may be a secret without quotes, which no
/// message may repeat.
const KNOWN_TAGS: [&str; 12] = [
    "!Ref",
    "!Sub",
    "!GetAtt",
    "!Join",
    "!Select",
    "!Split",
    "!ImportValue",
    "!FindInMap",
    "!env",
    "!include",
    "!secret",
    "!vault",
];

/// How many calls inside one another Python allows.
const CALLS: usize = 1000;

/// How many entries `<<` and `=` may look at in one text.
const MERGED: usize = 10_000_000;

/// Makes the values of a document, and gives its root.
pub(super) fn construct(
    tree: &mut Tree,
    text: &str,
    composed: Composed,
) -> Result<Option<NodeId>, Refusal> {
    let Some(root) = composed.root else {
        return Ok(None);
    };
    let mut constructor = Constructor {
        text,
        tree,
        state: vec![State::Written; composed.tags.len()],
        tags: composed.tags,
        written_tags: composed.written_tags,
        first: composed.first,
        waiting: VecDeque::new(),
        raw: HashMap::new(),
        merged: HashMap::new(),
        budget: MERGED + text.len(),
    };
    constructor.object(root)?;
    while let Some(node) = constructor.waiting.pop_front() {
        constructor.collection(node)?;
    }
    Ok(Some(root))
}

struct Constructor<'t> {
    text: &'t str,
    tree: &'t mut Tree,
    tags: Vec<Tag>,
    written_tags: HashMap<NodeId, Span>,
    first: usize,
    state: Vec<State>,
    /// Collections that others know already and that are still to be filled.
    waiting: VecDeque<NodeId>,
    /// What was written, of nodes whose value is something else.
    raw: HashMap<NodeId, Value>,
    /// How many of a mapping's first entries came through `<<`.
    merged: HashMap<NodeId, usize>,
    budget: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// As it was composed.
    Written,
    /// It has its value, or waits for it.
    Made,
    /// It has a value that is no longer what was written; that is in `raw`.
    Replaced,
}

impl Constructor<'_> {
    fn tag(&self, node: NodeId) -> Tag {
        let tag = self.tags.get(node.index().wrapping_sub(self.first));
        tag.copied().unwrap_or(Tag::Unknown)
    }

    fn span(&self, node: NodeId) -> Span {
        self.tree.node(node).span()
    }

    /// The characters of a node.
    fn written(&self, node: NodeId) -> &str {
        let span = self.span(node);
        let range = span.start as usize..span.end as usize;
        self.text.get(range).unwrap_or_default()
    }

    /// What was written: a text, a list or the entries of a mapping.
    fn raw(&self, node: NodeId) -> &Value {
        let raw = match self.state.get(node.index().wrapping_sub(self.first)) {
            Some(State::Replaced) => self.raw.get(&node),
            _ => None,
        };
        raw.unwrap_or_else(|| self.tree.node(node).value())
    }

    fn set(&mut self, node: NodeId, value: Value) {
        if let Some(place) = self.tree.value_mut(node) {
            let written = std::mem::replace(place, value);
            self.raw.entry(node).or_insert(written);
            if let Some(state) = self.state.get_mut(node.index().wrapping_sub(self.first)) {
                *state = State::Replaced;
            }
        }
    }

    /// `construct_object`: a scalar gets its value at once, a collection later.
    fn object(&mut self, node: NodeId) -> Result<(), Refusal> {
        let index = node.index().wrapping_sub(self.first);
        match self.state.get_mut(index) {
            Some(state @ State::Written) => *state = State::Made,
            _ => return Ok(()),
        }
        match (self.tag(node), self.raw(node)) {
            (Tag::Str, Value::Str(_)) => Ok(()),
            (Tag::Seq | Tag::Map | Tag::Set | Tag::Omap | Tag::Pairs, _) => {
                self.waiting.push_back(node);
                Ok(())
            }
            (Tag::Merge | Tag::Value | Tag::Unknown, _) => Err(self.unknown_tag(node)),
            (tag, Value::Str(_) | Value::List(_) | Value::Map(_)) => self.scalar(node, tag),
            _ => Ok(()),
        }
    }

    fn scalar(&mut self, node: NodeId, tag: Tag) -> Result<(), Refusal> {
        if tag == Tag::Timestamp && !matches!(self.raw(node), Value::Str(_)) {
            return Err(self.wrong_kind(node, "a date"));
        }
        let text = self.scalar_text(node)?;
        let value = scalar::construct(tag, &text).map_err(|why| self.bad_value(node, tag, why))?;
        self.set(node, value);
        Ok(())
    }

    /// `construct_scalar`: the text of a scalar, or of what a mapping has under `=`.
    fn scalar_text(&mut self, node: NodeId) -> Result<Box<str>, Refusal> {
        let mut at = node;
        for _ in 0..CALLS {
            match self.raw(at) {
                Value::Str(text) => return Ok(text.clone()),
                Value::Map(map) => {
                    let looked_at = map.entries.len();
                    let mut entries = map.entries.iter();
                    match entries.find(|entry| self.tag(entry.key) == Tag::Value) {
                        Some(entry) => at = entry.value,
                        None => break,
                    }
                    self.spend(looked_at, node)?;
                }
                Value::List(_) => break,
                _ => return Ok(self.written(at).into()),
            }
        }
        Err(self.wrong_kind(node, "a single value"))
    }

    /// The rest of a collection's constructor.
    fn collection(&mut self, node: NodeId) -> Result<(), Refusal> {
        match self.tag(node) {
            Tag::Seq => self.list(node),
            Tag::Map => self.map(node),
            Tag::Set => {
                self.map(node)?;
                let keys = match self.raw(node) {
                    Value::Map(map) => map.entries.iter().map(|entry| entry.key).collect(),
                    _ => Vec::new(),
                };
                self.set(node, Value::Set(keys));
                Ok(())
            }
            _ => self.pairs(node),
        }
    }

    fn list(&mut self, node: NodeId) -> Result<(), Refusal> {
        let mut next = 0;
        loop {
            let Value::List(items) = self.raw(node) else {
                return Err(self.wrong_kind(node, "a list"));
            };
            let Some(&item) = items.get(next) else {
                return Ok(());
            };
            self.object(item)?;
            next += 1;
        }
    }

    fn pairs(&mut self, node: NodeId) -> Result<(), Refusal> {
        let Value::List(items) = self.raw(node) else {
            return Err(self.wrong_kind(node, "a list"));
        };
        let items = items.clone();
        let mut pairs = Vec::with_capacity(items.len());
        for item in items {
            let entry = match self.raw(item) {
                Value::Map(map) => match map.entries.as_slice() {
                    &[entry] => entry,
                    _ => return Err(self.wrong_kind(item, "a mapping with a single key")),
                },
                _ => return Err(self.wrong_kind(item, "a mapping with a single key")),
            };
            self.object(entry.key)?;
            self.object(entry.value)?;
            let source = self.tree.node(item).source();
            let (span, style) = (self.span(item), self.tree.node(item).style());
            pairs.push(
                self.tree
                    .push(Value::Pair(entry.key, entry.value), source, span, style),
            );
        }
        self.set(node, Value::List(pairs));
        Ok(())
    }

    fn map(&mut self, node: NodeId) -> Result<(), Refusal> {
        if !matches!(self.raw(node), Value::Map(_)) {
            return Err(self.wrong_kind(node, "a mapping"));
        }
        self.flatten(node)?;
        let mut next = 0;
        while let Some(&entry) = self.entries(node).get(next) {
            next += 1;
            self.object(entry.key)?;
            let key = self.tree.node(entry.key);
            if matches!(key.value(), Value::List(_) | Value::Map(_) | Value::Set(_)) {
                return Err(self.unhashable(entry.key));
            }
            self.object(entry.value)?;
        }
        if are_different(self.tree, self.entries(node)) {
            return Ok(());
        }
        let merged = self.merged.remove(&node).unwrap_or(0);
        let map = dict(self.tree, self.entries(node), merged);
        if let Some(Value::Map(place)) = self.written_mut(node) {
            *place = map;
        }
        Ok(())
    }

    fn entries(&self, node: NodeId) -> &[Entry] {
        match self.raw(node) {
            Value::Map(map) => &map.entries,
            _ => &[],
        }
    }

    fn written_mut(&mut self, node: NodeId) -> Option<&mut Value> {
        match self.raw.get_mut(&node) {
            Some(value) => Some(value),
            None => self.tree.value_mut(node),
        }
    }

    /// `flatten_mapping`: puts the entries that `<<` asks for in front of a mapping's own. A
    /// mapping may merge itself, so the entries change in place, step by step.
    fn flatten(&mut self, node: NodeId) -> Result<(), Refusal> {
        let special = |tag| matches!(tag, Tag::Merge | Tag::Value);
        let entries = self.entries(node);
        if !entries.iter().any(|entry| special(self.tag(entry.key))) {
            return Ok(());
        }
        let mut merge = Vec::new();
        let mut index = 0;
        while let Some(&Entry { key, value }) = self.entries(node).get(index) {
            match self.tag(key) {
                Tag::Merge => {
                    self.spend(self.entries(node).len(), key)?;
                    if let Some(Value::Map(map)) = self.written_mut(node) {
                        map.entries.remove(index);
                    }
                    self.merge(value, &mut merge)?;
                }
                Tag::Value => {
                    let place = key.index().wrapping_sub(self.first);
                    if let Some(tag) = self.tags.get_mut(place) {
                        *tag = Tag::Str;
                    }
                    index += 1;
                }
                _ => index += 1,
            }
        }
        if !merge.is_empty() {
            *self.merged.entry(node).or_default() += merge.len();
            if let Some(Value::Map(map)) = self.written_mut(node) {
                merge.append(&mut map.entries);
                map.entries = merge;
            }
        }
        Ok(())
    }

    fn merge(&mut self, value: NodeId, merge: &mut Vec<Entry>) -> Result<(), Refusal> {
        match self.raw(value) {
            Value::Map(map) => {
                self.spend(map.entries.len(), value)?;
                self.flatten(value)?;
                self.spend(self.entries(value).len(), value)?;
                merge.extend(self.entries(value));
            }
            Value::List(items) => {
                let items = items.clone();
                self.spend(items.len(), value)?;
                for &item in &items {
                    let Value::Map(map) = self.raw(item) else {
                        return Err(self.bad_merge(item));
                    };
                    self.spend(map.entries.len(), item)?;
                    self.flatten(item)?;
                }
                for &item in items.iter().rev() {
                    self.spend(self.entries(item).len(), item)?;
                    merge.extend(self.entries(item));
                }
            }
            _ => return Err(self.bad_merge(value)),
        }
        Ok(())
    }

    fn spend(&mut self, entries: usize, node: NodeId) -> Result<(), Refusal> {
        match self.budget.checked_sub(entries) {
            Some(budget) => {
                self.budget = budget;
                Ok(())
            }
            None => Err(Refusal::new(
                ReadErrorKind::Budget,
                self.span(node),
                "`<<` goes through more than ten million entries",
                "Merge fewer or smaller mappings.",
            )),
        }
    }

    fn unknown_tag(&self, node: NodeId) -> Refusal {
        let tag = self.tag(node);
        let tag_span = self.written_tags.get(&node).copied();
        let span = tag_span.unwrap_or(self.span(node));
        let range = span.start as usize..span.end as usize;
        let written = self.text.get(range).unwrap_or_default();
        match tag_span {
            None if tag == Tag::Merge => Refusal::new(
                ReadErrorKind::Merge,
                span,
                "`<<` stands where a value is expected, and nothing can be merged there",
                "Put it in quotes if it is meant as text: `\"<<\"`.",
            ),
            None => Refusal::new(
                ReadErrorKind::Tag,
                span,
                "a single `=` is not a text in YAML 1.1, and is refused",
                "Put it in quotes: `\"=\"`.",
            ),
            Some(_) => Refusal::new(
                ReadErrorKind::Tag,
                span,
                match KNOWN_TAGS.iter().find(|known| written == **known) {
                    Some(known) => format!("the tag `{known}` is unknown"),
                    None => "this tag is unknown".to_owned(),
                },
                "Remove the tag, or put the whole text in quotes if the `!` belongs to it.",
            ),
        }
    }

    fn wrong_kind(&self, node: NodeId, expected: &str) -> Refusal {
        Refusal::new(
            ReadErrorKind::Value,
            self.span(node),
            format!("the tag in front of it asks for {expected}"),
            "Remove the tag.",
        )
    }

    fn bad_value(&self, node: NodeId, tag: Tag, why: &str) -> Refusal {
        let name = match tag {
            Tag::Timestamp => "a date",
            Tag::Binary => "bytes",
            Tag::Bool => "true or false",
            _ => "a number",
        };
        Refusal::new(
            ReadErrorKind::Value,
            self.span(node),
            format!("this is read as {name}, and fails: {why}"),
            "Put it in quotes if it is meant as text.",
        )
    }

    fn unhashable(&self, key: NodeId) -> Refusal {
        let span = self.span(key);
        let outer = (span.start as usize).saturating_sub(1);
        let rest = self.text.get(outer..).unwrap_or_default();
        if rest.starts_with("{{") {
            return super::problem::template(outer);
        }
        Refusal::new(
            ReadErrorKind::UnhashableKey,
            span,
            "a list or mapping is used as a key, and Python has no such keys",
            "Put the key in quotes if it is meant as text.",
        )
    }

    fn bad_merge(&self, node: NodeId) -> Refusal {
        Refusal::new(
            ReadErrorKind::Merge,
            self.span(node),
            "`<<` can merge a mapping or a list of mappings, and this is neither",
            "Write an alias of a mapping after `<<:`.",
        )
    }
}

/// Whether few entries are easily seen to have different keys.
fn are_different(tree: &Tree, entries: &[Entry]) -> bool {
    /// With more, looking each of them up costs less than comparing all.
    const FEW: usize = 32;
    entries.len() <= FEW
        && entries.iter().enumerate().all(|(index, entry)| {
            let key = tree.node(entry.key).as_str();
            let before = entries.iter().take(index);
            key.is_some()
                && before
                    .into_iter()
                    .all(|entry| tree.node(entry.key).as_str() != key)
        })
}

/// What a `dict` holds after these assignments.
fn dict(tree: &Tree, entries: &[Entry], merged: usize) -> Map {
    let mut places: HashMap<Key<'_>, (usize, bool)> = HashMap::with_capacity(entries.len());
    let mut map = Map::default();
    for (index, &entry) in entries.iter().enumerate() {
        let own = index >= merged;
        let new = (map.entries.len(), own);
        let (place, was_own) = places.entry(tree.node(entry.key).key()).or_insert(new);
        let Some(kept) = map.entries.get_mut(*place) else {
            map.entries.push(entry);
            continue;
        };
        let before = *kept;
        kept.value = entry.value;
        // Python keeps the first of two equal keys; the later one shows where the value is.
        if tree.node(kept.key).value() == tree.node(entry.key).value() {
            kept.key = entry.key;
        }
        // What `<<` brought is meant to be overridden.
        if own && *was_own {
            map.lost.push(before);
        }
        *was_own = own;
    }
    map
}
