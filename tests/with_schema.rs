//! `init --with-schema`: the schema beside the configuration, which says that it is there.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use consoleme_cfg::consoleme::SCHEMA;

const MODELINE: &str = "# yaml-language-server: $schema=./consoleme.schema.json\n";

/// Runs `init` in a folder and gives its status.
fn init(folder: &Path, more: &[&str]) -> Option<i32> {
    let answers = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/cli/init.in/answers.yaml"
    );
    let mut init = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"));
    init.args([
        "init",
        "-q",
        "--no-input",
        "--answers",
        answers,
        "--with-schema",
    ]);
    let output = init.args(more).current_dir(folder).output();
    output.ok()?.status.code()
}

#[test]
fn the_schema_is_written_beside_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("etc")).unwrap();
    assert_eq!(init(folder.path(), &["etc/some.yaml"]), Some(0));
    let schema = folder.path().join("etc/consoleme.schema.json");
    assert_eq!(fs::read_to_string(&schema).unwrap(), SCHEMA);
    let mode = fs::metadata(&schema).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = fs::read_to_string(folder.path().join("etc/some.yaml")).unwrap();
    assert!(text.starts_with(MODELINE), "{text}");
    let files = fs::read_dir(folder.path().join("etc")).unwrap();
    assert_eq!(files.count(), 2, "nothing else is left there");
}

#[test]
fn the_same_schema_may_be_there_already_and_another_file_may_not() {
    let folder = tempfile::tempdir().unwrap();
    let schema = folder.path().join("consoleme.schema.json");
    fs::write(&schema, SCHEMA).unwrap();
    assert_eq!(init(folder.path(), &["first.yaml"]), Some(0));
    fs::write(&schema, "{}").unwrap();
    assert_eq!(init(folder.path(), &["second.yaml"]), Some(2));
    assert_eq!(fs::read_to_string(&schema).unwrap(), "{}");
    assert!(!folder.path().join("second.yaml").exists());
    assert_eq!(init(folder.path(), &["second.yaml", "--force"]), Some(0));
    assert_eq!(fs::read_to_string(&schema).unwrap(), SCHEMA);
}

#[test]
fn a_dry_run_writes_neither() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(init(folder.path(), &["--dry-run"]), Some(0));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
