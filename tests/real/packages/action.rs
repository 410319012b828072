//! The GitHub action and the workflows: what linters say of them, and the action's steps as a runner
//! runs them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

use super::{folder_with, path_with_program, quick_release, root, run, said, yaml};
use crate::harness::tool;

#[test]
fn the_workflows_and_the_action_are_what_github_reads() {
    let check = |schema: &str, file: &str| {
        run(tool("check-jsonschema")
            .args(["--builtin-schema", schema])
            .arg(root().join(file)));
    };
    check("vendor.github-actions", "action.yml");
    check("vendor.github-workflows", ".github/workflows/ci.yml");
    check("vendor.github-workflows", ".github/workflows/release.yml");
}

#[test]
fn they_are_hard_to_misuse() {
    run(tool("zizmor")
        .args(["--offline", "--no-progress", "--min-severity", "low"])
        .arg(root().join("action.yml"))
        .arg(root().join(".github")));
}

/// A job of a runner that uses the action, up to the step that is another action.
struct Job<'j> {
    folder: &'j Path,
    path: String,
    server: String,
    inputs: &'j [(&'j str, &'j str)],
}

impl Job<'_> {
    /// What the last step that ran wrote, and how it ended.
    fn run(&self) -> Output {
        let action = yaml(&fs::read_to_string(root().join("action.yml")).unwrap());
        let mut expressions = BTreeMap::from([
            (
                "github.action_path".to_owned(),
                root().display().to_string(),
            ),
            (
                "github.action_repository".to_owned(),
                "owner/consoleme-cfg".to_owned(),
            ),
            ("github.action_ref".to_owned(), "v1".to_owned()),
        ]);
        for (name, input) in action["inputs"].as_object().unwrap() {
            let default = input["default"].as_str().unwrap();
            let given = self.inputs.iter().find(|(given, _)| given == name);
            let value = given.map_or(default, |(_, value)| value);
            expressions.insert(format!("inputs.{name}"), value.to_owned());
        }
        let mut last = None;
        for step in action["runs"]["steps"].as_array().unwrap() {
            let Some(script) = step["run"].as_str() else {
                continue;
            };
            let (output, outputs) = self.step(script, &step["env"], &expressions);
            let failed = !output.status.success();
            last = Some(output);
            if failed {
                break;
            }
            for line in outputs.lines() {
                let (name, value) = line.split_once('=').unwrap();
                let id = step["id"].as_str().unwrap();
                expressions.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
            }
        }
        last.unwrap()
    }

    /// A step as a runner runs it with `shell: bash`, and the outputs that it set.
    fn step(
        &self,
        script: &str,
        variables: &Json,
        expressions: &BTreeMap<String, String>,
    ) -> (Output, String) {
        let runner = TempDir::new().unwrap();
        let (file, outputs) = (runner.path().join("step.sh"), runner.path().join("outputs"));
        assert!(
            !script.contains("${{"),
            "an expression in a script: {script}"
        );
        fs::write(&file, script).unwrap();
        fs::write(&outputs, "").unwrap();
        let mut bash = quick_release(Command::new("bash"));
        bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail"])
            .arg(file);
        bash.current_dir(self.folder);
        bash.env("PATH", &self.path);
        bash.env("GITHUB_OUTPUT", &outputs);
        bash.env("GITHUB_SERVER_URL", &self.server);
        bash.env("RUNNER_TEMP", self.folder.join("runner"));
        for (name, value) in variables.as_object().unwrap() {
            let value = value.as_str().unwrap();
            let expression = value
                .strip_prefix("${{ ")
                .and_then(|v| v.strip_suffix(" }}"));
            bash.env(name, &expressions[expression.unwrap()]);
        }
        let output = bash.output().unwrap();
        (output, fs::read_to_string(outputs).unwrap())
    }
}

/// A job on a runner that has the program.
fn job(case: &str, inputs: &[(&str, &str)]) -> (TempDir, Output) {
    let folder = folder_with(case);
    let job = Job {
        folder: folder.path(),
        path: path_with_program(),
        server: String::new(),
        inputs,
    };
    let output = job.run();
    (folder, output)
}

#[test]
fn findings_fail_the_job_and_are_left_as_sarif() {
    let (_, good) = job("good.yaml", &[]);
    assert!(good.status.success(), "{}", said(&good));

    let (folder, bad) = job("several.yaml", &[]);
    assert_eq!(bad.status.code(), Some(1), "{}", said(&bad));
    assert!(
        said(&bad).contains("::error file=consoleme.yaml,line="),
        "{}",
        said(&bad)
    );
    let sarif = fs::read_to_string(folder.path().join("consoleme-cfg.sarif")).unwrap();
    let sarif: Json = serde_json::from_str(&sarif).unwrap();
    assert!(!sarif["runs"][0]["results"].as_array().unwrap().is_empty());

    let (_, missing) = job("good.yaml", &[("paths", "nothing.yaml\n")]);
    assert_eq!(missing.status.code(), Some(3), "{}", said(&missing));
}

/// The upload has to come after the step that fails, and to run all the same.
#[test]
fn findings_are_uploaded_before_the_job_fails() {
    let action = yaml(&fs::read_to_string(root().join("action.yml")).unwrap());
    let steps = action["runs"]["steps"].as_array().unwrap();
    let upload = steps.last().unwrap();
    assert!(
        upload["uses"]
            .as_str()
            .unwrap()
            .starts_with("github/codeql-action/upload-sarif@")
    );
    assert_eq!(
        upload["if"],
        "${{ !cancelled() && inputs.upload == 'true' }}"
    );
    assert_eq!(upload["with"]["sarif_file"], "${{ inputs.sarif }}");
    for step in steps {
        assert_eq!(step["continue-on-error"], Json::Null);
    }
}

#[test]
fn paths_and_flags_are_one_a_line() {
    let flags = "--fail-on=never\n--output=json=a b.json\n";
    let inputs = [
        ("flags", flags),
        ("paths", "consoleme.yaml\n\nother one.yaml\n"),
    ];
    let folder = folder_with("several.yaml");
    fs::copy(
        folder.path().join("consoleme.yaml"),
        folder.path().join("other one.yaml"),
    )
    .unwrap();
    let job = Job {
        folder: folder.path(),
        path: path_with_program(),
        server: String::new(),
        inputs: &inputs,
    };
    let output = job.run();
    assert!(output.status.success(), "{}", said(&output));
    let json = fs::read_to_string(folder.path().join("a b.json")).unwrap();
    let json: Json = serde_json::from_str(&json).unwrap();
    assert_eq!(json["files"].as_array().unwrap().len(), 2);
}

/// Serves a folder until it is dropped.
struct Served(Child);

impl Served {
    fn folder(folder: &Path) -> (Self, String) {
        let mut python = Command::new("python3")
            .args(["-u", "-m", "http.server", "--bind", "127.0.0.1", "0"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(python.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let (_, rest) = line.split_once(" port ").unwrap();
        let port = rest.split(' ').next().unwrap();
        (Self(python), format!("http://127.0.0.1:{port}"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The folders of the path that have no program of ours.
fn path_without_program() -> String {
    let path = std::env::var_os("PATH").unwrap();
    let folders =
        std::env::split_paths(&path).filter(|folder| !folder.join("consoleme-cfg").exists());
    std::env::join_paths(folders)
        .unwrap()
        .into_string()
        .unwrap()
}

#[test]
fn the_program_comes_from_the_release_and_else_from_the_sources() {
    let served = TempDir::new().unwrap();
    let (_server, url) = Served::folder(served.path());
    let folder = folder_with("several.yaml");
    let job = Job {
        folder: folder.path(),
        path: path_without_program(),
        server: url,
        inputs: &[],
    };
    let output = job.run();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("::error file="), "{}", said(&output));
    let from_sources = folder.path().join("runner/consoleme-cfg/bin/consoleme-cfg");

    // A release whose program says so.
    let release = served
        .path()
        .join("owner/consoleme-cfg/releases/download/v1");
    let name = format!(
        "consoleme-cfg-{}-unknown-linux-musl",
        std::env::consts::ARCH
    );
    fs::create_dir_all(release.join(&name)).unwrap();
    let program = "#!/bin/sh\necho \"released: $*\"\n";
    fs::write(release.join(&name).join("consoleme-cfg"), program).unwrap();
    let pack = "chmod +x $0/consoleme-cfg && tar -czf $0.tar.gz $0 && sha256sum $0.tar.gz > $0.tar.gz.sha256";
    run(Command::new("sh")
        .args(["-c", pack, &name])
        .current_dir(&release));
    fs::remove_file(from_sources).unwrap();
    let output = job.run();
    assert!(
        said(&output).contains("released: validate --format github"),
        "{}",
        said(&output)
    );

    // And one that is not what its checksum says.
    fs::write(release.join(format!("{name}.tar.gz")), "other").unwrap();
    let output = job.run();
    assert!(!output.status.success());
    assert!(said(&output).contains("FAILED"), "{}", said(&output));
}
