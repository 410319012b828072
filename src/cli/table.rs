//! Tables for people: a line for each row, as wide as it gets; in a terminal that is too narrow,
//! the last column on lines of its own.

use std::io::{self, IsTerminal, Write};

use super::Streams;

/// The last column is not squeezed into fewer characters.
const LEAST: usize = 40;

/// Writes a table of three columns and a text. `in_words` is how a row starts where the text goes
/// under it; the first cell is in bold there.
pub(super) fn table(
    heads: [&str; 4],
    rows: &[[String; 4]],
    in_words: fn(&[String; 4]) -> String,
    streams: &mut Streams,
) -> io::Result<()> {
    let width = |column: fn(&[String; 4]) -> &String, head: &str| {
        let cells = rows.iter().map(column).map(|cell| cell.chars().count());
        cells.chain([head.len()]).max().unwrap_or_default()
    };
    let [head, second_head, third_head, last_head] = heads;
    let first = width(|row| &row[0], head);
    let second = width(|row| &row[1], second_head);
    let third = width(|row| &row[2], third_head);
    let before = first + second + third + 6;
    let columns = columns();
    let bold = anstyle::Style::new().bold();
    let out = &mut streams.out;
    if columns.saturating_sub(before) < LEAST {
        for row in rows {
            let [name, .., text] = row;
            writeln!(out, "{bold}{name}{bold:#}  {}", in_words(row))?;
            writeln!(out, "{}", wrapped(text, columns, 4))?;
        }
        return Ok(());
    }
    writeln!(
        out,
        "{bold}{head:first$}  {second_head:second$}  {third_head:third$}  {last_head}{bold:#}"
    )?;
    for [name, two, three, text] in rows {
        let text = wrapped(text, columns, before);
        let text = text.trim_start();
        writeln!(out, "{name:first$}  {two:second$}  {three:third$}  {text}")?;
    }
    Ok(())
}

/// How wide the terminal is; without end where there is none.
fn columns() -> usize {
    let is_terminal = io::stdout().is_terminal();
    let size = is_terminal.then(terminal_size::terminal_size).flatten();
    size.map_or(usize::MAX, |(terminal_size::Width(columns), _)| {
        columns.into()
    })
}

fn wrapped(text: &str, columns: usize, indent: usize) -> String {
    let indent = " ".repeat(indent);
    let options = textwrap::Options::new(columns)
        .initial_indent(&indent)
        .subsequent_indent(&indent);
    textwrap::fill(text, options)
}
