//! Cognito under its own names, and the program as people start it: a proxy leads the names to a
//! server here, whose certificate the system is told to trust.

use std::fs;
use std::io::{BufReader, Write};
use std::net::TcpListener;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;
use tempfile::TempDir;

use super::script::{CLIENT_ID, SECRET, credentials};
use crate::harness::{Heard, answer, json as in_json};

const POOL: &str = "us-east-1_AbCdEfGhI";
const ISSUER: &str = "cognito-idp.us-east-1.amazonaws.com";
const UPDATED: &str = "issuer-cognito-idp.us-east-1.amazonaws.com";
const DOMAIN: &str = "my-pool.auth.us-east-1.amazoncognito.com";
const CUSTOM: &str = "login.example.com";

/// What a pool says of itself.
#[derive(Clone, Copy)]
struct Pool {
    /// The host of the issuer that the document names.
    issuer: &'static str,
    /// The host of the login page; none for a pool without a domain.
    domain: Option<&'static str>,
}

impl Pool {
    fn answer(self, host: &str, heard: &Heard) -> String {
        let document = format!("/{POOL}/.well-known/openid-configuration");
        let keys = format!("/{POOL}/.well-known/jwks.json");
        let issuer = format!("https://{}/{POOL}", self.issuer);
        let query = heard.target.split_once('?').map_or("", |(_, query)| query);
        let authorized = heard.headers.contains(&credentials());
        match (host, heard.path()) {
            (ISSUER, path) if path == document => {
                let (authorize, token) = match self.domain {
                    Some(domain) => (
                        format!("https://{domain}/oauth2/authorize"),
                        format!("https://{domain}/oauth2/token"),
                    ),
                    None => (
                        format!("https://{ISSUER}/{POOL}/authorize"),
                        format!("https://{ISSUER}/{POOL}/token"),
                    ),
                };
                let document = json!({
                    "issuer": issuer, "authorization_endpoint": authorize, "token_endpoint": token,
                    "jwks_uri": format!("https://{ISSUER}{keys}"),
                });
                in_json(200, &document.to_string())
            }
            (ISSUER, path) if path == keys => in_json(
                200,
                r#"{"keys": [{"kty": "RSA", "kid": "a", "n": "sXch", "e": "AQAB", "use": "sig"}]}"#,
            ),
            (ISSUER, path) => {
                let pool = path.split('/').nth(1).unwrap_or_default();
                in_json(
                    400,
                    &json!({"message": format!("User pool {pool} does not exist.")}).to_string(),
                )
            }
            (_, "/oauth2/authorize") if query.contains("consoleme.example.com") => answer(
                302,
                &format!("Location: https://{host}/login?{query}\r\n"),
                "",
            ),
            (_, "/oauth2/authorize") => answer(
                302,
                &format!("Location: https://{host}/error?error=redirect_mismatch\r\n"),
                "",
            ),
            (_, "/login") => answer(200, "", "<form>"),
            (_, "/oauth2/token") if authorized => in_json(400, r#"{"error": "invalid_grant"}"#),
            (_, "/oauth2/token") => in_json(400, r#"{"error": "invalid_client"}"#),
            _ => answer(404, "", ""),
        }
    }
}

/// The proxy, and all servers behind it.
struct Cognito {
    proxy: String,
    folder: TempDir,
    /// Which hosts were asked for what.
    heard: Arc<Mutex<Vec<(String, String)>>>,
}

impl Cognito {
    fn start(pool: Pool) -> Cognito {
        Self::start_as(pool, &[ISSUER, UPDATED, DOMAIN, CUSTOM])
    }

    /// With a certificate for these names.
    fn start_as(pool: Pool, names: &[&str]) -> Cognito {
        let mut authority = CertificateParams::new([]).expect("parameters");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority =
            CertifiedIssuer::self_signed(authority, KeyPair::generate().expect("a key"))
                .expect("a certificate");
        let key = KeyPair::generate().expect("a key");
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let made = CertificateParams::new(names)
            .expect("parameters")
            .signed_by(&key, &authority)
            .expect("a certificate");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("roots.pem"), authority.pem()).expect("a file");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![made.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).expect("a key"),
            )
            .expect("a configuration");
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let proxy = format!("http://{}", listener.local_addr().expect("an address"));
        let heard: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
        let remembered = Arc::clone(&heard);
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let (config, remembered) = (Arc::clone(&config), Arc::clone(&remembered));
                thread::spawn(move || {
                    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
                    let Some(connect) = Heard::read(&mut reader) else {
                        return;
                    };
                    let host = connect.target.trim_end_matches(":443").to_owned();
                    let _ = stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n");
                    let session = ServerConnection::new(config).expect("a session");
                    let mut secure = BufReader::new(StreamOwned::new(session, stream));
                    while let Some(request) = Heard::read(&mut secure) {
                        remembered
                            .lock()
                            .expect("no poison")
                            .push((host.clone(), request.path().to_owned()));
                        let said = pool.answer(&host, &request);
                        if secure.get_mut().write_all(said.as_bytes()).is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Cognito {
            proxy,
            folder,
            heard,
        }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"));
        for name in [
            "NO_PROXY",
            "no_proxy",
            "https_proxy",
            "ALL_PROXY",
            "all_proxy",
        ] {
            command.env_remove(name);
        }
        command
            .current_dir(self.folder.path())
            .env("HTTPS_PROXY", &self.proxy)
            .env("SSL_CERT_FILE", self.folder.path().join("roots.pem"))
            .env("CONSOLEME_CFG_CLIENT_SECRET", SECRET)
            .args(arguments)
            .output()
            .expect("the program starts")
    }

    /// Writes a configuration and asks, with these flags; gives the status and all that was said.
    fn validate(&self, flags: &[&str]) -> (i32, String) {
        let written = self.init(&[]);
        assert_eq!(written.0, 0, "{}", written.1);
        self.said(&[&["validate", "--online", "consoleme.yaml"], flags].concat())
    }

    fn init(&self, flags: &[&str]) -> (i32, String) {
        let answers = [
            "init",
            "--no-input",
            "--force",
            "--pool-id",
            POOL,
            "--client-id",
            CLIENT_ID,
            "--url",
            "https://consoleme.example.com",
            "--admin",
            "you@example.com",
        ];
        self.said(&[&answers, flags].concat())
    }

    fn said(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        let all = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(all).expect("UTF-8");
        assert!(!text.contains(SECRET), "{text}");
        (output.status.code().expect("a status"), text)
    }

    fn heard(&self) -> Vec<(String, String)> {
        self.heard.lock().expect("no poison").clone()
    }
}

const IN_ORDER: Pool = Pool {
    issuer: ISSUER,
    domain: Some(DOMAIN),
};

#[test]
fn a_pool_in_order_passes_through_a_proxy_which_is_said() {
    let cognito = Cognito::start(IN_ORDER);
    let (status, text) = cognito.validate(&["--probe-secret"]);
    assert_eq!(status, 0, "{text}");
    for words in [
        "pass         domain     my-pool.auth.us-east-1.amazoncognito.com",
        "pass         secret     https://my-pool.auth.us-east-1.amazoncognito.com/oauth2/token (400, ",
        " ms, through a proxy)",
        "live checks: 10 passed",
        "a proxy resolves `cognito-idp.us-east-1.amazonaws.com`, so its address was not checked",
    ] {
        assert!(text.contains(words), "{words}:\n{text}");
    }
}

#[test]
fn a_proxy_that_is_gone_is_no_verdict_and_is_named() {
    let gone = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let proxy = format!("http://{}", gone.local_addr().expect("an address"));
    drop(gone);
    let cognito = Cognito {
        proxy,
        ..Cognito::start(IN_ORDER)
    };
    let (status, text) = cognito.validate(&[]);
    assert_eq!(status, 3, "{text}");
    assert!(
        text.contains(" ms, through a proxy): Connection refused"),
        "{text}"
    );
}

#[test]
fn a_certificate_for_another_name_is_no_verdict() {
    let cognito = Cognito::start_as(IN_ORDER, &["login.example.org"]);
    let (status, text) = cognito.validate(&["--probe-secret"]);
    assert_eq!(status, 3, "{text}");
    assert!(text.contains("inconclusive discovery"), "{text}");
    assert!(text.contains("certificate"), "{text}");
    assert!(cognito.heard().is_empty(), "{:?}", cognito.heard());
}

#[test]
fn a_pool_may_call_itself_by_its_new_name() {
    let cognito = Cognito::start(Pool {
        issuer: UPDATED,
        ..IN_ORDER
    });
    let (status, text) = cognito.validate(&[]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("which is the same pool"), "{text}");
}

#[test]
fn a_pool_without_a_domain_is_told_so() {
    let cognito = Cognito::start(Pool {
        domain: None,
        ..IN_ORDER
    });
    let (status, text) = cognito.validate(&[]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("error[pool-without-domain]"), "{text}");
    assert!(
        cognito
            .heard()
            .iter()
            .all(|(_, path)| path.ends_with("openid-configuration")),
        "{:?}",
        cognito.heard()
    );
}

#[test]
fn a_domain_of_ones_own_is_asked_once_it_is_named() {
    let cognito = Cognito::start(Pool {
        domain: Some(CUSTOM),
        ..IN_ORDER
    });
    let (status, text) = cognito.validate(&["--probe-secret"]);
    assert_eq!(status, 3, "{text}");
    assert!(
        text.contains("to ask it, name it: `--allow-host login.example.com`"),
        "{text}"
    );
    assert!(
        cognito.heard().iter().all(|(host, _)| host == ISSUER),
        "{:?}",
        cognito.heard()
    );
    let (status, text) = cognito.validate(&["--probe-secret", "--allow-host", CUSTOM]);
    assert_eq!(status, 0, "{text}");
}

#[test]
fn a_callback_that_was_named_has_to_be_registered_too() {
    let cognito = Cognito::start(IN_ORDER);
    let (status, text) =
        cognito.validate(&["--callback-url", "https://consoleme.example.org/auth"]);
    assert_eq!(status, 1, "{text}");
    let line = "fail         callback   https://consoleme.example.org/auth (302, to https://my-pool.auth.us-east-1.amazoncognito.com/error?error=redirect_mismatch, ";
    assert!(text.contains(line), "{text}");
}

#[test]
fn init_asks_when_it_has_written() {
    let cognito = Cognito::start(IN_ORDER);
    let (status, text) = cognito.init(&[]);
    assert_eq!(status, 0, "{text}");
    assert!(
        cognito.heard().is_empty(),
        "nobody is asked without `--online`"
    );
    let (status, text) = cognito.init(&["--online"]);
    assert_eq!(status, 0, "{text}");
    assert!(
        text.contains("pass         callback   https://consoleme.example.com/auth"),
        "{text}"
    );
    let cognito = Cognito::start(Pool {
        domain: None,
        ..IN_ORDER
    });
    assert_eq!(cognito.init(&["--online"]).0, 1);
}

#[test]
fn an_offline_run_says_what_it_did_not_look_at_and_flags_need_each_other() {
    let cognito = Cognito::start(IN_ORDER);
    assert_eq!(cognito.init(&[]).0, 0);
    let (status, text) = cognito.said(&["validate", "consoleme.yaml"]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("; the provider was not asked"), "{text}");
    let (_, text) = cognito.said(&["validate", "-v", "consoleme.yaml"]);
    assert!(
        text.contains("not checked: login-page: the provider was not asked; `--online` asks it"),
        "{text}"
    );
    for flags in [
        ["--probe-secret", "-v"],
        ["--allow-host", "x"],
        ["--timeout", "5"],
        ["--callback-url", "https://x.example.com/auth"],
    ] {
        let (status, text) = cognito.said(&[&["validate", "consoleme.yaml"], &flags[..]].concat());
        assert_eq!(status, 2, "{text}");
    }
    assert_eq!(
        cognito
            .said(&["validate", "consoleme.yaml", "--online", "--timeout", "0"])
            .0,
        2
    );
    assert_eq!(cognito.init(&["--online", "-o", "-"]).0, 2);
}
