//! What may be shown of a text: everything but its secrets.

use std::collections::HashSet;

use crate::cognito::has_placeholder_word;
use crate::consoleme::{Catalogue, Config, Source};
use crate::yaml::{Node, NodeId, SourceId, Span};

/// Shorter values stand in too many places for other reasons to be hidden wherever they occur.
const SHORTEST: usize = 4;

/// The texts of a configuration with every secret starred out, by path and by value.
#[derive(Debug, Default)]
pub(super) struct Mask {
    texts: Vec<String>,
    secrets: Vec<zeroize::Zeroizing<String>>,
}

impl Mask {
    /// The mask of a configuration, or of texts that could not be read as one.
    pub(super) fn of(read: &Result<Config, Vec<Source>>) -> Self {
        match read {
            Ok(config) => Self::of_read(config),
            Err(sources) => Self::of_unread(sources),
        }
    }

    fn of_read(config: &Config) -> Self {
        let mut found = Found::default();
        for root in config.roots() {
            found.enter(root, Some(Catalogue::root()), false);
        }
        // A secret that is a word of the keys' names is no secret; hiding it would hide the keys.
        let names = Catalogue::secret_names();
        let is_word = |text: &str| names.iter().any(|name| name.contains(text));
        let secrets: Vec<_> = found
            .spans
            .iter()
            .flat_map(|node| [node.as_str(), Some(config.written(*node))])
            .flatten()
            .map(|text| text.trim_matches(['"', '\'']))
            .filter(|text| text.len() >= SHORTEST && !is_word(text))
            .map(|text| zeroize::Zeroizing::new(text.to_owned()))
            .collect();
        let mut mask = Self {
            texts: Vec::new(),
            secrets,
        };
        for (source, id) in config.sources().iter().zip(0..) {
            let here = found
                .spans
                .iter()
                .filter(|node| node.source() == SourceId(id));
            let starred = here.fold(source.text.clone(), |text, node| {
                starred(&text, node.span())
            });
            mask.texts.push(mask.text(&starred));
        }
        mask
    }

    /// Of texts that could not be read nobody knows where the secrets are:
    /// whatever follows the name of a secret key is hidden, up to the next line that is not
    /// indented more.
    fn of_unread(sources: &[Source]) -> Self {
        let names = Catalogue::secret_names();
        let texts = sources
            .iter()
            .map(|source| star_after(&source.text, &names))
            .collect();
        Self {
            texts,
            secrets: Vec::new(),
        }
    }

    /// A source's text, byte for byte as long as it was.
    pub(super) fn source(&self, id: SourceId) -> Option<&str> {
        self.texts.get(id.0 as usize).map(String::as_str)
    }

    /// Any other text, without the values of the secrets.
    pub(super) fn text(&self, text: &str) -> String {
        let hide = |text: String, secret: &zeroize::Zeroizing<String>| {
            if text.contains(secret.as_str()) {
                text.replace(secret.as_str(), &"*".repeat(secret.len()))
            } else {
                text
            }
        };
        self.secrets.iter().fold(text.to_owned(), hide)
    }
}

/// The secret values of a tree.
#[derive(Default)]
struct Found<'c> {
    spans: Vec<Node<'c>>,
    entered: HashSet<(NodeId, bool)>,
}

impl<'c> Found<'c> {
    /// Goes through a value. Where a value is not of the kind that the catalogue expects, such as a
    /// text where a section with a secret belongs, all of it counts as secret.
    fn enter(&mut self, root: Node<'c>, catalogue: Option<Catalogue>, hidden: bool) {
        let mut waiting = vec![(root, catalogue, hidden)];
        while let Some((node, catalogue, hidden)) = waiting.pop() {
            let hidden = hidden || catalogue.is_some_and(Catalogue::is_secret);
            let mixed = catalogue.is_some_and(Catalogue::holds_secret);
            let (maps, lists) = (node.is_map(), node.items().len() > 0);
            if !maps && !lists {
                let stand_in = node.as_str().is_some_and(has_placeholder_word);
                if (hidden || mixed) && !node.is_null() && !stand_in {
                    self.spans.push(node);
                }
                continue;
            }
            if !self.entered.insert((node.id(), hidden)) {
                continue;
            }
            for (key, value) in node.entries().chain(node.lost()) {
                let below = key.as_str().and_then(|name| catalogue?.key(name));
                waiting.push((value, below, hidden));
            }
            for item in node.items() {
                let below = catalogue.and_then(Catalogue::item);
                waiting.push((item, below, hidden || (mixed && below.is_none())));
            }
        }
    }
}

/// The text with stars instead of the characters of a span, as many bytes.
fn starred(text: &str, span: Span) -> String {
    let (start, end) = (span.start as usize, span.end as usize);
    match (text.get(..start), text.get(start..end), text.get(end..)) {
        (Some(before), Some(hidden), Some(after)) => format!("{before}{}{after}", stars(hidden)),
        _ => text.to_owned(),
    }
}

/// Stars for everything but line breaks and the white space around each line.
fn stars(text: &str) -> String {
    let star = |c: char| match c {
        '\n' | '\r' => c.to_string(),
        _ => "*".repeat(c.len_utf8()),
    };
    text.chars().map(star).collect()
}

fn star_after(text: &str, names: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    // The indentation of the secret key that the lines at hand belong to.
    let mut within: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if within.is_some_and(|outer| !line.trim().is_empty() && indent <= outer) {
            within = None;
        }
        let named = names
            .iter()
            .filter_map(|name| Some(line.find(name.as_str())? + name.len()))
            .min()
            .map(|end| {
                let rest = line.get(end..).unwrap_or_default();
                // The name may stand in quotes, and has its colon.
                let sign = |c: char| matches!(c, '"' | '\'' | ':' | ' ' | '\t');
                end + rest.len() - rest.trim_start_matches(sign).len()
            });
        let shown = match (within, named) {
            (Some(_), _) => indent,
            (None, Some(end)) => {
                within = Some(indent);
                end
            }
            (None, None) => line.len(),
        };
        out.push_str(line.get(..shown).unwrap_or_default());
        out.push_str(&stars(line.get(shown..).unwrap_or(line)));
    }
    out
}
