//! OpenID providers in Cognito's shape, behind `idp.mjs`.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::environment;

/// What a provider is to be. The default is a pool with one client for ConsoleMe at
/// `http://127.0.0.1:8081`, an administrator alice and bob, who is in no group.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderOptions {
    /// The pool's id, the last part of the issuer.
    pub pool: String,
    /// The app clients.
    pub clients: Vec<Client>,
    /// Who can log in.
    pub users: Vec<User>,
    /// What kind of access token it gives.
    pub access_token: AccessToken,
    /// Whose answers it gives.
    pub style: Style,
    /// Whether the pool has a domain, without which there is no login page; in Cognito's style.
    pub domain: bool,
    /// Whether the login page is shown; in Cognito's style.
    pub branding: bool,
    /// What stands otherwise in the discovery document; null for what is not to stand there.
    pub document: Json,
}

/// How a provider says what it judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// In the library's own pages.
    Own,
    /// As Cognito does: everything is a redirect.
    Cognito,
}

/// An app client.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Client {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// The callback URLs that are registered.
    pub redirect_uris: Vec<String>,
    /// The scopes that it may ask for.
    pub scopes: Vec<String>,
    /// Whether it may ask for a code; in Cognito's style.
    pub code_grant: bool,
}

/// A person who can log in.
#[derive(Debug, Clone, Serialize)]
pub struct User {
    /// The email address.
    pub name: String,
    /// The password.
    pub password: String,
    /// The groups, the claim `cognito:groups`; with none the claim is not there.
    pub groups: Vec<String>,
}

/// What kind of access token a provider gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessToken {
    /// A JWT without `aud`, as Cognito's.
    Jwt,
    /// A JWT with `aud`, as other providers'.
    JwtWithAudience,
    /// No JWT.
    Opaque,
}

/// The password of the default users.
pub const PASSWORD: &str = "Passw0rd!x";

impl Default for ProviderOptions {
    fn default() -> ProviderOptions {
        let user = |name: &str, groups: &[&str]| User {
            name: name.to_owned(),
            password: PASSWORD.to_owned(),
            groups: groups.iter().map(|&group| group.to_owned()).collect(),
        };
        let admins = ["consoleme_admins@example.com", "engineering@example.com"];
        ProviderOptions {
            pool: "us-east-1_Example01".to_owned(),
            clients: vec![Client {
                id: "1example23456789abcdefghij".to_owned(),
                secret: "client-secret-0123456789abcdefghijklmnopqrstuvwxyzAB".to_owned(),
                redirect_uris: vec!["http://127.0.0.1:8081/auth".to_owned()],
                scopes: vec!["openid".to_owned(), "email".to_owned()],
                code_grant: true,
            }],
            users: vec![
                user("alice@example.com", &admins),
                user("bob@example.com", &[]),
            ],
            access_token: AccessToken::Jwt,
            style: Style::Own,
            domain: true,
            branding: true,
            document: json!({}),
        }
    }
}

/// A running provider; dropping it ends it.
#[derive(Debug)]
pub struct Provider {
    issuer: String,
    options: ProviderOptions,
}

impl Provider {
    /// Starts a provider on a free port; it listens when this returns.
    ///
    /// # Panics
    /// With one sentence, where node, npm or the network for the first installation is missing.
    pub fn start(options: ProviderOptions) -> Provider {
        let answer = ask(&json!({"start": options})).expect("idp.mjs answers");
        let issuer = answer["issuer"].as_str();
        let issuer = issuer.unwrap_or_else(|| panic!("the provider does not start: {answer}"));
        Provider {
            issuer: issuer.to_owned(),
            options,
        }
    }

    /// The issuer: `http://127.0.0.1:<port>/<pool id>`.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Where the discovery document is.
    pub fn metadata_url(&self) -> String {
        format!("{}/.well-known/openid-configuration", self.issuer)
    }

    /// The first client.
    pub fn client(&self) -> &Client {
        &self.options.clients[0]
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = ask(&json!({"stop": self.issuer})); // no second panic in a test that fails
    }
}

/// The one process of all providers: node needs half a second to start, a provider next to none.
struct Providers {
    process: Child,
    answers: BufReader<ChildStdout>,
}

fn ask(request: &Json) -> io::Result<Json> {
    static PROVIDERS: OnceLock<Mutex<Providers>> = OnceLock::new();
    let folder = environment::node_folder();
    let providers = PROVIDERS.get_or_init(|| Mutex::new(start(folder)));
    let mut providers = providers.lock().unwrap_or_else(PoisonError::into_inner);
    let requests = providers
        .process
        .stdin
        .as_mut()
        .ok_or(io::ErrorKind::BrokenPipe)?;
    writeln!(requests, "{request}")?;
    let mut line = String::new();
    providers.answers.read_line(&mut line)?;
    Ok(serde_json::from_str(&line)?)
}

fn start(folder: &Path) -> Providers {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/idp.mjs");
    let mut process = Command::new("node")
        .arg(program)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null()) // the library's warnings that it keeps nothing; errors are answers
        .spawn()
        .expect("node starts");
    let answers = BufReader::new(process.stdout.take().expect("a pipe"));
    Providers { process, answers }
}
