//! What the commands say and how they end: one file of `tests/cli/` a case.

use std::process::{Command, Stdio};

use tempfile::TempDir;

#[test]
fn every_case() {
    trycmd::TestCases::new().case("tests/cli/*.toml");
}

#[test]
fn a_pipe_is_no_file_and_not_waited_for() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let mut validate = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"));
    validate.args(["validate", "pipe"]).current_dir(&folder);
    let output = validate.stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(output.stdout.is_empty());
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        error,
        "error: pipe: it is a named pipe, not a regular file\n"
    );
}
