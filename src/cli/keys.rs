//! `keys`: what ConsoleMe can be told.

use std::io::Write;

use clap::Args;

use super::{Status, Streams, explain, table::table};
use crate::consoleme::{Catalogue, Key};
use crate::report::{as_yaml, kind};
use crate::schema::nearest;

const EXAMPLES: &str = "\
Examples:
  consoleme-cfg keys                  all of them
  consoleme-cfg keys cookie           those with `cookie` in their name
  consoleme-cfg keys 'auth.*secure'   `*` is anything in between";

#[derive(Debug, Args)]
#[command(help_template = super::HELP, before_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A part of a key's name, `*` for anything in between. A key that is named alone is shown in
    /// full.
    #[arg(value_name = "PATTERN")]
    pattern: Option<String>,
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
    let keys = Catalogue::keys();
    let pattern = arguments.pattern.as_deref().unwrap_or_default();
    let found: Vec<&Key> = keys
        .iter()
        .filter(|key| matches(pattern, &key.path))
        .collect();
    let named = found
        .iter()
        .find(|key| key.path == pattern && key.at.named().next().is_none());
    match (named, found.as_slice()) {
        (Some(one), _) | (None, [one]) => explain::show(one, streams)?,
        (None, []) => {
            let near = nearest(pattern, keys.iter().map(|key| key.path.as_str()), false);
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            writeln!(
                streams.err,
                "error: no key has `{pattern}` in its name{near}"
            )?;
            return Ok(Status::Usage);
        }
        (None, several) => {
            let rows: Vec<[String; 4]> = several.iter().map(|key| row(key)).collect();
            let heads = ["KEY", "TYPE", "DEFAULT", "DESCRIPTION"];
            table(heads, &rows, in_words, streams)?;
        }
    }
    Ok(Status::Clean)
}

/// Whether the parts of a pattern, between its stars, follow each other in a name.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.to_lowercase(), path.to_lowercase());
    let rest = pattern.split('*').try_fold(path.as_str(), |rest, part| {
        rest.split_once(part).map(|(_, rest)| rest)
    });
    rest.is_some()
}

/// What there is to say of a key beside its name and its description.
fn in_words([_, kind, default, _]: &[String; 4]) -> String {
    match default.as_str() {
        "" => kind.clone(),
        default => format!("{kind}, default {default}"),
    }
}

fn row(key: &Key) -> [String; 4] {
    let at = key.at;
    let default = at.default().map(as_yaml).unwrap_or_default();
    let default = match default.char_indices().nth(24) {
        Some((end, _)) => format!("{}…", default.get(..end).unwrap_or_default()),
        None => default,
    };
    let description = at.description();
    let sentence = description
        .split_once(". ")
        .map_or(description, |(first, _)| first);
    let sentence = sentence.trim_end_matches('.').to_owned();
    [key.path.clone(), kind(at), default, sentence]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_a_part_of_a_name() {
        assert!(matches("", "auth.cookie.secure"));
        assert!(matches("cookie", "auth.cookie.secure"));
        assert!(matches("AUTH.*secure", "auth.cookie.secure"));
        assert!(!matches("secure*auth", "auth.cookie.secure"));
        assert!(!matches("cokie", "auth.cookie.secure"));
    }
}
