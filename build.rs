//! Tells the program which commit it is built from, for `--version`, and the linker how a release is
//! loaded.

#![allow(
    clippy::print_stdout,
    reason = "this is how a build script talks to Cargo"
)]

use std::env;
use std::fs;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-env-changed=CONSOLEME_CFG_COMMIT");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=CONSOLEME_CFG_COMMIT={}", commit());
    if is_release() && is_target("OS", "linux") && is_target("ENV", "gnu") {
        // A start need not move 15,000 addresses to where the program was loaded: docs/decisions.md.
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

fn is_release() -> bool {
    env::var("PROFILE").as_deref() == Ok("release")
}

fn is_target(what: &str, name: &str) -> bool {
    env::var(format!("CARGO_CFG_TARGET_{what}")).as_deref() == Ok(name)
}

/// The commit, as the builder says it, as the crate's package says it, or as git says it.
fn commit() -> String {
    if let Ok(named) = env::var("CONSOLEME_CFG_COMMIT")
        && !named.is_empty()
    {
        return named;
    }
    // Every commit would build everything anew.
    if !is_release() {
        return "not recorded in a debug build".to_owned();
    }
    packaged().or_else(checked_out).unwrap_or("unknown".into())
}

/// `cargo package` writes it beside the manifest: `{"git":{"sha1":"…"}, …}`.
fn packaged() -> Option<String> {
    let text = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, after) = text.split_once("\"sha1\"")?;
    let sha1: String = after
        .chars()
        .skip_while(|c| !c.is_ascii_hexdigit())
        .take_while(char::is_ascii_hexdigit)
        .collect();
    (!sha1.is_empty()).then_some(sha1)
}

/// What git has checked out, where this is the top of a repository and not a part of another one.
fn checked_out() -> Option<String> {
    let prefix = git(&["rev-parse", "--show-prefix"])?;
    if !prefix.is_empty() {
        return None;
    }
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo::rerun-if-changed={log}");
    }
    for part in ["Cargo.lock", "Cargo.toml", "schemas", "src", "templates"] {
        println!("cargo::rerun-if-changed={part}");
    }
    git(&[
        "describe",
        "--always",
        "--dirty",
        "--abbrev=40",
        "--exclude=*",
    ])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
