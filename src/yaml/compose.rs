//! Events → nodes: aliases become the nodes that they name; values are still text.

use std::borrow::Cow;
use std::collections::HashMap;

use super::error::{ReadErrorKind, Refusal};
use super::event::{Before, Kind};
use super::parse::Events;
use super::resolve::{self, Tag};
use super::{Entry, Map, NodeId, SourceId, Span, Style, Tree, Value};

/// How many collections PyYAML surely reads inside one another (ConsoleMe 1.4.0, Python 3.11): the first
/// `RecursionError` comes between 483 and 487, depending on what they are.
pub(super) const DEPTH: usize = 482;

/// A document's nodes; those of other documents in the tree come first.
#[derive(Debug)]
pub(super) struct Composed {
    pub root: Option<NodeId>,
    /// Of all nodes, from the first of this document on.
    pub tags: Vec<Tag>,
    pub first: usize,
    /// Where tags are written.
    pub written_tags: HashMap<NodeId, Span>,
}

/// Takes a text apart into nodes.
pub(super) fn compose(text: &str, source: SourceId, tree: &mut Tree) -> Result<Composed, Refusal> {
    Composer::new(tree, source).compose(text)
}

/// A collection whose end has not been seen.
enum Open {
    List(NodeId, Vec<NodeId>),
    Map(NodeId, Vec<Entry>, Option<NodeId>),
}

struct Composer<'t, 'a> {
    tree: &'a mut Tree,
    source: SourceId,
    open: Vec<Open>,
    anchors: HashMap<&'t str, NodeId>,
    composed: Composed,
}

impl<'t, 'a> Composer<'t, 'a> {
    fn new(tree: &'a mut Tree, source: SourceId) -> Self {
        let first = tree.len();
        Self {
            tree,
            source,
            open: Vec::new(),
            anchors: HashMap::new(),
            composed: Composed {
                root: None,
                tags: Vec::new(),
                first,
                written_tags: HashMap::new(),
            },
        }
    }

    /// Takes the events of a text to their end.
    fn compose(mut self, text: &'t str) -> Result<Composed, Refusal> {
        let mut events = Events::new(text);
        let mut documents = 0;
        loop {
            let event = events.next().map_err(|problem| problem.explain(text))?;
            match event.kind {
                Kind::DocumentStart => {
                    documents += 1;
                    if documents > 1 {
                        return Err(second_document(event.span));
                    }
                }
                Kind::DocumentEnd => {}
                Kind::StreamEnd => {
                    self.tree.add_comments(self.source, events.into_comments());
                    return Ok(self.composed);
                }
                Kind::Alias(name) => {
                    let node = self.anchors.get(name).copied();
                    let node = node.ok_or_else(|| undefined_alias(event.span))?;
                    self.tree.set_aliased(node);
                    self.add(node, event.span);
                }
                Kind::Scalar(properties, text, style) => {
                    let tag = match written_tag(&properties) {
                        None if style == Style::Plain => resolve::implicit(&text),
                        None => Tag::Str,
                        Some("!") => resolve::implicit(&text),
                        Some(name) => resolve::named(name),
                    };
                    let value = scalar(tag, text, style);
                    let node = self.push(value, properties, tag, event.span, style)?;
                    self.add(node, event.span);
                }
                Kind::SequenceStart(properties, style) => {
                    let tag = collection(&properties, Tag::Seq);
                    let value = Value::List(Vec::new());
                    let node = self.push(value, properties, tag, event.span, style)?;
                    self.open(Open::List(node, Vec::new()), event.span)?;
                }
                Kind::MappingStart(properties, style) => {
                    let tag = collection(&properties, Tag::Map);
                    let value = Value::Map(Map::default());
                    let node = self.push(value, properties, tag, event.span, style)?;
                    self.open(Open::Map(node, Vec::new(), None), event.span)?;
                }
                Kind::End => self.close(event.span),
            }
        }
    }

    fn push(
        &mut self,
        value: Value,
        properties: Before<'t>,
        tag: Tag,
        span: Span,
        style: Style,
    ) -> Result<NodeId, Refusal> {
        let node = self.tree.push(value, self.source, span, style);
        if properties.is_some() {
            self.tree.set_properties(node);
        }
        let properties = properties.map_or_else(Default::default, |properties| *properties);
        self.composed.tags.push(tag);
        if let Some((_, span)) = properties.tag {
            self.composed.written_tags.insert(node, span);
        }
        if let Some((name, span)) = properties.anchor
            && self.anchors.insert(name, node).is_some()
        {
            return Err(Refusal::new(
                ReadErrorKind::Anchor,
                span,
                "the name of this anchor is taken",
                "Give each anchor a name of its own.",
            ));
        }
        Ok(node)
    }

    fn open(&mut self, open: Open, span: Span) -> Result<(), Refusal> {
        if self.open.len() >= DEPTH {
            return Err(Refusal::new(
                ReadErrorKind::Depth,
                span,
                format!(
                    "nested deeper than {DEPTH} levels, which Python answers with a RecursionError"
                ),
                "Nest less deeply.",
            ));
        }
        self.open.push(open);
        Ok(())
    }

    /// Puts a complete node where it belongs.
    fn add(&mut self, node: NodeId, span: Span) {
        match self.open.last_mut() {
            None => self.composed.root = Some(node),
            Some(Open::List(list, items)) => {
                items.push(node);
                self.tree.extend_span(*list, span.end);
            }
            Some(Open::Map(map, entries, key)) => {
                match key.take() {
                    None => *key = Some(node),
                    Some(key) => entries.push(Entry { key, value: node }),
                }
                self.tree.extend_span(*map, span.end);
            }
        }
    }

    fn close(&mut self, span: Span) {
        let (node, value) = match self.open.pop() {
            None => return,
            Some(Open::List(node, items)) => (node, Value::List(items)),
            Some(Open::Map(node, entries, _)) => {
                let map = Map {
                    entries,
                    lost: Vec::new(),
                };
                (node, Value::Map(map))
            }
        };
        if let Some(place) = self.tree.value_mut(node) {
            *place = value;
        }
        if self.tree.node(node).style() == Style::Flow {
            self.tree.extend_span(node, span.end);
        }
        self.add(node, self.tree.node(node).span());
    }
}

/// A scalar's text; or its value already, where that text can be read again in the source.
fn scalar(tag: Tag, text: Cow<'_, str>, style: Style) -> Value {
    let value = match (&text, tag) {
        (Cow::Borrowed(text), Tag::Null | Tag::Bool | Tag::Int | Tag::Float | Tag::Timestamp)
            if style == Style::Plain =>
        {
            super::scalar::construct(tag, text).ok()
        }
        _ => None,
    };
    value.unwrap_or_else(|| Value::Str(text.into()))
}

fn written_tag<'e>(properties: &'e Before<'_>) -> Option<&'e str> {
    let (name, _) = properties.as_ref()?.tag.as_ref()?;
    Some(name)
}

fn collection(properties: &Before<'_>, default: Tag) -> Tag {
    match written_tag(properties) {
        None | Some("!") => default,
        Some(name) => resolve::named(name),
    }
}

fn second_document(span: Span) -> Refusal {
    Refusal::new(
        ReadErrorKind::SecondDocument,
        span,
        "a second document starts here, and only one is read",
        "Remove the `---` and bring both under one set of keys, or move the second to a file of its own.",
    )
}

fn undefined_alias(span: Span) -> Refusal {
    Refusal::new(
        ReadErrorKind::Alias,
        span,
        "a text without quotes that starts with `*` stands for an anchor, and there is none of this name",
        "Put the whole text in quotes, or write the anchor in front of the value that is meant.",
    )
}
