//! What a text consists of, one event after the other.

use std::borrow::Cow;

use super::{Span, Style};

/// A step through the tree of a text.
#[derive(Debug)]
pub(super) struct Event<'t> {
    pub kind: Kind<'t>,
    /// The node's own characters, without anchor and tag.
    pub span: Span,
}

#[derive(Debug)]
pub(super) enum Kind<'t> {
    DocumentStart,
    DocumentEnd,
    StreamEnd,
    Alias(&'t str),
    Scalar(Before<'t>, Cow<'t, str>, Style),
    SequenceStart(Before<'t>, Style),
    MappingStart(Before<'t>, Style),
    /// Of a sequence or a mapping.
    End,
}

/// What stands before a node; mostly nothing.
pub(super) type Before<'t> = Option<Box<Properties<'t>>>;

/// What may stand before a node.
#[derive(Debug, Default)]
pub(super) struct Properties<'t> {
    pub anchor: Option<(&'t str, Span)>,
    /// In full: `tag:yaml.org,2002:str`.
    pub tag: Option<(Cow<'t, str>, Span)>,
}
