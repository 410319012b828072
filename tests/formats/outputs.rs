//! What the formats have in common, and what each keeps of its reader.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value as Json;
use tempfile::TempDir;

use super::{CONFIGURATION, FORMATS, SECRET, folder_with, json, validate, validate_with};

#[test]
fn what_a_comment_suppresses_is_counted_and_shown_to_code_scanning_only() {
    let text = format!(
        "{}# consoleme-cfg: ignore-file[client-scope-is-a-string] {SECRET} is the secret\n",
        CONFIGURATION
    );
    let folder = folder_with(&[("consoleme.yaml", &text)]);
    let folder = folder.path();
    for format in FORMATS {
        let output = validate(folder, &["consoleme.yaml", "--format", format]);
        assert_eq!(output.status, 0, "{format}");
        let shows = output.out.contains("asks for its letters");
        assert_eq!(shows, format == "sarif", "{format}");
        assert!(!output.out.contains(SECRET), "{format}");
    }
    let report = json(&validate(folder, &["consoleme.yaml", "--format", "json"]).out);
    let summary = json(r#"{"error": 0, "warning": 1, "info": 1, "suppressed": 1}"#);
    assert_eq!(report["summary"], summary);
    let sarif = json(&validate(folder, &["consoleme.yaml", "--format", "sarif"]).out);
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let suppressed = results.iter().filter(|one| !one["suppressions"].is_null());
    let suppressed: Vec<&Json> = suppressed.collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["ruleId"], "client-scope-is-a-string");
    let stars = "*".repeat(SECRET.len());
    let justification = format!("{stars} is the secret");
    assert_eq!(
        suppressed[0]["suppressions"],
        serde_json::json!([{"kind": "inSource", "justification": justification}])
    );
}

#[test]
fn the_status_is_the_same_whatever_the_format() {
    let good = CONFIGURATION
        .replace("größe: 1, ", "")
        .replace("openid email}", "[openid, email]}");
    let folder = folder_with(&[("bad.yaml", CONFIGURATION), ("good.yaml", &good)]);
    for (arguments, status) in [
        (vec!["good.yaml"], 0),
        (vec!["good.yaml", "--fail-on", "info"], 1),
        (vec!["bad.yaml"], 1),
        (vec!["bad.yaml", "none.yaml"], 1),
        (vec!["bad.yaml", "--fail-on", "never"], 0),
        (vec!["bad.yaml", "none.yaml", "--fail-on", "never"], 3),
        (vec!["none.yaml"], 3),
    ] {
        for format in FORMATS {
            let mut arguments = arguments.clone();
            arguments.extend(["--format", format]);
            let output = validate(folder.path(), &arguments);
            assert_eq!(output.status, status, "{arguments:?}: {}", output.out);
        }
    }
}

#[test]
fn several_outputs_hold_what_each_alone_would() {
    let folder = folder_with(&[("bad.yaml", CONFIGURATION), ("old.json", "old")]);
    let mut arguments = vec!["bad.yaml", "none.yaml", "--color", "always"];
    let files = FORMATS.map(|format| format!("{format}=out.{format}"));
    arguments.extend(files.iter().flat_map(|file| ["--output", file]));
    arguments.extend(["--output", "json=old.json"]);
    let all = validate(folder.path(), &arguments);
    assert_eq!(all.status, 1);
    assert!(all.out.contains('\u{1b}'), "the terminal has its colours");
    for format in FORMATS {
        let alone = validate(
            folder.path(),
            &["bad.yaml", "none.yaml", "--format", format],
        );
        let file = folder.path().join(format!("out.{format}"));
        assert_eq!(fs::read_to_string(&file).unwrap(), alone.out);
        let plain = folder.path().join("plain");
        fs::write(&plain, "").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(
            mode(&file),
            mode(&plain),
            "the umask decides who may read it"
        );
    }
    let old = fs::read_to_string(folder.path().join("old.json")).unwrap();
    assert_eq!(json(&old)["schema_version"], 1);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 9, "nothing is left");
}

#[test]
fn standard_output_is_an_output_too() {
    let folder = folder_with(&[("bad.yaml", CONFIGURATION)]);
    let format = validate(folder.path(), &["bad.yaml", "--format", "gitlab"]);
    let output = validate(folder.path(), &["bad.yaml", "--output", "gitlab=-"]);
    assert_eq!(format.out, output.out);
}

#[test]
fn outputs_that_cannot_be_are_refused_before_anything_is_written() {
    let folder = folder_with(&[("bad.yaml", CONFIGURATION), ("base.yaml", "aws: {}\n")]);
    fs::write(folder.path().join("top.yaml"), "extends: [base.yaml]\n").unwrap();
    for (arguments, said) in [
        (
            vec!["--output", "json=a", "--output", "sarif=a"],
            "error: a is named for two outputs; give each a file of its own\n",
        ),
        (
            vec!["--output", "json=-", "--format", "sarif"],
            "error: standard output takes one format; write the others to files with `--output FORMAT=FILE`\n",
        ),
        (
            vec!["--output", "json=none/a"],
            "error: none/a cannot be written: there is no folder none; make it first\n",
        ),
        (
            vec!["--output", "json=/dev/null"],
            "error: /dev/null is not a regular file; name another, or write `-` for standard output\n",
        ),
        (
            vec!["--output", "json=a", "--output", "sarif=bad.yaml"],
            "error: bad.yaml was examined, and would be lost; name another file for the output\n",
        ),
        (
            vec!["top.yaml", "--output", "json=./base.yaml"],
            "error: ./base.yaml was examined, and would be lost; name another file for the output\n",
        ),
    ] {
        let arguments = [vec!["bad.yaml"], arguments].concat();
        let output = validate(folder.path(), &arguments);
        assert_eq!((output.status, output.err.as_str()), (2, said));
        assert_eq!(output.out, "");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
    }
    for (argument, said) in [
        (
            "yaml=a",
            "there is no format `yaml`; write one of human, json",
        ),
        ("json", "write a format, `=` and a file, such as `sarif="),
        ("json=", "write a format, `=` and a file, such as `sarif="),
    ] {
        let output = validate(folder.path(), &["bad.yaml", "--output", argument]);
        assert_eq!(output.status, 2);
        assert!(output.err.contains(said), "{}", output.err);
    }
}

#[test]
fn no_format_shows_a_secret() {
    let named_like_it = CONFIGURATION.replace("größe", SECRET);
    let unreadable = format!("{CONFIGURATION}\n\t- [\n");
    let folder = folder_with(&[
        ("defects.yaml", CONFIGURATION),
        ("key.yaml", &named_like_it),
        ("unreadable.yaml", &unreadable),
    ]);
    for format in FORMATS {
        for file in ["defects.yaml", "key.yaml", "unreadable.yaml"] {
            let output = validate(folder.path(), &[file, "--format", format]);
            assert_eq!(output.status, 1);
            assert!(!output.out.is_empty());
            let shown = output.out + &output.err;
            assert!(
                !shown.contains("0secret0of0an"),
                "{format}, {file}: {shown}"
            );
        }
    }
}

#[test]
fn github_gets_no_text_that_it_would_take_for_a_command() {
    let name = "100%, a::b\nc.yaml";
    let folder = folder_with(&[(name, "auth: [\n")]);
    let output = validate(
        folder.path(),
        &[name, "none: 5%\n.yaml", "--format", "github"],
    );
    assert_snapshot!(output.out, @r#"
    ::error file=100%25%2C a%3A%3Ab%0Ac.yaml,line=2,endLine=2,col=1,endColumn=1,title=unreadable-yaml::the text ends where a value is expected; ConsoleMe does not start%0Ahelp: Write a value, or remove what waits for it.%0Ain ConsoleMe: consoleme/config/config.py:207
    ::error file=none%3A 5%25%0A.yaml,title=unexamined::none: 5%25%0A.yaml: there is no such file; name another, or let `consoleme-cfg init` write one
    "#);
}

#[test]
fn services_get_paths_from_the_root_of_the_repository() {
    let checkout = TempDir::new().unwrap();
    let root = fs::canonicalize(checkout.path()).unwrap();
    let deploy = root.join("deploy of ü:b");
    fs::create_dir(&deploy).unwrap();
    fs::write(deploy.join("bad.yaml"), CONFIGURATION).unwrap();
    let elsewhere = folder_with(&[("bad.yaml", CONFIGURATION)]);
    let elsewhere = fs::canonicalize(elsewhere.path()).unwrap();
    let outside = elsewhere.join("bad.yaml");
    let absolute = deploy.join("bad.yaml");
    for (variable, path, shown, uri) in [
        ("HOME", "./bad.yaml", "bad.yaml", "bad.yaml".to_owned()),
        (
            "HOME",
            absolute.to_str().unwrap(),
            "bad.yaml",
            "bad.yaml".to_owned(),
        ),
        (
            "GITHUB_WORKSPACE",
            "../deploy of ü:b/bad.yaml",
            "deploy of ü:b/bad.yaml",
            "deploy%20of%20%C3%BC%3Ab/bad.yaml".to_owned(),
        ),
        (
            "CI_PROJECT_DIR",
            "bad.yaml",
            "deploy of ü:b/bad.yaml",
            "deploy%20of%20%C3%BC%3Ab/bad.yaml".to_owned(),
        ),
        (
            "CI_PROJECT_DIR",
            outside.to_str().unwrap(),
            outside.to_str().unwrap(),
            format!("file://{}", outside.display()),
        ),
    ] {
        let variables = [(variable, root.to_str().unwrap())];
        let output = |format| validate_with(&deploy, &[path, "--format", format], &variables).out;
        assert_eq!(json(&output("gitlab"))[0]["location"]["path"], shown);
        let sarif = json(&output("sarif"));
        let location = &sarif["runs"][0]["results"][0]["locations"][0];
        assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], uri);
        assert_eq!(json(&output("json"))["findings"][0]["file"], path);
    }
}

#[test]
fn junit_fails_where_the_run_does() {
    let folder = folder_with(&[("bad.yaml", CONFIGURATION)]);
    for (threshold, failures) in [("error", 1), ("warning", 2), ("info", 3), ("never", 0)] {
        let arguments = ["bad.yaml", "--format", "junit", "--fail-on", threshold];
        let output = validate(folder.path(), &arguments);
        assert_eq!(output.out.matches("<failure").count(), failures);
        let counted = format!("tests=\"3\" failures=\"{failures}\" errors=\"0\"");
        assert_eq!(output.out.matches(&counted).count(), 2, "{}", output.out);
    }
}

#[test]
fn the_least_severity_is_that_of_every_format() {
    let folder = folder_with(&[("bad.yaml", CONFIGURATION)]);
    for format in FORMATS {
        let arguments = ["bad.yaml", "--format", format, "--min-severity", "error"];
        let output = validate(folder.path(), &arguments);
        assert!(output.out.contains("client-scope-is-a-string"));
        assert!(!output.out.contains("unknown-key"), "{}", output.out);
    }
}
