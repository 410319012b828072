//! Where `init` writes.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::arguments::Arguments;
use crate::atomic_file::{self, NewFile, Note, Readers, WriteError};
use crate::consoleme::SCHEMA;
use crate::scaffold::{self, Given, Rendered, SecretsPlace};

/// Where the configuration goes.
pub(super) enum Target {
    Stdout,
    Files(Files),
}

/// The files that may be written.
pub(super) struct Files {
    pub configuration: PathBuf,
    pub secrets: PathBuf,
    pub schema: Option<PathBuf>,
}

impl Target {
    pub(super) fn of(arguments: &Arguments) -> Self {
        let path = arguments.output.as_ref().unwrap_or(&arguments.path);
        if path == OsStr::new("-") {
            return Self::Stdout;
        }
        let with_schema = arguments.with_schema;
        Self::Files(Files {
            configuration: path.clone(),
            secrets: path.with_extension("secrets.yaml"),
            schema: with_schema.then(|| path.with_file_name(scaffold::SCHEMA_FILE)),
        })
    }

    /// Whether the files could be written, as far as can be told before anything is asked.
    pub(super) fn check(&self, arguments: &Arguments) -> Result<(), String> {
        match self {
            Self::Stdout if arguments.with_schema => Err("a schema goes into a file beside the configuration, so that cannot go to standard output; name a file, or leave `--with-schema` out".to_owned()),
            Self::Stdout if arguments.online => {
                Err("`--online` checks a file; name one, and not standard output".to_owned())
            }
            Self::Files(files) if !arguments.dry_run => {
                let taken = |path: &Path| atomic_file::check(path, arguments.force);
                taken(&files.configuration)
                    .and_then(|()| files.new_schema().map_or(Ok(()), taken))
                    .map_err(|error| error.to_string())
            }
            _ => Ok(()),
        }
    }

    /// Whether the secrets could be written, where they are given another place than the
    /// configuration.
    pub(super) fn check_secrets(&self, given: &Given, force: bool) -> Result<(), WriteError> {
        let place = given.secrets.as_ref().and_then(|place| place.parse().ok());
        match (self, place) {
            (_, None | Some(SecretsPlace::Inline)) | (Self::Stdout, _) => Ok(()),
            (Self::Files(files), Some(_)) => atomic_file::check(&files.secrets, force),
        }
    }

    /// What the configuration calls the file with its secrets.
    pub(super) fn secrets_name(&self) -> String {
        match self {
            Self::Stdout => String::new(),
            Self::Files(files) => {
                let name = files.secrets.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            }
        }
    }
}

impl Files {
    /// The schema's file, unless it is there already.
    fn new_schema(&self) -> Option<&Path> {
        let schema = self.schema.as_deref();
        schema.filter(|schema| !scaffold::is_schema(schema))
    }

    /// Writes all of them, or none.
    pub(super) fn write(&self, rendered: &Rendered, force: bool) -> Result<Vec<Note>, WriteError> {
        // Without a configuration that names it, a schema does no harm.
        let schema = self.new_schema().map(|path| (path, SCHEMA));
        // The secrets first: a configuration without them is worse than secrets without it.
        let secrets = rendered.secrets.as_ref();
        let secrets = secrets.map(|text| (self.secrets.as_path(), text.reveal()));
        let configuration = (
            self.configuration.as_path(),
            rendered.configuration.reveal(),
        );
        let all = schema.into_iter().chain(secrets).chain([configuration]);
        let files = all.map(|(path, text)| NewFile {
            path,
            bytes: text.as_bytes(),
            readers: Readers::Owner,
        });
        atomic_file::write_all(&files.collect::<Vec<_>>(), force)
    }
}
