//! What a team may choose: a baseline, settings in `consoleme-cfg.toml`, and folders.

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

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use consoleme_cfg::settings::{self, Settings};
use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

const GOOD: &str = include_str!("../src/rules/base.yaml");

/// A configuration with an error and a warning.
fn bad() -> String {
    let text = GOOD.replace("cognito:groups", "groups");
    text.replace("jwt_verify: true", "jwt_verify: false")
}

/// A folder in which no file of settings and no repository of this machine counts.
fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The status, standard output and standard error of `validate`, the folder's name left out.
fn validate(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(folder)
        .env_clear()
        .arg("validate")
        .args(arguments)
        .output()
        .unwrap();
    let folder = folder.canonicalize().unwrap();
    let text = |bytes| {
        let text = String::from_utf8(bytes).unwrap();
        text.replace(folder.to_str().unwrap(), "FOLDER")
    };
    let status = output.status.code().unwrap();
    (status, text(output.stdout), text(output.stderr))
}

/// The last line of standard output.
fn summary(output: &(i32, String, String)) -> &str {
    output.1.lines().last().unwrap_or_default()
}

fn json_of(folder: &Path, arguments: &[&str]) -> Json {
    let mut arguments = arguments.to_vec();
    arguments.extend(["--format", "json"]);
    serde_json::from_str(&validate(folder, &arguments).1).unwrap()
}

#[test]
fn what_the_baseline_knows_does_not_count() {
    let folder = folder_with(&[("consoleme.yaml", &bad())]);
    let folder = folder.path();
    let first = validate(
        folder,
        &["consoleme.yaml", "--output", "json=baseline.json"],
    );
    assert_eq!(first.0, 1);
    let with = ["consoleme.yaml", "--baseline", "baseline.json"];
    let known = validate(folder, &with);
    assert_eq!((known.0, known.2.as_str()), (0, ""));
    assert_snapshot!(known.1, @r#"consoleme.yaml: no findings; 2 in the baseline; judged for production, as `environment` says; the provider was not asked"#);
    let report = json_of(folder, &with);
    assert_eq!(report["findings"], json!([]));
    assert_eq!(report["summary"]["suppressed"], 2);

    // Lines that move change nothing, and what is new counts.
    let moved = format!("# a comment\n\n{}", bad()).replace("8081", "99999");
    fs::write(folder.join("consoleme.yaml"), moved).unwrap();
    let report = json_of(folder, &with);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(findings[0]["key"], "tornado.port");
    assert_eq!(report["summary"]["suppressed"], 2);
}

#[test]
fn what_is_gone_from_the_baseline_is_told() {
    let folder = folder_with(&[("consoleme.yaml", &bad()), ("other.yaml", &bad())]);
    let folder = folder.path();
    let both = [
        "consoleme.yaml",
        "other.yaml",
        "--output",
        "json=baseline.json",
    ];
    validate(folder, &both);
    fs::write(folder.join("consoleme.yaml"), GOOD).unwrap();
    let with = ["consoleme.yaml", "--baseline", "baseline.json"];
    let output = validate(folder, &with);
    assert_eq!(output.0, 0);
    assert_snapshot!(output.2, @r#"note: baseline.json holds findings that are gone: jwt-verify-is-off in consoleme.yaml, wrong-groups-key in consoleme.yaml; write it anew, so that they count should they come back"#);
    // Nobody looked for those.
    let output = validate(folder, &[&with[..], &["--select", "url"]].concat());
    assert_eq!(output.2, "");
    let output = validate(folder, &[&with[..], &["--quiet"]].concat());
    assert_eq!(output.2, "");
    // A comment is as good as the baseline, and takes nothing out of it.
    let comment = "# consoleme-cfg: ignore-file[jwt-verify-is-off, wrong-groups-key]\n";
    fs::write(folder.join("consoleme.yaml"), format!("{comment}{}", bad())).unwrap();
    let output = validate(folder, &with);
    assert_eq!((output.0, output.2.as_str()), (0, ""));
}

#[test]
fn the_baseline_hides_nothing_of_what_cannot_be_read() {
    let folder = folder_with(&[("consoleme.yaml", "a: [\n")]);
    let folder = folder.path();
    validate(
        folder,
        &["consoleme.yaml", "--output", "json=baseline.json"],
    );
    let output = validate(folder, &["consoleme.yaml", "--baseline", "baseline.json"]);
    assert_eq!(output.0, 1, "{}", output.1);
}

#[test]
fn code_scanning_hears_of_the_baseline() {
    let folder = folder_with(&[("consoleme.yaml", &bad())]);
    let folder = folder.path();
    validate(
        folder,
        &["consoleme.yaml", "--output", "json=baseline.json"],
    );
    let sarif = [
        "consoleme.yaml",
        "--baseline",
        "baseline.json",
        "--format",
        "sarif",
    ];
    let sarif: Json = serde_json::from_str(&validate(folder, &sarif).1).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        assert_eq!(result["suppressions"][0]["kind"], "external");
    }
}

#[test]
fn baselines_that_are_none_are_refused() {
    let folder = folder_with(&[
        ("consoleme.yaml", GOOD),
        ("text.json", "text"),
        (
            "old.json",
            r#"{"schema_version": 1, "findings": [{"rule": "a", "file": "b"}]}"#,
        ),
        ("new.json", r#"{"schema_version": 2, "findings": []}"#),
        ("good.json", r#"{"schema_version": 1, "findings": []}"#),
    ]);
    let folder = folder.path();
    let mut told = String::new();
    for name in ["none.json", "text.json", "old.json", "new.json", "."] {
        let output = validate(folder, &["consoleme.yaml", "--baseline", name]);
        assert_eq!((output.0, output.1.as_str()), (2, ""), "{name}");
        told += &output.2;
    }
    let both = [
        "consoleme.yaml",
        "--baseline",
        "good.json",
        "--output",
        "json=good.json",
    ];
    let output = validate(folder, &both);
    assert_eq!((output.0, output.1.as_str()), (2, ""));
    told += &output.2;
    assert_snapshot!(told, @r#"
    error: the baseline none.json cannot be read: there is no such file; `consoleme-cfg validate --output json=FILE` writes one
    error: the baseline text.json is no JSON report with fingerprints: expected ident at line 1 column 2; `consoleme-cfg validate --output json=FILE` writes one
    error: the baseline old.json is no JSON report with fingerprints: missing field `fingerprint` at line 1 column 61; `consoleme-cfg validate --output json=FILE` writes one
    error: the baseline new.json is no JSON report with fingerprints: its version is 2, not 1; `consoleme-cfg validate --output json=FILE` writes one
    error: the baseline . cannot be read: it is a directory; `consoleme-cfg validate --output json=FILE` writes one
    error: good.json is the baseline, and would lose what it holds; name another file for the output
    "#);
}

#[test]
fn fixes_leave_alone_what_a_comment_suppresses() {
    let text = bad().replace(
        "jwt_verify: false",
        "jwt_verify: false # consoleme-cfg: ignore[jwt-verify-is-off]",
    );
    let folder = folder_with(&[("consoleme.yaml", &text)]);
    assert_eq!(validate(folder.path(), &["consoleme.yaml", "--fix"]).0, 0);
    let fixed = fs::read_to_string(folder.path().join("consoleme.yaml")).unwrap();
    assert_eq!(
        fixed,
        text.replace("groups_key: groups", "groups_key: cognito:groups")
    );
}

#[test]
fn settings_are_found_above_what_is_checked() {
    let settings = "ignore = [\"jwt-verify-is-off\"]\nfail-on = \"warning\"\n";
    let folder = folder_with(&[
        ("consoleme-cfg.toml", settings),
        ("a/b/consoleme.yaml", &bad()),
    ]);
    let folder = folder.path();
    let file = ["a/b/consoleme.yaml"];
    let with = |more: &[&str]| validate(folder, &[&file[..], more].concat());

    let found = with(&["--verbose"]);
    assert_eq!(found.0, 1);
    assert!(
        found
            .2
            .starts_with("settings of FOLDER/consoleme-cfg.toml\n"),
        "{}",
        found.2
    );
    assert_snapshot!(summary(&found), @r#"a/b/consoleme.yaml: 1 warning; 1 fixable with --fix; judged for production, as `environment` says; the provider was not asked"#);
    // A flag goes before the setting of its name, and before no other.
    assert_eq!(with(&["--fail-on", "error"]).0, 0);
    assert_snapshot!(summary(&with(&["--ignore", "wrong-groups-key"])), @r#"a/b/consoleme.yaml: 1 error; 1 fixable with --fix; judged for production, as `environment` says; the provider was not asked"#);
    assert_snapshot!(summary(&with(&["--no-config"])), @r#"a/b/consoleme.yaml: 1 error, 1 warning; 2 fixable with --fix; judged for production, as `environment` says; the provider was not asked"#);

    // The nearest one is taken, as a whole.
    fs::write(folder.join("a/consoleme-cfg.toml"), "fail-on = \"never\"\n").unwrap();
    assert_eq!(with(&[]).0, 0);
    assert_eq!(with(&["--config", "consoleme-cfg.toml"]).0, 1);
    fs::remove_file(folder.join("a/consoleme-cfg.toml")).unwrap();

    // Nobody looks beyond the root of a repository.
    fs::create_dir(folder.join("a/.git")).unwrap();
    assert_snapshot!(summary(&with(&[])), @r#"a/b/consoleme.yaml: 1 error, 1 warning; 2 fixable with --fix; judged for production, as `environment` says; the provider was not asked"#);
}

#[test]
fn settings_go_with_standard_input_and_the_folder_that_it_is_said_to_be_in() {
    let folder = folder_with(&[("a/consoleme-cfg.toml", "fail-on = \"wrong\"\n")]);
    let with = |arguments: &[&str]| validate(folder.path(), arguments).0;
    assert_eq!(with(&["-", "--stdin-filename", "a/consoleme.yaml"]), 2);
    assert_ne!(with(&["-", "--stdin-filename", "b.yaml"]), 2);
    assert_ne!(with(&["-"]), 2);
}

#[test]
fn one_run_goes_by_one_file_of_settings() {
    let folder = folder_with(&[
        ("a/consoleme-cfg.toml", ""),
        ("a/consoleme.yaml", GOOD),
        ("b/consoleme.yaml", GOOD),
    ]);
    let both = ["a/consoleme.yaml", "b/consoleme.yaml"];
    let output = validate(folder.path(), &both);
    assert_eq!(output.0, 2);
    assert_snapshot!(output.2, @r#"error: a/consoleme.yaml goes by FOLDER/a/consoleme-cfg.toml, and b/consoleme.yaml by no consoleme-cfg.toml; check them one after the other, or name one file for both with `--config FILE`"#);
    let named = [&both[..], &["--config", "a/consoleme-cfg.toml"]].concat();
    assert_eq!(validate(folder.path(), &named).0, 0);
}

#[test]
fn the_baseline_of_the_settings_counts_from_their_folder() {
    let folder = folder_with(&[
        ("consoleme-cfg.toml", "baseline = \"known.json\"\n"),
        ("known.json", r#"{"schema_version": 1, "findings": []}"#),
        ("a/consoleme.yaml", GOOD),
    ]);
    assert_eq!(validate(folder.path(), &["a/consoleme.yaml"]).0, 0);
    fs::remove_file(folder.path().join("known.json")).unwrap();
    assert_eq!(validate(folder.path(), &["a/consoleme.yaml"]).0, 2);
}

#[test]
fn settings_that_are_wrong_are_drawn_as_findings_are() {
    let folder = folder_with(&[("consoleme.yaml", GOOD)]);
    let folder = folder.path();
    let mut told = String::new();
    for text in [
        "# ours\nselct = [\"url\"]\n",
        "colour = true\n",
        "select = [\"url\",\n  \"client-scope-is-string\"]\n",
        "fail-on = \"fatal\"\n",
        "ignore = \"url\"\n",
        "timeout = 0\n",
        "callback-url = [\"consoleme.example.com\"]\n",
        "fail-on = error\n",
        "fail-on = \"error\"\nfail-on = \"info\"\n",
    ] {
        fs::write(folder.join("consoleme-cfg.toml"), text).unwrap();
        let output = validate(folder, &["consoleme.yaml"]);
        assert_eq!((output.0, output.1.as_str()), (2, ""), "{text}");
        told += &output.2;
    }
    fs::write(folder.join("consoleme-cfg.toml"), b"# \xff\n").unwrap();
    told += &validate(folder, &["consoleme.yaml"]).2;
    told += &validate(folder, &["consoleme.yaml", "--config", "none.toml"]).2;
    fs::remove_file(folder.join("consoleme-cfg.toml")).unwrap();
    fs::create_dir(folder.join("consoleme-cfg.toml")).unwrap();
    told += &validate(folder, &["consoleme.yaml"]).2;
    assert_snapshot!(told, @r##"
    error: there is no setting `selct`
     --> FOLDER/consoleme-cfg.toml:2:1
      |
    2 | selct = ["url"]
      | ^^^^^
      |
      = help: did you mean `select`?
    error: there is no setting `colour`
     --> FOLDER/consoleme-cfg.toml:1:1
      |
    1 | colour = true
      | ^^^^^^
      |
      = help: the settings are `allow-host`, `baseline`, `callback-url`, `environment`, `fail-on`, `ignore`, `min-severity`, `select`, `timeout`
    error: `select`: there is no rule and no group `client-scope-is-string`; did you mean `client-scope-is-a-string`?
     --> FOLDER/consoleme-cfg.toml:2:3
      |
    2 |   "client-scope-is-string"]
      |   ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write it like this: `select = ["oidc", "url-over-http"]`
    error: `fail-on` has to be one of "error", "warning", "info", "never"
     --> FOLDER/consoleme-cfg.toml:1:11
      |
    1 | fail-on = "fatal"
      |           ^^^^^^^
      |
      = help: write it like this: `fail-on = "warning"`
    error: `ignore` has to be a list of texts
     --> FOLDER/consoleme-cfg.toml:1:10
      |
    1 | ignore = "url"
      |          ^^^^^
      |
      = help: write it like this: `ignore = ["weak-session-secret"]`
    error: `timeout`: it has to be a number of seconds, at most 3600
     --> FOLDER/consoleme-cfg.toml:1:11
      |
    1 | timeout = 0
      |           ^
      |
      = help: write it like this: `timeout = 30`
    error: `callback-url`: it has to be a URL such as `https://consoleme.example.com/auth`
     --> FOLDER/consoleme-cfg.toml:1:17
      |
    1 | callback-url = ["consoleme.example.com"]
      |                 ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write it like this: `callback-url = ["https://consoleme.example.com/auth"]`
    error: this is not TOML: string values must be quoted, expected literal string
     --> FOLDER/consoleme-cfg.toml:1:11
      |
    1 | fail-on = error
      |           ^^^^^
    error: this is not TOML: duplicate key
     --> FOLDER/consoleme-cfg.toml:2:1
      |
    2 | fail-on = "info"
      | ^^^^^^^
    error: FOLDER/consoleme-cfg.toml: the file is not UTF-8
    error: none.toml: there is no such file
    error: FOLDER/consoleme-cfg.toml: it is a directory
    "##);
}

fn schema() -> Json {
    serde_json::from_str(settings::SCHEMA).unwrap()
}

/// A JSON value as TOML writes it.
fn toml_of(value: &Json) -> String {
    match value {
        Json::Object(_) => "{}".to_owned(),
        Json::Null => "[[]]".to_owned(),
        value => value.to_string(),
    }
}

#[test]
fn the_schema_knows_the_settings_and_no_others() {
    let schema = schema();
    let known = schema["properties"].as_object().unwrap();
    for (name, setting) in known {
        let examples = setting["examples"].as_array().unwrap();
        assert!(
            !examples.is_empty() && setting["description"].is_string(),
            "{name}"
        );
        for example in examples {
            let text = format!("{name} = {}\n", toml_of(example));
            let settings = Settings::parse(&text).unwrap_or_else(|problem| panic!("{problem:?}"));
            assert_ne!(settings, Settings::default(), "{text}");
        }
    }
    // What the program takes for a name is in its own refusal of another.
    let refusal = toml::from_str::<Settings>("x = 1\n")
        .unwrap_err()
        .to_string();
    let names: Vec<&str> = known.keys().map(String::as_str).collect();
    let taken = refusal.split("expected one of ").nth(1).unwrap();
    let mut taken: Vec<&str> = taken
        .trim()
        .split(", ")
        .map(|name| name.trim_matches('`'))
        .collect();
    taken.sort_unstable();
    assert_eq!(taken, names);
}

proptest! {
    /// What an editor marks by the schema, the program refuses, and the other way round.
    #[test]
    fn the_schema_and_the_program_take_the_same(
        name in prop::sample::select(vec![
            "environment", "select", "ignore", "fail-on", "min-severity", "baseline",
            "callback-url", "allow-host", "timeout", "fail_on", "online",
        ]),
        value in prop::sample::select(vec![
            json!("error"), json!("never"), json!("info"), json!("development"), json!("prod"),
            json!(""), json!("url"), json!([]), json!(["url"]), json!(["oidc", "url-over-http"]),
            json!([1]), json!(["https://a.example/auth"]), json!(["https://a.example/#b"]), json!(["a"]),
            json!(1), json!(0), json!(-1), json!(0.5), json!(3600), json!(3601), json!(true), json!({}),
        ]),
    ) {
        // Which rules there are the schema does not know.
        let is_rule = |rule: &Json| rule == "url" || rule == "oidc" || rule == "url-over-http";
        let are_rules = value.as_array().is_some_and(|rules| rules.iter().all(is_rule));
        prop_assume!(!matches!(name, "select" | "ignore") || are_rules || !value.is_array());
        let instance = json!({ name: value });
        let by_schema = jsonschema::is_valid(&schema(), &instance);
        let taken = Settings::parse(&format!("{name} = {}\n", toml_of(&instance[name])));
        prop_assert_eq!(taken.is_ok(), by_schema, "{:?}", taken);
    }

    /// Whatever stands in the file: settings, or characters of it to point at.
    #[test]
    fn problems_stand_in_the_text(text in any::<String>(), name in "[a-z-]{0,12}", value in any::<String>()) {
        for text in [text, format!("{name} = {value:?}\n"), format!("fail-on = \"never\"\n[{name}]\n{value}")] {
            if let Err(problem) = Settings::parse(&text) {
                prop_assert!(text.get(problem.span).is_some());
                prop_assert!(!problem.message.is_empty());
            }
        }
    }
}

/// The names of the files that were examined.
fn examined(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let report = json_of(folder, arguments);
    let files = report["files"].as_array().unwrap().iter();
    files
        .map(|file| file["path"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn of_a_folder_its_configurations_are_examined() {
    let extending = "extends:\n  - base.yaml\n  - secrets.yaml\n";
    let folder = folder_with(&[
        ("b/consoleme.yaml", GOOD),
        ("a/consoleme.yml", GOOD),
        ("a/broken.yaml", &format!("{GOOD}x: [\n")),
        ("a/docker-compose.yaml", "services:\n  redis: {}\n"),
        ("a/notes.txt", GOOD),
        ("c/main.yaml", extending),
        ("c/base.yaml", GOOD),
        ("c/secrets.yaml", "oidc_secrets: {}\njwt_secret: x\n"),
        ("circle/one.yaml", &format!("extends: [two.yaml]\n{GOOD}")),
        ("circle/two.yaml", &format!("extends: [one.yaml]\n{GOOD}")),
        (".hidden/consoleme.yaml", GOOD),
        ("ignored/consoleme.yaml", GOOD),
        (".gitignore", "ignored/\n"),
    ]);
    let folder = folder.path();
    symlink("../b", folder.join("a/link")).unwrap();
    symlink("..", folder.join("a/up")).unwrap();
    let all = [
        "a/broken.yaml",
        "a/consoleme.yml",
        "b/consoleme.yaml",
        "c/main.yaml",
        "circle/one.yaml",
    ];
    assert_eq!(examined(folder, &["."]), all);
    assert_eq!(examined(folder, &[".", "--jobs", "1"]), all);
    // What is named is examined, whatever it is called.
    assert_eq!(
        examined(folder, &["b", "ignored/consoleme.yaml", "a/notes.txt"]),
        ["b/consoleme.yaml", "ignored/consoleme.yaml", "a/notes.txt"]
    );
    assert_eq!(examined(folder, &["a/link"]), ["a/link/consoleme.yaml"]);
}

#[test]
fn a_folder_without_a_configuration_is_told() {
    let folder = folder_with(&[("a/notes.yaml", "a: 1\n"), ("consoleme.yaml", &bad())]);
    let output = validate(folder.path(), &["a"]);
    assert_eq!((output.0, output.1.as_str()), (3, ""));
    assert_snapshot!(output.2, @r#"error: a: no file in this folder is a configuration of ConsoleMe; name one"#);
    // Findings are worse news.
    assert_eq!(validate(folder.path(), &["a", "consoleme.yaml"]).0, 1);
}
