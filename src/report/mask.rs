//! What may be shown of a text: everything but its secrets.

use std::cmp::Reverse;

use url::{Url, form_urlencoded};

use crate::consoleme::{Catalogue, Config, SHORTEST_GUESSED, Secrets, Source};
use crate::secret::Secret;
use crate::yaml::{SourceId, Span};

/// The texts of a configuration with every secret starred out, by path and by value.
pub struct Mask {
    texts: Vec<String>,
    values: Vec<Secret>,
}

impl Mask {
    /// The mask of a configuration, or of texts that could not be read as one.
    pub fn of(read: &Result<Config, Vec<Source>>) -> Self {
        match read {
            Ok(config) => Self::of_config(config),
            Err(sources) => Self::of_unread(sources),
        }
    }

    /// The mask of a configuration.
    pub fn of_config(config: &Config) -> Self {
        let secrets = Secrets::of(config);
        let mut mask = Self {
            texts: Vec::new(),
            values: secrets.values().iter().flat_map(spellings).collect(),
        };
        for (source, id) in config.sources().iter().zip(0..) {
            let here = secrets
                .nodes()
                .iter()
                .filter(|node| node.source() == SourceId(id));
            let text = here.fold(source.text.clone(), |text, node| {
                starred(&text, node.span())
            });
            let places = secrets.places().iter();
            let places = places.filter(|node| node.source() == SourceId(id));
            let text = places.fold(text, |text, node| without_comment(text, node.span()));
            mask.texts.push(mask.hidden(&text));
        }
        mask
    }

    /// Of texts that could not be read nobody knows where the secrets are:
    /// whatever follows the name of a secret key is hidden, up to the next line that is not
    /// indented more, and so are its long words wherever else they stand.
    fn of_unread(sources: &[Source]) -> Self {
        let names = Catalogue::secret_names();
        let mut words = Vec::new();
        let texts: Vec<String> = sources
            .iter()
            .map(|source| star_after(&source.text, names, &mut words))
            .collect();
        words.sort_by_key(|word| (Reverse(word.len()), *word));
        words.dedup();
        let mut mask = Self {
            texts: Vec::new(),
            values: words
                .into_iter()
                .map(|word| Secret::from(word.to_owned()))
                .collect(),
        };
        mask.texts = texts.iter().map(|text| mask.hidden(text)).collect();
        mask
    }

    /// A source's text, byte for byte as long as it was.
    pub(super) fn source(&self, id: SourceId) -> Option<&str> {
        self.texts.get(id.0 as usize).map(String::as_str)
    }

    /// Any other text, without the values of the secrets, and without characters that would do
    /// something to a terminal.
    pub fn text(&self, text: &str) -> String {
        let harmless = |c: char| match c {
            '\n' | '\t' => c,
            _ if c.is_control() => '\u{fffd}',
            _ => c,
        };
        self.hidden(text).chars().map(harmless).collect()
    }

    /// The same, where it is to be one line.
    pub fn line(&self, text: &str) -> String {
        self.text(text).replace(['\n', '\t'], "\u{fffd}")
    }

    /// A text without the values of the secrets.
    pub fn hidden(&self, text: &str) -> String {
        let hide = |text: String, secret: &Secret| {
            let secret = secret.reveal();
            if text.contains(secret) {
                text.replace(secret, &"*".repeat(secret.len()))
            } else {
                text
            }
        };
        self.values.iter().fold(text.to_owned(), hide)
    }
}

/// A secret as it is, and as it stands in a query and in a path.
fn spellings(secret: &Secret) -> impl Iterator<Item = Secret> {
    let secret = secret.reveal();
    let in_query = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let mut spellings = vec![in_query, secret.to_owned()];
    if let Ok(mut url) = Url::parse("https://localhost") {
        url.set_path(secret);
        let path = url.path();
        let path = path.strip_prefix('/').unwrap_or(path);
        // A path loses its dots, and what is left may be any short word.
        spellings.extend(Some(path.to_owned()).filter(|path| path.len() >= secret.len()));
    }
    // One that is inside another is looked for after that.
    spellings.sort_by_key(|spelling| Reverse(spelling.len()));
    spellings.dedup();
    spellings.into_iter().map(Secret::from)
}

/// The text with stars instead of the characters of a span, as many bytes.
fn starred(text: &str, span: Span) -> String {
    let (start, end) = (span.start as usize, span.end as usize);
    match (text.get(..start), text.get(start..end), text.get(end..)) {
        (Some(before), Some(hidden), Some(after)) => format!("{before}{}{after}", stars(hidden)),
        _ => text.to_owned(),
    }
}

/// The text without the comment behind a span: beside a stand-in it may be what it stands for.
fn without_comment(text: String, span: Span) -> String {
    let rest = text.get(span.end as usize..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let Some(start) = line.find(" #").and_then(|at| u32::try_from(at).ok()) else {
        return text;
    };
    let length = u32::try_from(line.len()).unwrap_or_default();
    let comment = Span {
        start: span.end + start + 2,
        end: span.end + length,
    };
    starred(&text, comment)
}

/// Stars for everything but line breaks and the white space around each line.
fn stars(text: &str) -> String {
    let star = |c: char| match c {
        '\n' | '\r' => c.to_string(),
        _ => "*".repeat(c.len_utf8()),
    };
    text.chars().map(star).collect()
}

/// The text without what follows secret names, and the long words of that.
fn star_after<'t>(text: &'t str, names: &[String], words: &mut Vec<&'t str>) -> String {
    let mut out = String::with_capacity(text.len());
    // The indentation of the secret key that the lines at hand belong to.
    let mut within: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if within.is_some_and(|outer| !line.trim().is_empty() && indent <= outer) {
            within = None;
        }
        let known = names
            .iter()
            .filter_map(|name| Some(line.find(name.as_str())? + name.len()));
        let word = line.split(':').next().unwrap_or_default();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let alike = Catalogue::is_like_a_secret(bare).then_some(word.len());
        let named = known.chain(alike).min().map(|end| {
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
        let hidden = line.get(shown..).unwrap_or(line);
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '{' | '}' | '[' | ']' | ',');
        words.extend(
            hidden
                .split(ends)
                .filter(|word| word.len() >= SHORTEST_GUESSED),
        );
        out.push_str(&stars(hidden));
    }
    out
}
