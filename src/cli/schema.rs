//! `schema`: the catalogue of keys, for editors and other programs, and that of the settings.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::{Status, Streams};
use crate::{consoleme, settings};

pub(super) const EXAMPLES: &str = "\
Examples:
  consoleme-cfg schema > consoleme.schema.json
  consoleme-cfg schema settings > consoleme-cfg.schema.json
  consoleme-cfg init --with-schema    writes it beside a new configuration";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Which file the schema is for.
    #[arg(value_enum, value_name = "FILE", default_value = "configuration")]
    of: Described,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Described {
    /// The configuration of ConsoleMe.
    Configuration,
    /// The team's settings, consoleme-cfg.toml.
    Settings,
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
    let schema = match arguments.of {
        Described::Configuration => consoleme::SCHEMA,
        Described::Settings => settings::SCHEMA,
    };
    streams.out.write_all(schema.as_bytes())?;
    Ok(Status::Clean)
}
