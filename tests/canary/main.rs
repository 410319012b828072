//! A secret that can be recognised is put wherever one may stand, in files of every kind of
//! brokenness, and must come out nowhere: neither as it is nor in base64 nor URL-encoded, whole or
//! in part.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics fails, as it should"
)]

mod configurations;
mod init;
mod provider;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What is looked for. A part of it is as bad as all of it.
const CANARY: &str = "Kq7+w3/Zx9=mT5vB2nR8sH4";

/// The same for keys that hold a number.
const NUMBER: &str = "918273645546372819";

/// How many characters in a row betray something.
const PART: usize = 7;

const FORMATS: [&str; 6] = ["human", "json", "sarif", "github", "gitlab", "junit"];

/// What one run wrote, as one text.
struct Run {
    arguments: Vec<String>,
    status: Option<i32>,
    text: String,
}

impl Run {
    fn assert_silent(&self) {
        if let Some(found) = traces(&self.text) {
            panic!(
                "{:?} shows `{found}`:\n{}",
                self.arguments,
                around(&self.text, &found)
            );
        }
    }
}

/// The lines in which a trace stands.
fn around(text: &str, found: &str) -> String {
    let shown = text.lines().filter(|line| line.contains(found));
    shown.take(5).collect::<Vec<_>>().join("\n")
}

/// Runs the program in a folder, with the secret in the variable that may hold it. Everything that
/// it puts elsewhere than it was told would be found in the folder too.
fn run(folder: &Path, arguments: &[&str], stdin: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"));
    command.current_dir(folder).args(arguments);
    for variable in ["HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        command.env(variable, folder);
    }
    command.env("CONSOLEME_CFG_CLIENT_SECRET", CANARY);
    command
        .env("RUST_BACKTRACE", "full")
        .env("RUST_LOG", "trace");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that does not read it has closed its end.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    let run = Run {
        arguments: arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect(),
        status: output.status.code(),
        text: String::from_utf8(text).unwrap(),
    };
    assert!(
        !run.text.contains("has a defect"),
        "{arguments:?}: {}",
        run.text
    );
    run
}

/// The first form of the canary that a text holds.
fn traces(text: &str) -> Option<String> {
    let forms = [CANARY, NUMBER].into_iter().flat_map(forms);
    forms.into_iter().find(|form| text.contains(form.as_str()))
}

/// All parts of a secret that betray it, in every encoding. Base64 looks another way at each of
/// three positions, and at its ends depends on what stands there.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for start in 0..=secret.len() - PART {
        let part = &secret[start..start + PART];
        forms.push(part.to_owned());
        let encoded = url::form_urlencoded::byte_serialize(part.as_bytes()).collect();
        forms.push(encoded);
        forms.push(part.replace('/', "\\/"));
    }
    for shift in 0..3 {
        let shifted = [&vec![b'-'; shift][..], secret.as_bytes()].concat();
        let encoded = base64(&shifted);
        let inner = &encoded[4..encoded.len() - 4];
        forms.push(inner.to_owned());
        forms.push(inner.replace('+', "-").replace('/', "_"));
    }
    forms
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = |chunk: &[u8]| {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        [18, 12, 6, 0].map(|shift| char::from(DIGITS[(bits >> shift & 63) as usize]))
    };
    bytes.chunks(3).flat_map(digits).collect()
}

/// The files in a folder, by name, that hold the canary in some form.
fn files_that_tell(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let tells = |path: &Path| {
        let bytes = fs::read(path).unwrap_or_default();
        traces(&String::from_utf8_lossy(&bytes)).is_some()
    };
    let telling = entries.filter(|entry| tells(&entry.path()));
    let names = telling.map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn the_search_finds_what_it_is_for() {
    assert_eq!(base64(b"ab"), "YWIA");
    let basic = base64(format!("client:{CANARY}").as_bytes());
    let encoded: String = url::form_urlencoded::byte_serialize(CANARY.as_bytes()).collect();
    for text in [CANARY, &CANARY[3..12], &NUMBER[2..11], &basic, &encoded] {
        assert!(traces(text).is_some(), "{text}");
    }
    assert!(traces("a text without it").is_none());
}

#[test]
fn commands_that_need_no_secret_know_none() {
    let folder = TempDir::new().unwrap();
    for arguments in [
        &["--help"][..],
        &["init", "--help"],
        &["keys"],
        &["keys", "oidc_secrets.secret"],
        &["rules"],
        &["explain", "oidc_secrets.secret"],
        &["explain", "malformed-client-secret"],
        &["schema"],
        &["completions", "bash"],
        &["man"],
        &["--version"],
        &["nonsense"],
    ] {
        run(folder.path(), arguments, "").assert_silent();
    }
    assert!(files_that_tell(folder.path()).is_empty());
}
