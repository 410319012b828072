//! A provider on loopback one of whose answers is up to the fuzzer, and a file that names it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use consoleme_cfg::consoleme;
use consoleme_cfg::examine::{Examined, examine};
use consoleme_cfg::live::{Hosts, Network, Options};

/// The client secret of the file.
pub const SECRET: &str = "9example9secret9of9an9app9client9abcdefghijklmnopqr";

/// What the provider answers next to whom, and what it was asked.
#[derive(Default)]
struct State {
    /// The body at the discovery document's path; the plain document where there is none.
    document: Option<Vec<u8>>,
    /// The `Location` of the authorization endpoint.
    location: Vec<u8>,
    /// Each request, headers and body too.
    heard: Vec<String>,
}

struct Provider {
    port: u16,
    state: Mutex<State>,
}

fn provider() -> &'static Provider {
    static PROVIDER: OnceLock<&'static Provider> = OnceLock::new();
    PROVIDER.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let provider: &'static Provider = Box::leak(Box::new(Provider {
            port,
            state: Mutex::default(),
        }));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                thread::spawn(move || serve(stream, provider));
            }
        });
        provider
    })
}

fn serve(mut stream: TcpStream, provider: &Provider) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head).ok()? == 0 {
                return None;
            }
        }
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body).ok()?;
        let mut state = provider.state.lock().ok()?;
        let answer = answer(&head, &state, provider.port);
        state
            .heard
            .push(head + &String::from_utf8_lossy(&body));
        drop(state);
        stream.write_all(&answer).ok()?;
    }
}

fn answer(head: &str, state: &State, port: u16) -> Vec<u8> {
    let target = head.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default();
    let (status, location, body): (_, &[u8], Vec<u8>) = match path {
        "/.well-known/openid-configuration" => match &state.document {
            Some(document) => (200, b"", document.clone()),
            None => (200, b"", plain_document(port).into_bytes()),
        },
        "/keys" => (
            200,
            b"",
            br#"{"keys": [{"kty": "RSA", "kid": "a", "n": "sXch", "e": "AQAB"}]}"#.to_vec(),
        ),
        "/authorize" => (302, &state.location, Vec::new()),
        _ => (400, b"", br#"{"error": "invalid_client"}"#.to_vec()),
    };
    let mut answer = format!("HTTP/1.1 {status} Said\r\n").into_bytes();
    if !location.is_empty() {
        answer.extend(b"Location: ");
        answer.extend(location);
        answer.extend(b"\r\n");
    }
    answer.extend(format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes());
    answer.extend(body);
    answer
}

/// The document of a provider in order.
fn plain_document(port: u16) -> String {
    let origin = format!("http://127.0.0.1:{port}");
    format!(
        r#"{{"issuer": "{origin}", "authorization_endpoint": "{origin}/authorize",
        "token_endpoint": "{origin}/token", "jwks_uri": "{origin}/keys"}}"#
    )
}

/// Asks the provider, with these answers, and looks at what every answer has to leave as it is.
pub fn ask(document: Option<&[u8]>, location: &[u8]) {
    let provider = provider();
    let port = provider.port;
    if let Ok(mut state) = provider.state.lock() {
        *state = State {
            // What the fuzzer writes may name the port without knowing it.
            document: document.map(|document| {
                String::from_utf8_lossy(document)
                    .replace("PORT", &port.to_string())
                    .into_bytes()
            }),
            location: location.to_vec(),
            heard: Vec::new(),
        };
    }
    let text = format!(
        "url: http://localhost:8081
auth: {{get_user_by_oidc: true}}
get_user_by_oidc_settings: {{metadata_url: 'http://127.0.0.1:{port}/.well-known/openid-configuration'}}
oidc_secrets: {{client_id: client, secret: {SECRET}, client_scope: [openid, email]}}
"
    );
    let name = PathBuf::from("consoleme.yaml");
    let load = consoleme::load_text(name, text.as_bytes(), Path::new(""));
    let mut examined = examine(load, None).expect("the text can be examined");
    let named = format!("127.0.0.1:{port}").parse().expect("a host");
    let network =
        Network::new(Hosts::new(vec![named]), Duration::from_secs(5)).expect("a network");
    let options = Options {
        probe_secret: true,
        ..Options::default()
    };
    examined.ask(&network, &options, &|_| {});
    assert_nothing_odd(&examined);
    let state = provider.state.lock().expect("no poison");
    let proven = passed(&examined, "issuer");
    for heard in &state.heard {
        assert!(!heard.contains(SECRET), "the secret as it is: {heard}");
        let shown = heard.contains("authorization: Basic");
        assert!(!shown || proven, "the secret, to nobody knows whom: {heard}");
    }
}

fn passed(examined: &Examined, name: &str) -> bool {
    let mut checks = examined.checks.iter();
    checks.any(|check| check.name.name() == name && check.verdict.name() == "pass")
}

/// A provider's words draw nothing on a terminal, and hold no secret.
fn assert_nothing_odd(examined: &Examined) {
    assert!(!examined.checks.is_empty());
    let checks = examined.checks.iter().flat_map(|check| {
        let landing = check.evidence.landing.clone();
        [Some(check.target.clone()), Some(check.reason.clone()), landing]
    });
    let findings = examined
        .findings
        .iter()
        .flat_map(|finding| [Some(finding.message.clone()), Some(finding.help.clone())]);
    for text in checks.chain(findings).flatten() {
        assert!(!text.contains(SECRET) && !text.chars().any(char::is_control), "{text:?}");
    }
}
