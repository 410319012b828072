//! What a release is made of, tried with the programs that people use it with.

mod action;
mod book;
mod commit;
mod hooks;
mod recipes;
mod sources;
mod wheel;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::harness::tool;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where Cargo builds, so that no test builds everything anew.
fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

/// A path that begins with the folder of the program that is tested.
fn path_with_program() -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_consoleme-cfg"));
    let folder = program.parent().unwrap().display();
    format!("{folder}:{}", std::env::var("PATH").unwrap())
}

/// Runs a command that has to succeed.
fn run(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}\n{}", said(&output));
    output
}

/// What a command wrote to both streams.
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The files that git knows of or would take, as they are in the work tree.
fn files() -> Vec<PathBuf> {
    let mut git = Command::new("git");
    git.args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ]);
    let output = run(git.current_dir(root()));
    let names = String::from_utf8(output.stdout).unwrap();
    let names = names.split('\0').filter(|name| !name.is_empty());
    names
        .map(PathBuf::from)
        .filter(|path| root().join(path).is_file())
        .collect()
}

/// Copies files of the project, which keep their places.
fn copy(paths: &[PathBuf], folder: &Path) {
    for path in paths {
        let to = folder.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(root().join(path), to).unwrap();
    }
}

/// A folder with one of the configurations of the command line's own cases.
fn folder_with(case: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let from = root().join("tests/cli/validate.in").join(case);
    fs::copy(from, folder.path().join("consoleme.yaml")).unwrap();
    folder
}

/// Makes a repository of a folder, with all of it in its only commit.
fn commit_all(folder: &Path) {
    let git = |arguments: &[&str]| run(Command::new("git").args(arguments).current_dir(folder));
    git(&["init", "--quiet", "--initial-branch", "main"]);
    git(&["add", "--all"]);
    let who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    git(&[&who[..], &["commit", "--quiet", "--message", "All"]].concat());
}

/// Lets a command that builds a release build it without optimisations, in a folder that is kept.
fn quick_release(mut command: Command) -> Command {
    command
        .env("CARGO_TARGET_DIR", target().join("packages"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off");
    command
}

/// YAML as PyYAML reads it.
fn yaml(text: &str) -> Json {
    let script = "import json, sys, yaml; json.dump(yaml.safe_load(sys.argv[1]), sys.stdout)";
    let output = run(tool("python").args(["-c", script, text]));
    serde_json::from_slice(&output.stdout).unwrap()
}
