//! Many files in one call: the same output however many threads there are, and little memory however
//! many files.

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

use std::fs;
use std::path::Path;
use std::process::Command;

use nix::sys::resource::{UsageWho, getrusage};
use tempfile::TempDir;

/// A configuration of a real size, without findings.
const GOOD: &str = include_str!("../benches/cognito.yaml");

/// As much as a run may take, in bytes.
const MEMORY: i64 = 64 << 20;

/// Every third file is without findings, every third has some, and every third cannot be read; one
/// is not there.
fn folder_with(files: usize) -> (TempDir, Vec<String>) {
    let folder = TempDir::new().unwrap();
    let bad = GOOD
        .replace("debug: false", "debug: true")
        .replace(
            "client_scope:\n    - openid\n    - email",
            "client_scope: openid email",
        )
        .replace("support_contact", "support_contect");
    let unreadable = GOOD.replace("  port: 8081", "\tport: 8081");
    let mut names: Vec<String> = Vec::new();
    for number in 0..files {
        let text = [GOOD, &bad, &unreadable][number % 3];
        let name = format!("{number:04}.yaml");
        let text = format!("# Configuration number {number}.\n{text}");
        fs::write(folder.path().join(&name), text).unwrap();
        names.push(name);
    }
    names.insert(files / 2, "none.yaml".to_owned());
    (folder, names)
}

struct Output {
    status: i32,
    out: String,
    err: String,
}

fn validate(folder: &Path, names: &[String], options: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(folder)
        .env_clear()
        .arg("validate")
        .args(options)
        .args(names)
        .output()
        .unwrap();
    Output {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn the_order_is_that_of_the_names() {
    let (folder, mut names) = folder_with(30);
    names.reverse();
    for format in ["human", "json", "sarif", "github", "gitlab", "junit"] {
        let with = |jobs| validate(folder.path(), &names, &["--jobs", jobs, "--format", format]);
        let one = with("1");
        assert_eq!(one.status, 1);
        for jobs in ["2", "7", "64"] {
            let several = with(jobs);
            assert!(
                several.out == one.out,
                "{format}, {jobs} jobs: {}",
                several.out
            );
            assert_eq!(several.err, one.err, "{format}, {jobs} jobs");
        }
    }
    let lines = validate(folder.path(), &names, &["--verbose"]).err;
    let read: Vec<&str> = lines
        .lines()
        .filter_map(|line| line.strip_prefix("read "))
        .collect();
    let mut sorted = read.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(read, sorted);
    assert_eq!(read.len(), 30);
}

/// `cargo bench --bench compare` does so with 4,000 files.
#[test]
fn memory_does_not_grow_with_the_number_of_files() {
    let (folder, names) = folder_with(30);
    // The largest of all children up to now.
    let peak = |times: usize| {
        let names = vec![names.clone(); times].concat();
        let output = validate(folder.path(), &names, &["--format", "sarif"]);
        assert_eq!(output.status, 1);
        getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss() * 1024
    };
    let (few, many) = (peak(3), peak(15));
    assert!(many < few + (4 << 20), "{few} bytes, then {many}");
    assert!(many < MEMORY, "{many} bytes");
}
