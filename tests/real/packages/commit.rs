//! `build.rs` in the places that a release is built in: which commit does it tell?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{commit_all, root, run};

/// The build script, alone.
fn script(folder: &TempDir) -> PathBuf {
    let program = folder.path().join("build-script");
    run(Command::new("rustc")
        .args(["--edition", "2024", "-o"])
        .arg(&program)
        .arg(root().join("build.rs")));
    program
}

fn commit(script: &Path, folder: &Path, profile: &str, named: &str) -> String {
    let output = run(Command::new(script)
        .current_dir(folder)
        .env("PROFILE", profile)
        .env("CONSOLEME_CFG_COMMIT", named));
    let said = String::from_utf8(output.stdout).unwrap();
    let told = said
        .lines()
        .find_map(|line| line.strip_prefix("cargo::rustc-env=CONSOLEME_CFG_COMMIT="));
    told.unwrap().to_owned()
}

#[test]
fn the_commit_comes_from_where_the_sources_come_from() {
    let folder = TempDir::new().unwrap();
    let script = script(&folder);
    let release = |folder: &Path| commit(&script, folder, "release", "");

    let bare = TempDir::new().unwrap();
    assert_eq!(release(bare.path()), "unknown");
    assert_eq!(commit(&script, bare.path(), "release", "abc"), "abc");
    let debug = commit(&script, bare.path(), "debug", "");
    assert_eq!(debug, "not recorded in a debug build");

    let clone = TempDir::new().unwrap();
    fs::write(clone.path().join("Cargo.toml"), "").unwrap();
    commit_all(clone.path());
    let head = run(Command::new("git")
        .args(["rev-parse", "HEAD"])
        .current_dir(&clone));
    let head = String::from_utf8(head.stdout).unwrap().trim().to_owned();
    assert_eq!(release(clone.path()), head);

    // A copy of the sources in somebody else's repository has nothing to do with its commits.
    let vendored = clone.path().join("vendor");
    fs::create_dir(&vendored).unwrap();
    assert_eq!(release(&vendored), "unknown");
    let packaged = format!("{{\n  \"git\": {{\n    \"sha1\": \"{head}\"\n  }}\n}}");
    fs::write(vendored.join(".cargo_vcs_info.json"), packaged).unwrap();
    assert_eq!(release(&vendored), head);

    fs::write(clone.path().join("Cargo.toml"), "changed").unwrap();
    assert_eq!(release(clone.path()), format!("{head}-dirty"));
}
