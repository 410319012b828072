//! `keys`: what ConsoleMe can be told.

use std::io::{self, IsTerminal, Write};

use clap::Args;

use super::{Status, Streams, explain};
use crate::consoleme::{Catalogue, Key};
use crate::report::{as_yaml, kind};
use crate::schema::nearest;

/// List the keys that ConsoleMe knows.
#[derive(Debug, Args)]
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
        (None, several) => table(several, streams)?,
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

/// One line for each key, as wide as it gets; in a terminal that is too narrow, the description on
/// lines of its own.
fn table(keys: &[&Key], streams: &mut Streams) -> io::Result<()> {
    let rows: Vec<[String; 4]> = keys.iter().map(|key| row(key)).collect();
    let heads = ["KEY", "TYPE", "DEFAULT", "DESCRIPTION"].map(str::to_owned);
    let width = |column: fn(&[String; 4]) -> &String| {
        let cells = rows.iter().chain([&heads]).map(column);
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths = [
        width(|row| &row[0]),
        width(|row| &row[1]),
        width(|row| &row[2]),
    ];
    let before: usize = widths.iter().map(|width| width + 2).sum();
    let terminal = io::stdout()
        .is_terminal()
        .then(terminal_size::terminal_size)
        .flatten();
    let columns = terminal.map_or(usize::MAX, |(terminal_size::Width(columns), _)| {
        columns.into()
    });
    let bold = anstyle::Style::new().bold();
    let out = &mut streams.out;
    if columns.saturating_sub(before) < LEAST {
        for [key, kind, default, description] in &rows {
            let default = if default.is_empty() {
                ""
            } else {
                &format!(", default {default}")
            };
            writeln!(out, "{bold}{key}{bold:#}  {kind}{default}")?;
            writeln!(out, "{}", wrapped(description, columns, 4))?;
        }
        return Ok(());
    }
    let [first, second, third] = widths;
    let [key, kind, default, description] = &heads;
    writeln!(
        out,
        "{bold}{key:first$}  {kind:second$}  {default:third$}  {description}{bold:#}"
    )?;
    for [key, kind, default, description] in &rows {
        let description = wrapped(description, columns, before);
        let description = description.trim_start();
        writeln!(
            out,
            "{key:first$}  {kind:second$}  {default:third$}  {description}"
        )?;
    }
    Ok(())
}

/// A description is not squeezed into fewer columns.
const LEAST: usize = 40;

fn wrapped(text: &str, columns: usize, indent: usize) -> String {
    let indent = " ".repeat(indent);
    let options = textwrap::Options::new(columns)
        .initial_indent(&indent)
        .subsequent_indent(&indent);
    textwrap::fill(text, options)
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
