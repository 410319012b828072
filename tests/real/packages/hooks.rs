//! The hooks, with the real pre-commit on a repository of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{commit_all, copy, files, folder_with, path_with_program, quick_release, run, said};
use crate::harness::tool;

/// The project as pre-commit clones it, from the work tree as it is.
fn hooks() -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    copy(&files(), folder.path());
    commit_all(folder.path());
    let head = run(Command::new("git")
        .args(["rev-parse", "HEAD"])
        .current_dir(&folder));
    let head = String::from_utf8(head.stdout).unwrap().trim().to_owned();
    (folder, head)
}

/// Runs a hook of the project in a repository with this configuration.
fn pre_commit(project: &(TempDir, String), id: &str, case: &str, home: &Path) -> Output {
    let folder = folder_with(case);
    let here = project.0.path().display();
    let config = format!(
        "repos:\n  - repo: {here}\n    rev: {}\n    hooks:\n      - id: {id}\n",
        project.1
    );
    fs::write(folder.path().join(".pre-commit-config.yaml"), config).unwrap();
    // No file that is meant for ConsoleMe, so none of the hook's business.
    fs::write(folder.path().join("other.yaml"), "a: [").unwrap();
    commit_all(folder.path());
    let mut pre_commit = quick_release(tool("pre-commit"));
    pre_commit.args(["run", "--all-files", "--verbose", "--color", "never"]);
    pre_commit.current_dir(&folder);
    pre_commit.env("PRE_COMMIT_HOME", home);
    pre_commit.env("PATH", path_with_program());
    pre_commit.output().unwrap()
}

#[test]
fn the_hooks_let_good_configurations_pass_and_no_others() {
    let project = hooks();
    let home: PathBuf = project.0.path().join(".git/pre-commit-home");
    run(tool("pre-commit")
        .arg("validate-manifest")
        .arg(project.0.path().join(".pre-commit-hooks.yaml")));
    for id in ["consoleme-cfg-installed", "consoleme-cfg"] {
        let good = pre_commit(&project, id, "good.yaml", &home);
        assert!(good.status.success(), "{}", said(&good));
        assert!(said(&good).contains("Passed"), "{}", said(&good));

        let bad = pre_commit(&project, id, "several.yaml", &home);
        assert_eq!(bad.status.code(), Some(1), "{}", said(&bad));
        assert!(said(&bad).contains("exit code: 1"), "{}", said(&bad));
        assert!(said(&bad).contains("--> consoleme.yaml:"), "{}", said(&bad));
        assert!(!said(&bad).contains("other.yaml"), "{}", said(&bad));
    }
}
