//! The recipes in `docs/ci.md`: each is what its reader takes, and does what it says.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

use super::{folder_with, path_with_program, root, run, said};
use crate::harness::tool;

/// The code blocks in this language, whose first line is left out where it names the file.
fn blocks(language: &str) -> Vec<(String, String)> {
    let page = fs::read_to_string(root().join("docs/ci.md")).unwrap();
    let fence = format!("```{language}\n");
    let blocks = page.split(&fence).skip(1).map(|block| {
        let (block, _) = block.split_once("```").unwrap();
        let first = block.lines().next().unwrap();
        (first.trim_start_matches("# ").to_owned(), block.to_owned())
    });
    blocks.collect()
}

#[test]
fn the_recipes_are_what_their_services_read() {
    let folder = TempDir::new().unwrap();
    let blocks = blocks("yaml");
    assert_eq!(blocks.len(), 3);
    for (name, text) in blocks {
        let file = folder.path().join(name.rsplit('/').next().unwrap());
        fs::write(&file, text).unwrap();
        let schema = match name.as_str() {
            ".github/workflows/consoleme.yml" => "vendor.github-workflows",
            ".gitlab-ci.yml" => "vendor.gitlab-ci",
            _ => {
                run(tool("pre-commit").arg("validate-config").arg(file));
                continue;
            }
        };
        run(tool("check-jsonschema")
            .args(["--builtin-schema", schema])
            .arg(file));
    }
}

#[test]
fn gitlab_gets_its_reports_and_fails() {
    let blocks = blocks("yaml");
    let (_, text) = blocks
        .iter()
        .find(|(name, _)| name == ".gitlab-ci.yml")
        .unwrap();
    let job = super::yaml(text);
    let job = &job["consoleme"];
    let folder = folder_with("several.yaml");
    for (part, status) in [("before_script", 0), ("script", 1)] {
        let lines = job[part].as_array().unwrap();
        let script: Vec<&str> = lines.iter().map(|line| line.as_str().unwrap()).collect();
        let output = Command::new("bash")
            .args(["-eo", "pipefail", "-c", &script.join("\n")])
            .current_dir(&folder)
            .env("PATH", path_with_program())
            .env("CARGO_HOME", folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(status), "{}", said(&output));
    }
    for report in ["codequality", "junit"] {
        let report = job["artifacts"]["reports"][report].as_str().unwrap();
        assert!(folder.path().join(report).exists(), "{report}");
    }
    assert_eq!(job["artifacts"]["when"], "always");
}

#[test]
fn the_shell_recipe_ends_as_the_program_does() {
    let blocks = blocks("bash");
    let [(_, script)] = blocks.as_slice() else {
        panic!("one recipe for any shell");
    };
    for (folder, status, says) in [
        (folder_with("good.yaml"), 0, "ConsoleMe will start"),
        (folder_with("several.yaml"), 1, "there are findings"),
        (TempDir::new().unwrap(), 3, "not examined"),
    ] {
        let output = Command::new("bash")
            .args(["-c", script])
            .current_dir(&folder)
            .env("PATH", path_with_program())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(status), "{}", said(&output));
        assert!(said(&output).contains(says), "{}", said(&output));
    }
}
