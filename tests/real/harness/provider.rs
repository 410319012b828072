//! An OpenID provider in Cognito's shape, behind `idp.mjs`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde::Serialize;
use serde_json::Value as Json;

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
            }],
            users: vec![
                user("alice@example.com", &admins),
                user("bob@example.com", &[]),
            ],
            access_token: AccessToken::Jwt,
        }
    }
}

/// A running provider; dropping it ends it.
#[derive(Debug)]
pub struct Provider {
    issuer: String,
    options: ProviderOptions,
    process: Child,
}

impl Provider {
    /// Starts a provider on a free port and waits until it listens.
    ///
    /// # Panics
    /// With one sentence, where node, npm or the network for the first installation is missing.
    pub fn start(options: ProviderOptions) -> Provider {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/idp.mjs");
        let mut process = Command::new("node")
            .arg(program)
            .arg(serde_json::to_string(&options).expect("options in JSON"))
            .current_dir(environment::node_folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null()) // warnings that the provider keeps nothing; errors come on stdout
            .spawn()
            .expect("node starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("a pipe");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("the provider's first line");
        let told: Json = serde_json::from_str(&line).expect("the provider says where it listens");
        let issuer = told["issuer"].as_str();
        let issuer = issuer.unwrap_or_else(|| panic!("the provider did not start: {line}"));
        Provider {
            issuer: issuer.to_owned(),
            options,
            process,
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
        let _ = self.process.kill(); // it may have ended by itself
        let _ = self.process.wait();
    }
}
