//! Does a test fail, with a sentence, where what it needs is missing?

use std::process::Command;

/// Runs one test of this target in a process of its own whose PATH is an empty folder.
fn run_with_nothing(test: &str) -> String {
    let nothing = tempfile::tempdir().expect("a folder");
    let this = std::env::current_exe().expect("this program");
    let mut command = Command::new(this);
    let run = command
        .args(["--exact", test])
        .env("PATH", nothing.path())
        .output();
    let run = run.expect("this program starts");
    assert!(!run.status.success(), "the test fails");
    String::from_utf8_lossy(&run.stdout).into_owned()
}

#[test]
fn without_python_the_tests_say_so() {
    let said = run_with_nothing("yaml::a_document_that_pyyaml_refuses_is_an_exception");
    assert!(
        said.contains("need python3 (3.10 to 3.13) with its venv module: install it"),
        "{said}"
    );
}

#[test]
fn without_node_the_tests_say_so() {
    let said = run_with_nothing("login::a_wrong_password_is_refused");
    assert!(
        said.contains("need node (20 or newer) with npm: install them"),
        "{said}"
    );
}
