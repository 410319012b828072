//! Live checks: providers that are not there, that answer nonsense, and that send back what they
//! were told.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use tempfile::TempDir;

use crate::{CANARY, FORMATS, files_that_tell, run, traces};

/// A provider that is in order until it is shown a secret, which it tells everybody.
fn echoing() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let origin = format!("http://{address}");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let origin = origin.clone();
            thread::spawn(move || answer(stream.unwrap(), &origin));
        }
    });
    address
}

fn answer(mut stream: TcpStream, origin: &str) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|&read| read > 0)?;
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let heard = format!("{head}{}", String::from_utf8_lossy(&body)).replace(['\r', '\n'], " ");
    let path = head.split(' ').nth(1)?.split('?').next()?;
    let (status, body) = match path {
        "/.well-known/openid-configuration" => (
            200,
            format!(
                r#"{{"issuer": "{origin}", "authorization_endpoint": "{origin}/authorize", "token_endpoint": "{origin}/token", "revocation_endpoint": "{origin}/revoke", "jwks_uri": "{origin}/jwks"}}"#
            ),
        ),
        "/jwks" => (
            200,
            r#"{"keys": [{"kty": "RSA", "kid": "a", "n": "sXch", "e": "AQAB"}]}"#.to_owned(),
        ),
        _ => (
            400,
            format!(r#"{{"error": "invalid_client", "error_description": "{CANARY} {heard}"}}"#),
        ),
    };
    let escaped = heard.replace(' ', "%20");
    let text = format!(
        "HTTP/1.1 {status} {CANARY}\r\nContent-Type: application/json\r\nX-Heard: {heard}\r\nLocation: {origin}/{escaped}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(text.as_bytes()).ok()
}

/// A configuration for a provider at an address.
fn configuration(address: &str) -> String {
    format!(
        "environment: dev\nurl: http://localhost:8081\nauth: {{get_user_by_oidc: true, set_auth_cookie: true}}\nget_user_by_oidc_settings:\n  metadata_url: http://{address}/.well-known/openid-configuration\noidc_secrets:\n  client_id: 1example23456789abcdefghij\n  secret: {CANARY}\n  client_scope: [openid, email]\n"
    )
}

fn folder(address: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(
        folder.path().join("in/consoleme.yaml"),
        configuration(address),
    )
    .unwrap();
    folder
}

/// A port where nobody listens.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

#[test]
fn what_is_shown_to_a_provider_is_shown_to_nobody_else() {
    for address in [echoing(), nobody()] {
        let folder = folder(&address);
        for format in FORMATS {
            for more in [
                &[][..],
                &["--probe-secret"],
                &["--probe-secret", "--verbose"],
            ] {
                let arguments = [
                    &[
                        "validate",
                        "in/consoleme.yaml",
                        "--online",
                        "--format",
                        format,
                    ],
                    &["--allow-host", &address, "--output=json=out.json"][..],
                    more,
                ]
                .concat();
                let run = run(folder.path(), &arguments, "");
                run.assert_silent();
                assert!(
                    matches!(run.status, Some(1 | 3)),
                    "{:?}: {}",
                    run.arguments,
                    run.text
                );
            }
        }
        assert!(files_that_tell(folder.path()).is_empty());
    }
}

/// What the kernel was asked for when a process or program was to be started.
#[test]
fn no_other_program_is_started() {
    let address = echoing();
    let folder = folder(&address);
    let trace = folder.path().join("trace");
    let output = Command::new("strace")
        .args(["-f", "-qq", "-s", "100000", "-o", trace.to_str().unwrap()])
        .args(["-e", "trace=execve,execveat,fork,vfork,clone,clone3"])
        .arg(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .args([
            "validate",
            "in/consoleme.yaml",
            "--online",
            "--probe-secret",
        ])
        .args(["--allow-host", &address])
        .current_dir(folder.path())
        .output()
        .expect("this test needs strace (on Debian: apt-get install strace)");
    assert!(
        output.status.code().is_some_and(|code| code < 4),
        "{output:?}"
    );
    let trace = fs::read_to_string(trace).unwrap();
    assert_eq!(trace.matches("execve").count(), 1, "{trace}");
    let clones = trace.lines().filter(|line| line.contains(" clone"));
    for clone in clones.filter(|line| !line.contains("resumed>")) {
        assert!(clone.contains("CLONE_THREAD"), "{clone}");
    }
    assert!(traces(&trace).is_none(), "{trace}");
}
