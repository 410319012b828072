//! The tree: nodes in one arena, so that an alias is the node that it names, a deep document
//! costs no stack, and files can be merged as Python merges dictionaries, in place.

use num_bigint::BigInt;

/// More entries, items or aliases than this are not gone through for each of the findings about them,
/// of which there may be as many.
const MANY: usize = 1000;

/// Which of a configuration's texts a node was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub u32);

/// A range of bytes in a text; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The bytes of a text that is shorter than 4 GiB.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: clamp(start),
            end: clamp(end),
        }
    }
}

/// A node's place in its [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct NodeId(u32);

impl NodeId {
    /// Its position among the nodes of its tree.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// How a node was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A scalar without quotes.
    Plain,
    /// A scalar in single quotes.
    SingleQuoted,
    /// A scalar in double quotes.
    DoubleQuoted,
    /// A block scalar that keeps its line breaks: `|`.
    Literal,
    /// A block scalar that folds its line breaks: `>`.
    Folded,
    /// A mapping or sequence by indentation.
    Block,
    /// A mapping or sequence in braces or brackets.
    Flow,
}

/// What Python holds for a node after `safe_load`.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `None`.
    Null,
    /// `bool`.
    Bool(bool),
    /// `int`, however large.
    Int(BigInt),
    /// `float`.
    Float(f64),
    /// `str`.
    Str(Box<str>),
    /// `bytes`, of a `!!binary` scalar.
    Bytes(Box<[u8]>),
    /// `datetime.date` or `datetime.datetime`, as Python's `str()` writes it.
    Timestamp(Box<str>),
    /// `list`; `!!omap` and `!!pairs` give one of [`Value::Pair`].
    List(Vec<NodeId>),
    /// A tuple of two, in the list of an `!!omap` or `!!pairs`.
    Pair(NodeId, NodeId),
    /// `dict`, in Python's order.
    Map(Map),
    /// `set`, of a `!!set` mapping.
    Set(Vec<NodeId>),
}

/// The entries of a mapping.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map {
    /// What Python's `dict` holds, in its order.
    pub entries: Vec<Entry>,
    /// Entries whose key is repeated later on in the same mapping: written, but lost.
    pub lost: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The key's node.
    pub key: NodeId,
    /// The value's node.
    pub value: NodeId,
}

#[derive(Debug, Clone)]
struct Data {
    value: Value,
    source: SourceId,
    span: Span,
    style: Style,
    has_properties: bool,
}

/// The nodes of one or more documents.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    nodes: Vec<Data>,
    /// The nodes that an alias names.
    aliased: Vec<NodeId>,
    comments: Vec<(SourceId, Span)>,
}

/// What a [`NodeId`] of another tree names in this one.
static NOTHING: Data = Data {
    value: Value::Null,
    source: SourceId(0),
    span: Span { start: 0, end: 0 },
    style: Style::Plain,
    has_properties: false,
};

impl Tree {
    /// Adds a node.
    pub fn push(&mut self, value: Value, source: SourceId, span: Span, style: Style) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Data {
            value,
            source,
            span,
            style,
            has_properties: false,
        });
        id
    }

    /// Notes that an anchor or a tag stands in front of a node.
    pub(super) fn set_properties(&mut self, id: NodeId) {
        if let Some(data) = self.nodes.get_mut(id.index()) {
            data.has_properties = true;
        }
    }

    /// Notes that an alias names a node.
    pub(super) fn set_aliased(&mut self, id: NodeId) {
        self.aliased.push(id);
    }

    /// The node with this id.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// The value of a node, to be changed in place.
    pub fn value_mut(&mut self, id: NodeId) -> Option<&mut Value> {
        self.nodes
            .get_mut(id.0 as usize)
            .map(|data| &mut data.value)
    }

    /// The comments of its texts, each from its `#` to the end of its line, in the order in which
    /// they were read.
    pub fn comments(&self) -> &[(SourceId, Span)] {
        &self.comments
    }

    /// Keeps the comments of a text.
    pub(super) fn add_comments(&mut self, source: SourceId, comments: Vec<Span>) {
        let comments = comments.into_iter().map(|span| (source, span));
        self.comments.extend(comments);
    }

    /// How many nodes there are.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Lets a collection reach to the end of an entry.
    pub(super) fn extend_span(&mut self, id: NodeId, end: u32) {
        if let Some(data) = self.nodes.get_mut(id.index()) {
            data.span.end = data.span.end.max(end);
        }
    }

    fn data(&self, id: NodeId) -> &Data {
        self.nodes.get(id.0 as usize).unwrap_or(&NOTHING)
    }
}

/// One node of a tree.
#[derive(Debug, Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl<'t> Node<'t> {
    /// Its place in the tree; two aliases of one anchor have the same.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// Another node of its tree, for an id out of its value.
    pub fn other(self, id: NodeId) -> Node<'t> {
        self.tree.node(id)
    }

    /// How many nodes its tree has.
    pub(super) fn siblings(self) -> usize {
        self.tree.len()
    }

    /// What Python holds for it.
    pub fn value(self) -> &'t Value {
        &self.tree.data(self.id).value
    }

    /// The text that it was written in.
    pub fn source(self) -> SourceId {
        self.tree.data(self.id).source
    }

    /// Where it stands in that text: a scalar with its quotes, a collection from its first
    /// character to the end of its last entry, without anchor and tag.
    pub fn span(self) -> Span {
        self.tree.data(self.id).span
    }

    /// How it was written.
    pub fn style(self) -> Style {
        self.tree.data(self.id).style
    }

    /// Whether an anchor or a tag stands in front of it.
    pub fn has_properties(self) -> bool {
        self.tree.data(self.id).has_properties
    }

    /// Whether an alias puts it, or something that it is in, in a second place; where there are too
    /// many aliases to look at, it may.
    pub fn is_shared(self) -> bool {
        self.tree.aliased.len() > MANY || self.aliased().any(|span| span.contains(self.span()))
    }

    /// Whether it has too many entries or items to go through them for one of them.
    pub fn is_large(self) -> bool {
        self.entries().len() + self.items().len() + self.lost().take(MANY).count() > MANY
    }

    /// Where the nodes of its text stand that an alias names.
    pub(super) fn aliased(self) -> impl Iterator<Item = Span> {
        let nodes = self.tree.aliased.iter().map(|&id| self.tree.node(id));
        nodes
            .filter(move |node| node.source() == self.source())
            .map(Self::span)
    }

    /// The text of a string.
    pub fn as_str(self) -> Option<&'t str> {
        match self.value() {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is a `dict`.
    pub fn is_map(self) -> bool {
        matches!(self.value(), Value::Map(_))
    }

    /// Whether it is made of other nodes.
    pub fn is_collection(self) -> bool {
        match self.value() {
            Value::List(_) | Value::Pair(..) | Value::Map(_) | Value::Set(_) => true,
            Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Timestamp(_) => false,
        }
    }

    /// Whether it is `None`.
    pub fn is_null(self) -> bool {
        matches!(self.value(), Value::Null)
    }

    /// The items of a `list`; none for anything else.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'t>> {
        let items: &[NodeId] = match self.value() {
            Value::List(items) => items,
            _ => &[],
        };
        items.iter().map(move |&id| self.tree.node(id))
    }

    /// The keys and values of a `dict`, in Python's order; none for anything else.
    pub fn entries(self) -> impl ExactSizeIterator<Item = (Node<'t>, Node<'t>)> {
        let entries: &[Entry] = match self.value() {
            Value::Map(map) => &map.entries,
            _ => &[],
        };
        entries
            .iter()
            .map(move |entry| (self.tree.node(entry.key), self.tree.node(entry.value)))
    }

    /// The entries of a mapping that a later one with the same key hides.
    pub fn lost(self) -> impl Iterator<Item = (Node<'t>, Node<'t>)> {
        let lost: &[Entry] = match self.value() {
            Value::Map(map) => &map.lost,
            _ => &[],
        };
        lost.iter()
            .map(move |entry| (self.tree.node(entry.key), self.tree.node(entry.value)))
    }

    /// The key and value of a `dict` under a text key: Python's `value[key]`.
    pub fn entry(self, key: &str) -> Option<(Node<'t>, Node<'t>)> {
        self.entries().find(|(name, _)| name.as_str() == Some(key))
    }

    /// The value of a `dict` under a text key.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entry(key).map(|(_, value)| value)
    }

    /// Python's `bool(value)`.
    pub fn is_truthy(self) -> bool {
        match self.value() {
            Value::Null => false,
            Value::Bool(value) => *value,
            Value::Int(value) => value.sign() != num_bigint::Sign::NoSign,
            Value::Float(value) => *value != 0.0,
            Value::Str(text) => !text.is_empty(),
            Value::Bytes(bytes) => !bytes.is_empty(),
            Value::List(items) | Value::Set(items) => !items.is_empty(),
            Value::Map(map) => !map.entries.is_empty(),
            Value::Timestamp(_) | Value::Pair(..) => true,
        }
    }

    /// What a person calls its type: `a string`, `null`, `a list`.
    pub fn type_name(self) -> &'static str {
        match self.value() {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Int(_) => "an integer",
            Value::Float(_) => "a number with a fraction",
            Value::Str(_) => "a string",
            Value::Bytes(_) => "bytes",
            Value::Timestamp(_) => "a date",
            Value::List(_) | Value::Pair(..) => "a list",
            Value::Map(_) => "a mapping",
            Value::Set(_) => "a set",
        }
    }
}
