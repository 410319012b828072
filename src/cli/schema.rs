//! `schema`: the catalogue of keys, for editors and other programs.

use std::io::Write;

use super::{Status, Streams};
use crate::consoleme::SCHEMA;

pub(super) const EXAMPLES: &str = "\
Examples:
  consoleme-cfg schema > consoleme.schema.json
  consoleme-cfg init --with-schema    writes it beside a new configuration";

pub(super) fn run(streams: &mut Streams) -> anyhow::Result<Status> {
    streams.out.write_all(SCHEMA.as_bytes())?;
    Ok(Status::Clean)
}
