//! `show`: the configuration as ConsoleMe will see it.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Status, Streams, source};
use crate::consoleme::{self, Catalogue, Config, Failure, Origin, Secrets};
use crate::report::Mask;
use crate::yaml::{self, Node, WriteError};

const EXAMPLES: &str = "\
Examples:
  consoleme-cfg show                  all that ConsoleMe would hold, secrets masked
  consoleme-cfg show --origin         and which file and line each value is from
  # what it holds under a key
  consoleme-cfg show consoleme.yaml oidc_secrets.client_scope";

#[derive(Debug, Args)]
#[command(help_template = super::HELP, before_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The file; `-` is standard input. Without it: where ConsoleMe itself looks.
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,

    /// Only what stands under this dotted key, such as oidc_secrets.client_scope.
    #[arg(value_name = "KEY")]
    key: Option<String>,

    /// Say of each value which file and line it came from.
    #[arg(long)]
    origin: bool,

    /// How to write the values.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "yaml")]
    format: Format,

    /// Show secrets too.
    #[arg(long)]
    reveal_secrets: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One entry a line.
    Yaml,
    /// As Python's json.dumps writes it.
    Json,
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
    let load = match source::load(arguments.path.as_deref(), None) {
        Ok(load) => load,
        Err(error) => return unexamined(streams, &error.to_string()),
    };
    let config = match load.result {
        Ok(config) => config,
        Err(failure) => {
            let error = &failure.error;
            let name = error.path.display().to_string();
            let named = arguments.path.as_deref().unwrap_or(config_path(&failure));
            let named = named.to_string_lossy();
            let why = if error.kind.is_unexamined() {
                format!("{name}: {}", error.kind)
            } else {
                format!(
                    "{name}: ConsoleMe does not start with this file; `consoleme-cfg validate {}` says why and where",
                    shell_words::quote(&named)
                )
            };
            return unexamined(streams, &why);
        }
    };
    let key = arguments.key.as_deref().unwrap_or_default();
    let node = match lookup(&config, key) {
        Ok(node) => node,
        Err(message) => {
            writeln!(streams.err, "error: {message}")?;
            return Ok(Status::Findings);
        }
    };
    let secrets = if arguments.reveal_secrets {
        Secrets::default()
    } else {
        Secrets::of(&config)
    };
    let mask = |_: &str, node: Node<'_>| secrets.hold(node);
    let written = if arguments.origin {
        consoleme::origins(&config, node, key, &mask)
            .map(|origins| listed(&origins, arguments.format))
    } else {
        write(node, key, &mask, arguments.format)
    };
    match written {
        Ok(text) => {
            // A secret may stand in a key too.
            let text = if arguments.reveal_secrets {
                text
            } else {
                Mask::of_config(&config).hidden(&text)
            };
            streams.out.write_all(text.as_bytes())?;
            Ok(Status::Clean)
        }
        Err(error) => unexamined(streams, &format!("{}: {error}", config.path().display())),
    }
}

fn config_path(failure: &Failure) -> &Path {
    failure
        .sources
        .first()
        .map_or(Path::new(""), |named| &named.name)
}

/// What `config.get` gives for a key, or a sentence on why it gives nothing.
fn lookup<'c>(config: &'c Config, key: &str) -> Result<Node<'c>, String> {
    if key.is_empty() {
        return Ok(config.root());
    }
    match config.get(key) {
        Ok(Some(node)) => Ok(node),
        Ok(None) => {
            let default = Catalogue::at(key).and_then(|key| key.annotation("default"));
            let default = default.map_or_else(String::new, |value| format!(" `{value}`"));
            Err(format!(
                "`{key}` is not set; ConsoleMe takes its own default{default}"
            ))
        }
        Err(error) => {
            // Not the value itself: it may be a secret.
            let parts = || key.match_indices('.').filter_map(|(at, _)| key.get(..at));
            let scalar = |part: &&str| matches!(config.get(part), Ok(Some(node)) if !node.is_map());
            let part = parts().find(scalar).unwrap_or(key);
            let what = error.value.type_name();
            Err(format!(
                "`{part}` is {what}; ConsoleMe looks for `{key}` in it and fails with a TypeError"
            ))
        }
    }
}

fn write(
    node: Node<'_>,
    key: &str,
    mask: &yaml::Mask<'_>,
    format: Format,
) -> Result<String, WriteError> {
    match format {
        Format::Yaml => yaml::to_yaml(node, key, mask).map(closed),
        Format::Json => yaml::to_json(node, key, mask).map(closed),
    }
}

/// A text whose last line ends.
fn closed(text: String) -> String {
    if text.ends_with('\n') {
        text
    } else {
        text + "\n"
    }
}

fn listed(origins: &[Origin<'_>], format: Format) -> String {
    let line = |origin: &Origin<'_>| {
        let Origin {
            key,
            value,
            file,
            position,
        } = origin;
        let (line, column) = (position.line, position.column);
        match format {
            Format::Yaml => format!("{}:{line}:{column}: {key}: {value}\n", file.display()),
            Format::Json => {
                let file = file.to_string_lossy();
                let origin = json!({ "key": key, "value": value, "file": file, "line": line, "column": column });
                format!("{origin}\n")
            }
        }
    };
    origins.iter().map(line).collect()
}

fn unexamined(streams: &mut Streams, message: &str) -> anyhow::Result<Status> {
    writeln!(streams.err, "error: {message}")?;
    Ok(Status::Unexamined)
}
