//! The text of a configuration.

use super::answers::{Answers, SecretsPlace};
use super::schema_file::SCHEMA_FILE;
use crate::cognito::Scope;
use crate::consoleme::{Environment, SessionSecret};
use crate::secret::Secret;
use crate::yaml;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment as Templates, Error, ErrorKind, context};

const CONFIGURATION: &str = include_str!("../../templates/consoleme.yaml");
const SECRETS: &str = include_str!("../../templates/secrets.yaml");

/// What people see in place of a secret.
const MASKED: &str = "********";

/// The texts that make a configuration.
pub struct Rendered {
    /// The configuration.
    pub configuration: Secret,
    /// The secrets, where they do not stand in the configuration.
    pub secrets: Option<Secret>,
}

/// Renders the answers. `secrets_file` is the name under which the configuration will find its
/// secrets, where they go into a file; without `session_secret` all secrets are masked. With
/// `with_schema` it tells editors to look for the schema beside it.
///
/// # Errors
/// A template has a mistake in it.
pub fn render(
    answers: &Answers,
    secrets: &SecretsPlace,
    secrets_file: &str,
    session_secret: Option<&SessionSecret>,
    with_schema: bool,
) -> Result<Rendered, Error> {
    let (jwt_secret, client_secret) = match session_secret {
        Some(secret) => (secret.reveal(), answers.client_secret.reveal()),
        None => (MASKED, MASKED),
    };
    let mut templates = Templates::new();
    templates.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()?,
    );
    templates.set_auto_escape_callback(|_| AutoEscape::Custom("yaml".into()));
    templates.set_formatter(|out, _, value| write_scalar(out, value));
    templates.add_filter("quoted", |text: &str| Value::from_safe_string(quoted(text)));
    let extends = match secrets {
        SecretsPlace::Inline => None,
        SecretsPlace::File => Some(secrets_file.to_owned()),
        SecretsPlace::Manager(name) => Some(format!("AWS_SECRETS_MANAGER:{name}")),
    };
    let inline = extends.is_none();
    let local = answers.environment == Environment::Development;
    let accounts: Vec<Value> = answers
        .accounts
        .iter()
        .map(|account| context! { id => account.id.as_str(), name => account.name.as_str() })
        .collect();
    let scopes: Vec<String> = answers.scopes.iter().map(Scope::to_string).collect();
    let configuration = templates.render_str(
        CONFIGURATION,
        context! {
            extends,
            schema => with_schema.then(|| Value::from_safe_string(format!("./{SCHEMA_FILE}"))),
            environment => if local { "dev" } else { "prod" },
            development => local,
            debug => local,
            url => answers.url.as_str(),
            https => answers.url.is_https(),
            port => answers.url.port().filter(|_| answers.url.is_loopback()).unwrap_or(8081),
            admin => answers.admin.to_string(),
            group_admins => answers.group_admins.clone(),
            metadata_url => answers.pool_id.metadata_url().as_str(),
            client_id => answers.client_id.as_str(),
            client_secret => inline.then_some(client_secret),
            jwt_secret => inline.then_some(jwt_secret),
            scopes,
            accounts,
            region => answers.region.as_str(),
        },
    )?;
    let secrets = if inline {
        None
    } else {
        Some(templates.render_str(SECRETS, context! { jwt_secret, client_secret })?)
    };
    Ok(Rendered {
        configuration: configuration.into(),
        secrets: secrets.map(Secret::from),
    })
}

/// Writes every value of a template as a YAML scalar that PyYAML reads as that value.
fn write_scalar(out: &mut minijinja::Output<'_>, value: &Value) -> Result<(), Error> {
    let text = match (value.kind(), value.as_str()) {
        (_, Some(text)) if value.is_safe() => text.to_owned(),
        (_, Some(text)) => yaml::quote(text),
        (ValueKind::Bool, None) => value.is_true().to_string(),
        (ValueKind::Number, None) => value.to_string(),
        (kind, None) => {
            let message = format!("a template shows a value that is {kind}");
            return Err(Error::new(ErrorKind::BadEscape, message));
        }
    };
    out.write_str(&text).map_err(Error::from)
}

/// A text in quotes even where it could do without: people edit these values, and the next one may
/// need them.
fn quoted(text: &str) -> String {
    let simple = text
        .chars()
        .all(|c| matches!(c, ' '..='~') && !matches!(c, '"' | '\\'));
    if simple {
        format!("\"{text}\"")
    } else {
        yaml::quote(text)
    }
}
