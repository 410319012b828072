//! The manual, as `man` shows it: a page a subcommand, each without a complaint of the typesetter.

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

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use clap::CommandFactory;
use consoleme_cfg::cli::Cli;
use tempfile::TempDir;

fn run(arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"));
    program.args(arguments).output().unwrap()
}

/// What a reader sees of a page, eighty columns wide.
fn seen(page: &Path) -> String {
    let output = Command::new("man")
        .args(["--warnings", "--local-file"])
        .arg(page)
        .env("MANWIDTH", "80")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("man is installed (on Debian: apt-get install man-db)");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert_eq!(complaints, "", "{}", page.display());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_subcommand_has_a_page_and_every_page_all_flags() {
    let folder = TempDir::new().unwrap();
    let pages = folder.path().join("man1");
    assert!(
        run(&["man", "--directory", pages.to_str().unwrap()])
            .status
            .success()
    );
    let mut written: BTreeMap<String, String> = fs::read_dir(&pages)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, seen(&entry.path()))
        })
        .collect();

    let mut main = Cli::command().disable_help_subcommand(true);
    main.build();
    for command in main.get_subcommands().chain([&main]) {
        let name = command.get_display_name().unwrap_or(command.get_name());
        let page = written.remove(&format!("{name}.1")).expect(name);
        assert!(page.starts_with(&name.to_uppercase()), "{page}");
        for flag in command
            .get_arguments()
            .filter_map(|argument| argument.get_long())
        {
            assert!(page.contains(&format!("--{flag}")), "{name} lacks --{flag}");
        }
        assert!(page.contains("\nEXAMPLES\n"), "{page}");
    }
    assert!(written.is_empty(), "{:?}", written.keys());
}

#[test]
fn a_page_can_be_printed_alone() {
    let folder = TempDir::new().unwrap();
    let output = run(&["man", "validate"]);
    assert!(output.status.success());
    let page = folder.path().join("consoleme-cfg-validate.1");
    fs::write(&page, output.stdout).unwrap();
    assert!(seen(&page).contains("will do with a configuration"));

    let output = run(&["man", "valdate"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("error: there is no subcommand `valdate`"),
        "{said}"
    );
}
