//! Which `consoleme-cfg.toml` goes with the files of a run.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Streams, source};
use crate::report;
use crate::settings::{self, FILE_NAME, Settings, SettingsError};

/// The options for it.
#[derive(Debug, Args)]
pub(super) struct SettingsArguments {
    /// The file with the team's settings. Without it: consoleme-cfg.toml in the folder of what is
    /// checked, or in the nearest folder above, up to the root of the repository.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Look for no consoleme-cfg.toml.
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

/// Why there are no settings to go by.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Two files of one run go by different settings.
    Several(String),
    /// The file cannot be used.
    Unusable(SettingsError),
}

impl Refusal {
    /// Says why.
    ///
    /// # Errors
    /// Standard error cannot be written to.
    pub(super) fn show(&self, streams: &mut Streams) -> io::Result<()> {
        match self {
            Self::Unusable(SettingsError::Wrong {
                path,
                text,
                problem,
            }) => report::refusal(
                path,
                text,
                problem.span.clone(),
                &problem.message,
                &problem.help,
                &mut streams.err,
            ),
            Self::Unusable(error) => writeln!(streams.err, "error: {error}"),
            Self::Several(sentence) => writeln!(streams.err, "error: {sentence}"),
        }
    }
}

impl SettingsArguments {
    /// The settings for these files, and the file that they come from.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub(super) fn read(
        &self,
        paths: &[PathBuf],
        stdin_filename: Option<&Path>,
    ) -> Result<(Option<PathBuf>, Settings), Refusal> {
        let file = match &self.config {
            Some(file) => Some(file.clone()),
            None if self.no_config => None,
            None => find(paths, stdin_filename)?,
        };
        match file {
            Some(file) => match settings::load(&file) {
                Ok(settings) => Ok((Some(file), settings)),
                Err(error) => Err(Refusal::Unusable(error)),
            },
            None => Ok((None, Settings::default())),
        }
    }
}

/// What a flag says, or else the settings.
pub(super) fn either<'s, T>(flag: &'s [T], setting: &'s [T]) -> &'s [T] {
    if flag.is_empty() { setting } else { flag }
}

/// The one file of settings that all paths go by.
fn find(paths: &[PathBuf], stdin_filename: Option<&Path>) -> Result<Option<PathBuf>, Refusal> {
    let mut by_folder: HashMap<PathBuf, Option<PathBuf>> = HashMap::new();
    let mut first: Option<(&PathBuf, Option<PathBuf>)> = None;
    for path in paths {
        let named = source::name(path.clone(), stdin_filename);
        let folder = named.parent().unwrap_or(Path::new("")).to_owned();
        let found = by_folder.entry(folder);
        let found = found.or_insert_with_key(|folder| settings::find(folder));
        match &first {
            None => first = Some((path, found.clone())),
            Some((other, theirs)) if theirs != found => {
                let by = |found: &Option<PathBuf>| match found {
                    Some(file) => file.display().to_string(),
                    None => format!("no {FILE_NAME}"),
                };
                return Err(Refusal::Several(format!(
                    "{} goes by {}, and {} by {}; check them one after the other, or name one file for both with `--config FILE`",
                    other.display(),
                    by(theirs),
                    path.display(),
                    by(found)
                )));
            }
            Some(_) => {}
        }
    }
    Ok(first.and_then(|(_, found)| found))
}
