//! Every format tells of the checks, and none of the secret.

use std::fs;
use std::process::Command;

use serde_json::{Value as Json, json};

use super::script::{SECRET, but_for, configuration};
use crate::harness;

/// What the program writes about a provider whose keys cannot be had for now.
fn written(format: &str) -> String {
    let server = but_for("/jwks.json", |_| harness::json(503, "{}"));
    let folder = tempfile::tempdir().expect("a folder");
    let text = configuration(&server.origin());
    fs::write(folder.path().join("consoleme.yaml"), text).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(folder.path())
        .args(["validate", "consoleme.yaml", "--fail-on", "never"])
        .args(["--format", format, "--online", "--probe-secret"])
        .args(["--allow-host", server.address()])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(3), "the keys are open");
    assert!(output.stderr.is_empty(), "nothing of it in a pipe");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(!text.contains(SECRET), "{text}");
    text.replace(&server.origin(), "http://provider")
}

#[test]
fn json_has_each_check_with_its_evidence() {
    let mut whole: Json = serde_json::from_str(&written("json")).expect("JSON");
    let checks = whole["checks"].as_array_mut().expect("a list");
    for check in checks.iter_mut() {
        let ms = check["evidence"]["ms"].take();
        assert!(ms.is_u64() || check["check"] == "issuer", "{check}");
    }
    let of = |name: &str| {
        checks
            .iter()
            .find(|check| check["check"] == name)
            .expect("the check")
            .clone()
    };
    assert_eq!(
        of("keys"),
        json!({
            "file": "consoleme.yaml", "check": "keys", "target": "http://provider/jwks.json",
            "verdict": "inconclusive", "reason": "the provider does not answer for now",
            "evidence": {"status": 503, "landing": null, "ms": null},
        })
    );
    assert_eq!(
        of("callback")["evidence"],
        json!({"status": 302, "landing": "http://provider/login", "ms": null})
    );
    assert_eq!(of("secret")["verdict"], "pass");
    assert_eq!(
        whole["skipped"],
        json!([{"check": "domain", "reason": "only pools of Cognito have domains"}])
    );
}

#[test]
fn the_other_formats_have_them_in_their_way() {
    let sarif: Json = serde_json::from_str(&written("sarif")).expect("JSON");
    let invocation = &sarif["runs"][0]["invocations"][0];
    let notes = invocation["toolExecutionNotifications"]
        .as_array()
        .expect("a list");
    let levels = |level: &str| notes.iter().filter(|note| note["level"] == level).count();
    assert_eq!((levels("note"), levels("warning")), (9, 1));
    assert_eq!(invocation["executionSuccessful"], true);

    let github = written("github");
    let open = "::warning file=consoleme.yaml,title=keys::inconclusive: keys http://provider/jwks.json (503, ";
    assert!(github.contains(open), "{github}");
    assert!(
        github.contains("\npass: login-page http://provider/login (200, "),
        "{github}"
    );

    let junit = written("junit");
    assert!(
        junit.contains("<skipped message=\"inconclusive: keys "),
        "{junit}"
    );
    assert!(
        junit.contains("<testcase name=\"callback (http://localhost:8081/auth)\""),
        "{junit}"
    );

    let human = written("human");
    assert!(
        human.contains("inconclusive keys       http://provider/jwks.json (503, "),
        "{human}"
    );
    assert!(
        human.contains("live checks: 9 passed, 1 inconclusive"),
        "{human}"
    );
}
