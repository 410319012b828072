//! The Dockerfile and the crate: is all there that the program is built from?

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use super::{copy, files, folder_with, quick_release, root, run};
use crate::harness::tool;

/// What the Dockerfile copies from the project.
fn copied() -> Vec<PathBuf> {
    let text = fs::read_to_string(root().join("Dockerfile")).unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix("COPY "));
    let mut copied = Vec::new();
    for line in lines.filter(|line| !line.starts_with("--from")) {
        let (from, to) = line.rsplit_once(' ').unwrap();
        let from: Vec<&str> = from.split(' ').collect();
        assert!(
            to == "./" || from == [to],
            "a folder keeps its name: {line}"
        );
        copied.extend(from.into_iter().map(PathBuf::from));
    }
    copied.sort();
    copied
}

/// The files behind that.
fn files_copied() -> Vec<PathBuf> {
    let copied = copied();
    let mut files = files();
    files.retain(|path| copied.iter().any(|part| path.starts_with(part)));
    files
}

#[test]
fn the_dockerfile_has_no_bad_habits() {
    run(tool("hadolint").arg(root().join("Dockerfile")));
}

#[test]
fn docker_is_given_what_the_dockerfile_copies() {
    let text = fs::read_to_string(root().join(".dockerignore")).unwrap();
    let given = text.lines().filter_map(|line| line.strip_prefix('!'));
    let mut given: Vec<PathBuf> = given.map(PathBuf::from).collect();
    given.sort();
    assert_eq!(given, copied());
}

#[test]
fn what_the_dockerfile_copies_is_enough_to_install_the_program() {
    let folder = TempDir::new().unwrap();
    copy(&files_copied(), folder.path());
    run(quick_release(Command::new("cargo"))
        .args(["install", "--locked", "--path"])
        .arg(folder.path())
        .arg("--root")
        .arg(folder.path()));
    run(Command::new(folder.path().join("bin/consoleme-cfg"))
        .arg("validate")
        .current_dir(folder_with("good.yaml").path()));
}

#[test]
fn the_crate_has_what_the_program_is_built_from() {
    let output = run(Command::new("cargo")
        .args(["package", "--list", "--allow-dirty"])
        .current_dir(root()));
    let listed = String::from_utf8(output.stdout).unwrap();
    let listed: Vec<PathBuf> = listed.lines().map(PathBuf::from).collect();
    for path in files_copied() {
        assert!(listed.contains(&path), "{}", path.display());
    }
}

/// The archives have the names that cargo-binstall looks for.
#[test]
fn the_archives_are_where_binstall_looks() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    assert_eq!(
        binstall["pkg-url"].as_str().unwrap(),
        "{ repo }/releases/download/v{ version }/{ name }-{ target }.tar.gz"
    );
    assert_eq!(
        binstall["bin-dir"].as_str().unwrap(),
        "{ name }-{ target }/{ bin }"
    );
    let package = fs::read_to_string(root().join(".ci/package")).unwrap();
    assert!(package.contains("name=consoleme-cfg-$target\n"));
    assert!(package.contains("\"$folder/$name.tar.gz\" --directory \"$partial\" \"$name\"\n"));
}
