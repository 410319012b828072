//! What `init` is given before it asks: flags, a file of answers, and the client secret from where it
//! stands.

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use anyhow::Context as _;
use zeroize::Zeroizing;

use super::arguments::Arguments;
use crate::consoleme::Environment;
use crate::input_file::{self, FileError};
use crate::scaffold::{self, Given};
use crate::secret::Secret;

/// As many bytes as no secret has.
const TOO_LONG: u64 = 1 << 16;

/// The variable that the client secret may stand in.
pub(super) const SECRET_VARIABLE: &str = "CONSOLEME_CFG_CLIENT_SECRET";

/// Flags go before the file of answers.
pub(super) fn gather(arguments: Arguments) -> anyhow::Result<Given> {
    let from_file = match &arguments.answers {
        Some(path) => scaffold::answers_file(path).with_context(|| path.display().to_string())?,
        None => Given::default(),
    };
    let given = Given {
        client_secret: secret(arguments.client_secret_file.as_deref())?,
        pool_id: arguments.pool_id,
        client_id: arguments.client_id,
        scopes: arguments.scopes,
        url: arguments.url,
        admin: arguments.admin,
        group_admins: arguments.group_admins,
        accounts: arguments.accounts,
        region: arguments.region,
        environment: arguments.environment.map(Environment::from),
        secrets: arguments.secrets,
    };
    Ok(given.or(from_file))
}

/// The client secret, from the file or the variable. One line break at the end of the file belongs
/// to the file; everything else belongs to the secret.
fn secret(file: Option<&Path>) -> anyhow::Result<Option<Secret>> {
    let Some(file) = file else {
        return match std::env::var(SECRET_VARIABLE) {
            Ok(secret) => Ok(Some(secret.into())),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => {
                anyhow::bail!("{SECRET_VARIABLE} is not UTF-8; copy the secret again")
            }
        };
    };
    let name = if file == OsStr::new("-") {
        Path::new("standard input")
    } else {
        file
    };
    let bytes = if file == OsStr::new("-") {
        if io::stdin().is_terminal() {
            anyhow::bail!(
                "standard input is a terminal, where the secret would be seen; leave `--client-secret-file` out to be asked for it"
            );
        }
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(TOO_LONG).read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(FileError::from)
    } else {
        input_file::read_or_pipe(file)
    };
    let bytes = bytes.map(Zeroizing::new);
    let bytes = bytes.with_context(|| format!("{} cannot be read", name.display()))?;
    if bytes.len() as u64 >= TOO_LONG {
        anyhow::bail!(
            "{} is longer than any secret; it has to hold the secret and nothing else",
            name.display()
        );
    }
    let Ok(text) = std::str::from_utf8(&bytes) else {
        anyhow::bail!(
            "{} is not UTF-8; it has to hold the secret and nothing else",
            name.display()
        );
    };
    let text = text
        .strip_suffix('\n')
        .map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    Ok(Some(text.to_owned().into()))
}
