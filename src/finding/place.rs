use crate::consoleme::Config;
use crate::yaml::{Node, SourceId, Span};

/// Where a finding points, and the key that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which text.
    pub source: SourceId,
    /// Which characters of it.
    pub span: Span,
    /// The dotted key, list items as `[0]`; empty for the whole file.
    pub key: String,
    /// Whether the key is not there, and the place is the mapping that lacks it.
    pub missing: bool,
}

impl Place {
    /// A node, with the key that leads to it.
    pub fn of(node: Node<'_>, key: impl Into<String>) -> Self {
        Self {
            source: node.source(),
            span: node.span(),
            key: key.into(),
            missing: false,
        }
    }

    /// Characters that no node stands for, such as those that end the reading.
    pub fn at(source: SourceId, span: Span, key: impl Into<String>) -> Self {
        Self {
            source,
            span,
            key: key.into(),
            missing: false,
        }
    }

    /// The mapping that lacks a key: the name of the innermost one that is there, or the first
    /// name of the file.
    pub fn missing(config: &Config, key: &str) -> Self {
        let mut at = config.root();
        let mut name = at.entries().next().map_or(at, |(first, _)| first);
        for part in key.split('.') {
            match at.entry(part) {
                Some((key, value)) if value.is_map() => (name, at) = (key, value),
                _ => break,
            }
        }
        Self {
            missing: true,
            ..Self::of(name, key)
        }
    }

    /// The name under which a value stands, rather than the value.
    pub fn name(config: &Config, key: &str) -> Self {
        let (parents, last) = key.rsplit_once('.').unwrap_or(("", key));
        let parent = if parents.is_empty() {
            Some(config.root())
        } else {
            config.get(parents).ok().flatten()
        };
        match parent.and_then(|parent| parent.entry(last)) {
            Some((name, _)) => Self::of(name, key),
            None => Self::missing(config, key),
        }
    }

    /// Whether both are the same characters, and none is about a key that is not there.
    pub fn is_same_span(&self, other: &Self) -> bool {
        !self.missing && !other.missing && (self.source, self.span) == (other.source, other.span)
    }

    /// Whether it is about a key that is not there, and that is this one or inside it.
    pub fn is_missing_in(&self, key: &str) -> bool {
        self.missing && is_inside(key, &self.key)
    }

    /// Whether a finding about one of two places tells of a defect at the other too: they are the
    /// same, or one key is inside the other.
    pub fn is_same_matter(&self, other: &Self) -> bool {
        self.is_same_span(other)
            || is_inside(&self.key, &other.key)
            || is_inside(&other.key, &self.key)
    }
}

/// Whether a key is another one or inside it.
fn is_inside(outer: &str, inner: &str) -> bool {
    !outer.is_empty()
        && inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
