//! An unwritable folder, a full disk or a signal leaves either the old file or the new one, whole
//! and for its owner's eyes only.

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

mod faults;
mod places;
mod room;
mod signals;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_consoleme-cfg");

const ANSWERS: [&str; 10] = [
    "init",
    "--no-input",
    "--pool-id=us-east-1_AbCdEfGhI",
    "--client-id=1example23456789abcdefghij",
    "--url=https://consoleme.example.com",
    "--admin=you@example.com",
    "--account=123456789012=main",
    "--scope=openid",
    "--scope=email",
    "--group-admin=admins",
];

/// What an older run left, and nobody else may read.
const OLD: &str = "environment: prod\nold: true\n";

fn in_folder(folder: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    command.env("CONSOLEME_CFG_CLIENT_SECRET", "s3cr3t");
    command.stdin(Stdio::null());
    command
}

fn init(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = in_folder(folder, PROGRAM);
    command.args(ANSWERS).args(arguments);
    command.output().unwrap()
}

/// Runs `init` by a shell script, which finds the program and its arguments in `"$@"`.
fn init_by(script: &str, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = in_folder(folder, "sh");
    command.args(["-c", script, "sh", PROGRAM]);
    command.args(ANSWERS).args(arguments);
    command.output().unwrap()
}

fn put(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn error(output: &Output) -> String {
    assert!(output.stdout.is_empty(), "{output:?}");
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(error.starts_with("error: "), "{error}");
    assert!(!error.contains("s3cr3t"), "{error}");
    assert!(!error.contains(".consoleme-cfg-"), "{error}");
    error
}

/// The text without the line that is another one in every run.
fn without_session_secret(text: &str) -> String {
    let (random, rest): (Vec<&str>, Vec<&str>) = text
        .split_inclusive('\n')
        .partition(|line| line.starts_with("jwt_secret: "));
    assert_eq!(random.len(), 1, "{text}");
    assert_eq!(random[0].len(), "jwt_secret: \"\"\n".len() + 64);
    rest.concat()
}

fn assert_new(path: &Path) {
    let reference = TempDir::new().unwrap();
    assert!(init(reference.path(), &[]).status.success());
    assert_new_as(
        &fs::read_to_string(reference.path().join("consoleme.yaml")).unwrap(),
        path,
    );
}

fn assert_new_as(reference: &str, path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(
        without_session_secret(&text),
        without_session_secret(reference)
    );
    assert_eq!(mode(path), 0o600);
}
