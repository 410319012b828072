//! `explain`: all that is known of a rule or a key.

use std::io::Write;

use clap::Args;

use super::{Status, Streams};
use crate::consoleme::{Catalogue, Key};
use crate::report;
use crate::rules;
use crate::schema::nearest;

const EXAMPLES: &str = "\
Examples:
  consoleme-cfg explain client-scope-is-a-string
  consoleme-cfg explain oidc_secrets.client_scope";

#[derive(Debug, Args)]
#[command(help_template = super::HELP, before_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A rule, such as client-scope-is-a-string, or a key, such as oidc_secrets.client_scope.
    #[arg(value_name = "RULE|KEY")]
    name: String,
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
    let name = arguments.name.as_str();
    if let Some(rule) = rules::all().find(|rule| rule.id == name) {
        report::markdown(&report::rule_page(rule), &mut streams.out)?;
        return Ok(Status::Clean);
    }
    let keys = Catalogue::keys();
    let listed = keys.iter().find(|key| key.path == name).cloned();
    let free = || {
        let (path, at) = (name.to_owned(), Catalogue::at(name)?);
        Some(Key { path, at })
    };
    if let Some(key) = listed.or_else(free) {
        show(&key, streams)?;
        return Ok(Status::Clean);
    }
    let rules = rules::all().map(|rule| rule.id);
    let paths = keys.iter().map(|key| key.path.as_str());
    let ending = format!(".{name}");
    let whole = paths.clone().find(|path| path.ends_with(&ending));
    let near = whole.or_else(|| nearest(name, rules.chain(paths), false));
    match near {
        Some(near) => writeln!(
            streams.err,
            "error: no rule and no key is called `{name}`; did you mean `{near}`?"
        )?,
        None => writeln!(
            streams.err,
            "error: no rule and no key is called `{name}`; `consoleme-cfg rules` and `consoleme-cfg keys` list them"
        )?,
    }
    Ok(Status::Usage)
}

/// Shows a key in full.
pub(super) fn show(key: &Key, streams: &mut Streams) -> anyhow::Result<()> {
    let page = format!("# {}\n\n{}", key.path, report::key_page(key));
    report::markdown(&page, &mut streams.out)?;
    Ok(())
}
