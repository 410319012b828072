//! What `validate` writes in each of its formats.

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

#[cfg(test)]
mod documents;
#[cfg(test)]
mod fingerprints;
#[cfg(test)]
mod outputs;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use tempfile::TempDir;

const FORMATS: [&str; 6] = ["human", "json", "sarif", "github", "gitlab", "junit"];
const CONFIGURATION: &str = include_str!("consoleme.yaml");
const SECRET: &str = "1example0secret0of0an0app0client0abcdefghijklmnopqr";

struct Output {
    status: i32,
    out: String,
    err: String,
}

fn validate_with(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .arg("validate")
        .args(arguments)
        .output()
        .unwrap();
    Output {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn validate(folder: &Path, arguments: &[&str]) -> Output {
    validate_with(folder, arguments, &[])
}

/// The configuration that has a defect of each severity, and a file that is not there.
fn written(format: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let output = validate(
        &folder,
        &["consoleme.yaml", "none.yaml", "--format", format],
    );
    assert_eq!(output.status, 1);
    assert_eq!(
        output.err,
        "error: none.yaml: there is no such file; name another, or let `consoleme-cfg init` write one\n"
    );
    output.out.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}
