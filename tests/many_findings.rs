//! Thousands of findings in one section cost no more each than hundreds do.

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

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use serde_json::Value as Json;

/// A section with this many lines that have a defect each.
type Section = fn(usize) -> String;

fn lines(section: &str, many: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = format!("environment: prod\n{section}:\n");
    for number in 0..many {
        writeln!(text, "  {}", line(number)).unwrap();
    }
    text
}

const SECTIONS: [(&str, Section); 5] = [
    ("unknown names", |many| {
        lines("auth", many, |number| format!("key_{number}: 1"))
    }),
    ("account ids that are none", |many| {
        lines("account_ids_to_name", many, |number| format!("{number}: a"))
    }),
    ("values of a wrong type", |many| {
        lines("logging_levels", many, |number| {
            format!("name_{number}: []")
        })
    }),
    ("repeated names", |many| {
        lines("plugin", many, |number| {
            format!("key_{number}: 1\n  key_{number}: 2")
        })
    }),
    ("items of a wrong type", |many| {
        lines("groups", 1, |_| {
            format!("can_admin: [\n{}  ]", "  [],\n".repeat(many))
        })
    }),
];

/// The processor time of a run, in milliseconds, and how much it found.
fn run(folder: &Path, text: &str) -> (i64, usize) {
    fs::write(folder.join("consoleme.yaml"), text).unwrap();
    let time = || {
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
        usage.user_time().num_milliseconds()
    };
    let before = time();
    let output = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(folder)
        .args(["validate", "--format", "json", "consoleme.yaml"])
        .output()
        .unwrap();
    let took = time() - before;
    let report: Json = serde_json::from_slice(&output.stdout).unwrap();
    (took, report["findings"].as_array().unwrap().len())
}

/// One test alone, as the time is that of all its children.
#[test]
fn each_finding_takes_as_long_however_many_there_are() {
    const FEW: usize = 2_000;
    const TIMES: usize = 4;
    let folder = tempfile::tempdir().unwrap();
    for (what, section) in SECTIONS {
        let (few, found) = run(folder.path(), &section(FEW));
        assert!(found >= FEW, "{what}: {found} found");
        let (many, found) = run(folder.path(), &section(FEW * TIMES));
        assert!(found >= FEW * TIMES, "{what}: {found} found");
        println!("{what}: {few} ms, {many} ms");
        // Were each compared with each, it would be 16 times.
        assert!(
            many <= 2 * TIMES as i64 * few,
            "{what}: {few} ms, {many} ms"
        );
    }
}
