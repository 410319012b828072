//! The archive and the wheel that a release holds.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use super::{folder_with, quick_release, root, run, said};
use crate::harness::tool;

#[test]
fn the_archive_and_the_wheel_hold_the_program() {
    let folder = TempDir::new().unwrap();
    let rustc = run(Command::new("rustc").args(["--version", "--verbose"]));
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    run(quick_release(Command::new("bash"))
        .arg(root().join(".ci/package"))
        .arg(host)
        .arg(folder.path())
        .arg(tool("maturin").get_program()));
    let made: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(made.len(), 3, "archive, checksum, wheel: {made:?}");

    let name = format!("consoleme-cfg-{host}");
    run(Command::new("sha256sum")
        .args(["--check", &format!("{name}.tar.gz.sha256")])
        .current_dir(&folder));
    run(Command::new("tar")
        .args(["--extract", "--file", &format!("{name}.tar.gz")])
        .current_dir(&folder));
    let unpacked = folder.path().join(&name);
    run(Command::new(unpacked.join("consoleme-cfg")).arg("--version"));
    for file in [
        "LICENSE",
        "man/consoleme-cfg-init.1",
        "completions/consoleme-cfg.fish",
    ] {
        assert!(unpacked.join(file).exists(), "{file}");
    }

    let python = folder.path().join("python");
    run(Command::new("python3").args(["-m", "venv"]).arg(&python));
    let mut wheels = made
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "whl"));
    run(Command::new(python.join("bin/pip"))
        .args(["install", "--no-index", "--disable-pip-version-check"])
        .arg(wheels.next().unwrap()));
    run(Command::new(python.join("bin/consoleme-cfg"))
        .arg("validate")
        .current_dir(folder_with("good.yaml").path()));
    let told =
        run(Command::new(python.join("bin/pip")).args(["show", "--verbose", "consoleme-cfg"]));
    let told = said(&told);
    for line in ["Version: 0.", "Summary: Writes and checks", "Apache-2.0"] {
        assert!(told.contains(line), "{told}");
    }
}
