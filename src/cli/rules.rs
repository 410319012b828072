//! `rules`: which defects are known.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Status, Streams, table::table};
use crate::rules;

const EXAMPLES: &str = "\
Examples:
  consoleme-cfg rules                 a table of them, by group
  consoleme-cfg rules --format json   the same for programs";

#[derive(Debug, Args)]
#[command(help_template = super::HELP, before_help = EXAMPLES)]
pub(super) struct Arguments {
    /// How to write the list.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    format: FormatName,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    /// A table.
    Human,
    /// A list of objects.
    Json,
}

/// A rule, as a program is told of it.
#[derive(Serialize)]
struct Row {
    id: &'static str,
    group: &'static str,
    severity: &'static str,
    summary: String,
    consoleme: Option<&'static str>,
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
    let mut rows: Vec<Row> = rules::grouped()
        .map(|(group, rule)| Row {
            id: rule.id,
            group,
            severity: rule.severity.name(),
            summary: rule.summary(),
            consoleme: (!rule.consoleme.is_empty()).then_some(rule.consoleme),
        })
        .collect();
    rows.sort_by_key(|row| (row.group, row.id));
    match arguments.format {
        FormatName::Json => {
            serde_json::to_writer_pretty(&mut streams.out, &rows)?;
            writeln!(streams.out)?;
        }
        FormatName::Human => {
            let cells = |row: &Row| {
                let [id, group, severity] = [row.id, row.group, row.severity].map(str::to_owned);
                let summary = row.summary.trim_end_matches('.').to_owned();
                [id, group, severity, summary]
            };
            let rows: Vec<[String; 4]> = rows.iter().map(cells).collect();
            let in_words = |[_, group, severity, _]: &[String; 4]| format!("{group}, {severity}");
            table(
                ["RULE", "GROUP", "SEVERITY", "WHAT IS WRONG"],
                &rows,
                in_words,
                streams,
            )?;
        }
    }
    Ok(Status::Clean)
}
