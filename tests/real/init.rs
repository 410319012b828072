//! What `init` writes: does ConsoleMe read it as intended, and does a person log in with it?

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expectrl::{Eof, Expect, Session};
use serde_json::json;
use tempfile::TempDir;

use crate::harness::{
    Client, LoadRequest, Loaded, LoginRequest, PASSWORD, Provider, ProviderOptions, Value,
    consoleme,
};

const POOL_ID: &str = "us-east-1_Example01";
const CLIENT_ID: &str = "1example23456789abcdefghij";
const SECRET_NAME: &str = "consoleme/login";

/// Every character that means something in YAML, and none that a secret cannot have.
const HOSTILE_SECRET: &str = r##"%a:#b'"\c{}[],&*!|>@`~?-=_+0x1e9"##;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GivenBy {
    File,
    Stdin,
    Variable,
    Prompt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Inline,
    File,
    Manager,
}

const WAYS: [GivenBy; 4] = [
    GivenBy::File,
    GivenBy::Stdin,
    GivenBy::Variable,
    GivenBy::Prompt,
];
const PLACES: [Place; 3] = [Place::Inline, Place::File, Place::Manager];

/// A run of `init` in a folder of its own.
struct Init {
    folder: TempDir,
    url: &'static str,
    environment: &'static str,
    secret: &'static str,
    given_by: GivenBy,
    place: Place,
}

impl Init {
    fn new(environment: &'static str, given_by: GivenBy, place: Place) -> Self {
        let url = match environment {
            "production" => "https://consoleme.example.com",
            _ => "http://localhost:8081",
        };
        let folder = tempfile::tempdir().unwrap();
        Self {
            folder,
            url,
            environment,
            secret: HOSTILE_SECRET,
            given_by,
            place,
        }
    }

    fn configuration(&self) -> PathBuf {
        self.folder.path().join("consoleme.yaml")
    }

    fn secrets(&self) -> PathBuf {
        self.folder.path().join("consoleme.secrets.yaml")
    }

    fn run(&self) {
        let place = match self.place {
            Place::Inline => "inline".to_owned(),
            Place::File => "file".to_owned(),
            Place::Manager => format!("aws-secrets-manager:{SECRET_NAME}"),
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"));
        command
            .current_dir(self.folder.path())
            .env_remove("CONSOLEME_CFG_CLIENT_SECRET")
            .args(["init", "--pool-id", POOL_ID, "--client-id", CLIENT_ID])
            .args([
                "--url",
                self.url,
                "--environment",
                self.environment,
                "--secrets",
                &place,
            ])
            .args([
                "--admin",
                "consoleme_admins@example.com",
                "--group-admin",
                "operators",
            ])
            .args([
                "--scope",
                "openid",
                "--scope",
                "email",
                "--region",
                "eu-west-1",
            ])
            .args([
                "--account",
                "012345670123=the first: #1",
                "--account",
                "123456789012=yes",
            ]);
        match self.given_by {
            GivenBy::File => {
                let file = self.folder.path().join("secret");
                fs::write(&file, format!("{}\n", self.secret)).unwrap();
                finish(
                    command
                        .arg("--no-input")
                        .arg("--client-secret-file")
                        .arg(&file),
                    "",
                );
                fs::remove_file(&file).unwrap();
            }
            GivenBy::Stdin => {
                finish(
                    command.args(["--no-input", "--client-secret-file", "-"]),
                    self.secret,
                );
            }
            GivenBy::Variable => {
                finish(
                    command
                        .arg("--no-input")
                        .env("CONSOLEME_CFG_CLIENT_SECRET", self.secret),
                    "",
                );
            }
            GivenBy::Prompt => {
                let mut terminal = Session::spawn(command).unwrap();
                terminal.expect("App client secret:").unwrap();
                // The prompt throws away what was typed before it was ready, and only that the
                // program sleeps tells when it is.
                let pid = terminal.get_process().pid();
                while is_awake(&pid.to_string()) {
                    std::thread::yield_now();
                }
                terminal.send(format!("{}\r", self.secret)).unwrap();
                terminal.expect("consoleme\r\n").unwrap();
                if self.place != Place::Manager {
                    terminal.expect("Ask Cognito now").unwrap();
                    terminal.send("n").unwrap();
                }
                terminal.expect(Eof).unwrap();
            }
        }
    }

    /// The start of ConsoleMe with what was written, where the secrets are where they belong.
    fn start(&self) -> LoadRequest {
        let request = LoadRequest::file(&self.configuration());
        if self.place == Place::Manager {
            request
                .with_secret(SECRET_NAME, &fs::read_to_string(self.secrets()).unwrap())
                .with_env("EC2_REGION", "eu-west-1")
        } else {
            request
        }
    }
}

fn is_awake(pid: &str) -> bool {
    let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else {
        // Not Linux: a time in which any machine gets there.
        std::thread::sleep(std::time::Duration::from_millis(500));
        return false;
    };
    // The name before the state may hold anything but ends with the last bracket.
    let state = stat.rsplit(')').next().unwrap();
    !state.starts_with(" S")
}

fn finish(command: &mut Command, input: &str) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Without a secret to read it may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{said}{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

fn text(value: &str) -> Value {
    Value::Str(value.to_owned())
}

fn texts(values: &[&str]) -> Value {
    Value::List(values.iter().map(|value| text(value)).collect())
}

/// What ConsoleMe has to read, key by key; all but the session secret, which is random.
fn intended(init: &Init) -> Vec<(&'static str, Value)> {
    let local = init.environment == "development";
    let metadata_url = format!(
        "https://cognito-idp.us-east-1.amazonaws.com/{POOL_ID}/.well-known/openid-configuration"
    );
    let accounts = [("012345670123", "the first: #1"), ("123456789012", "yes")];
    vec![
        ("environment", text(if local { "dev" } else { "prod" })),
        ("development", Value::Bool(local)),
        ("url", text(init.url)),
        ("application_admin", text("consoleme_admins@example.com")),
        ("groups.can_admin", texts(&["operators"])),
        ("auth.get_user_by_oidc", Value::Bool(true)),
        ("auth.set_auth_cookie", Value::Bool(true)),
        ("auth.cookie.samesite", text("Lax")),
        (
            "get_user_by_oidc_settings.metadata_url",
            text(&metadata_url),
        ),
        ("get_user_by_oidc_settings.jwt_verify", Value::Bool(true)),
        ("get_user_by_oidc_settings.jwt_email_key", text("email")),
        (
            "get_user_by_oidc_settings.jwt_groups_key",
            text("cognito:groups"),
        ),
        (
            "get_user_by_oidc_settings.grant_type",
            text("authorization_code"),
        ),
        (
            "get_user_by_oidc_settings.access_token_audience",
            Value::None,
        ),
        ("oidc_secrets.client_id", text(CLIENT_ID)),
        ("oidc_secrets.secret", text(init.secret)),
        ("oidc_secrets.client_scope", texts(&["openid", "email"])),
        ("tornado.port", Value::Int(8081.into())),
        ("tornado.debug", Value::Bool(local)),
        ("tornado.xsrf", Value::Bool(true)),
        ("tornado.xsrf_cookie_kwargs.samesite", text("strict")),
        (
            "account_ids_to_name",
            Value::Map(accounts.map(|(id, name)| (text(id), text(name))).to_vec()),
        ),
        ("aws.region", text("eu-west-1")),
        ("celery.active_region", text("eu-west-1")),
        ("challenge_url.enabled", Value::Bool(true)),
        ("logging_levels.botocore", text("CRITICAL")),
    ]
}

fn value<'l>(loaded: &'l Loaded, key: &str) -> &'l Value {
    loaded.values[key]
        .as_ref()
        .unwrap_or_else(|raised| panic!("{key}: {raised:?}"))
}

#[test]
fn consoleme_reads_every_key_as_intended() {
    std::thread::scope(|threads| {
        for environment in ["development", "production"] {
            for given_by in WAYS {
                threads.spawn(move || {
                    for place in PLACES {
                        reads_as_intended(&Init::new(environment, given_by, place));
                    }
                });
            }
        }
    });
}

fn reads_as_intended(init: &Init) {
    init.run();
    let written = [
        Some(init.configuration()),
        (init.place != Place::Inline).then(|| init.secrets()),
    ];
    let files = fs::read_dir(init.folder.path()).unwrap().count();
    assert_eq!(files, written.iter().flatten().count(), "and nothing else");
    for path in written.iter().flatten() {
        assert_eq!(
            fs::metadata(path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    let configuration = fs::read_to_string(init.configuration()).unwrap();
    assert_eq!(
        configuration.contains("secret:"),
        init.place == Place::Inline
    );

    let intended = intended(init);
    let mut keys: Vec<&str> = intended.iter().map(|(key, _)| *key).collect();
    keys.push("jwt_secret");
    let load = consoleme().load(&init.start().wanting(&keys));
    let loaded = load
        .loaded
        .as_ref()
        .unwrap_or_else(|raised| panic!("{raised:?}"));
    for (key, wanted) in &intended {
        assert_eq!(value(loaded, key), wanted, "{key}");
    }
    let Value::Str(session_secret) = value(loaded, "jwt_secret") else {
        panic!("{load:#?}")
    };
    assert_eq!(session_secret.len(), 64);
    assert!(session_secret.bytes().all(|b| b.is_ascii_hexdigit()));
}

/// Points what was written at a local provider, as a person would by editing that one line.
fn point_at(provider: &Provider, configuration: &Path) {
    let text = fs::read_to_string(configuration).unwrap();
    let cognito = format!(
        "https://cognito-idp.us-east-1.amazonaws.com/{POOL_ID}/.well-known/openid-configuration"
    );
    assert_eq!(text.matches(&cognito).count(), 1);
    fs::write(
        configuration,
        text.replace(&cognito, &provider.metadata_url()),
    )
    .unwrap();
}

#[test]
fn a_person_logs_in_and_the_cookie_holds_the_groups() {
    std::thread::scope(|threads| {
        for environment in ["development", "production"] {
            for (given_by, place) in WAYS.into_iter().zip(PLACES.into_iter().cycle()) {
                threads.spawn(move || {
                    let init = Init {
                        secret: "1example0secret0of0an0app0client0abcdefghijklmnopqr",
                        ..Init::new(environment, given_by, place)
                    };
                    logs_in(&init);
                });
            }
        }
    });
}

fn logs_in(init: &Init) {
    init.run();
    let client = Client {
        id: CLIENT_ID.to_owned(),
        secret: init.secret.to_owned(),
        redirect_uris: vec![format!("{}/auth", init.url)],
        scopes: vec!["openid".to_owned(), "email".to_owned()],
        code_grant: true,
    };
    let provider = Provider::start(ProviderOptions {
        pool: POOL_ID.to_owned(),
        clients: vec![client],
        ..ProviderOptions::default()
    });
    point_at(&provider, &init.configuration());
    let login = consoleme().login(&LoginRequest::new(
        init.start(),
        "alice@example.com",
        PASSWORD,
    ));
    let session = login
        .outcome
        .as_ref()
        .unwrap_or_else(|_| panic!("{login:#?}"));
    assert_eq!(session.user, "alice@example.com");
    let groups = json!(["consoleme_admins@example.com", "engineering@example.com"]);
    assert_eq!(session.claims["groups"], groups);
    assert_eq!(session.cookie.attributes["samesite"], "Lax");
}
