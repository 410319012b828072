//! Which file and line each value of a configuration came from.

use crate::consoleme::Config;
use crate::yaml::{self, Lines, Mask, Node, Position, Visit, WriteError};

/// A value that is no collection, or an empty one.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin<'c> {
    /// Its path: `a.b[0].c`.
    pub key: String,
    /// It as JSON.
    pub value: String,
    /// The file that it came from.
    pub file: &'c std::path::Path,
    /// Where it stands there.
    pub position: Position,
}

/// The origins of all values below a node whose path is `path`.
///
/// # Errors
/// As [`yaml::to_json`].
pub fn origins<'c>(
    config: &'c Config,
    node: Node<'c>,
    path: &str,
    mask: &Mask<'_>,
) -> Result<Vec<Origin<'c>>, WriteError> {
    let sources = config.sources();
    let lines: Vec<Lines<'_>> = sources
        .iter()
        .map(|source| Lines::new(&source.text))
        .collect();
    let mut origins = Vec::new();
    yaml::walk(node, path, mask, &mut |visit, key| {
        let node = match visit {
            Visit::Leaf(node) | Visit::Hidden(node) => node,
            Visit::Open(node) if !node.is_truthy() => node,
            _ => return Ok(()),
        };
        let source = node.source().0 as usize;
        if let (Some(source), Some(lines)) = (sources.get(source), lines.get(source)) {
            origins.push(Origin {
                key: key.to_owned(),
                value: yaml::to_json(node, key, mask)?,
                file: &source.name,
                position: lines.position(node.span().start),
            });
        }
        Ok(())
    })?;
    Ok(origins)
}
