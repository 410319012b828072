//! Every format tells of the checks, and none of the secret.

use std::fs;
use std::process::Command;

use serde_json::{Value as Json, json};

use super::script::{SECRET, but_for, configuration};
use crate::harness::{self, Server};

/// What the program writes about a configuration and a provider.
fn validated(text: &str, server: &Server, flags: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("consoleme.yaml"), text).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(folder.path())
        .args(["validate", "consoleme.yaml", "--fail-on", "never"])
        .args(["--online", "--probe-secret"])
        .args(["--allow-host", server.address()])
        .args(flags)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(3), "something is open");
    assert!(output.stderr.is_empty(), "nothing of it in a pipe");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.replace(&server.origin(), "http://provider")
}

/// What the program writes about a provider whose keys cannot be had for now.
fn written(format: &str) -> String {
    let server = but_for("/jwks.json", |_| harness::json(503, "{}"));
    let text = configuration(&server.origin());
    let written = validated(&text, &server, &["--format", format]);
    assert!(!written.contains(SECRET), "{written}");
    written
}

#[test]
fn a_secret_that_stands_elsewhere_too_is_shown_by_no_format() {
    // In a path and in a query it is spelt otherwise.
    const SECRET: &str = "9example9secret9of9/an+app client9abcdefghijklmnopqr";
    const SPELT: [&str; 3] = [
        SECRET,
        "9example9secret9of9%2Fan%2Bapp+client9abcdefghijklmnopqr",
        "9example9secret9of9/an+app%20client9abcdefghijklmnopqr",
    ];
    let server = but_for("/oauth2/authorize", |heard| {
        let asked = heard.target.split_once('?').expect("a query").1;
        let scope = asked.split('&').find(|part| part.starts_with("scope="));
        let scope = scope.expect("a scope").replace("scope=", "error=");
        harness::answer(302, &format!("Location: /{}?{scope}\r\n", SPELT[2]), "")
    });
    let text = configuration(&server.origin())
        .replace(super::script::SECRET, SECRET)
        .replace("1example23456789abcdefghij", &format!("{SECRET}-as-id"))
        .replace("[openid, email]", &format!("[openid, '{SECRET}']"))
        .replace("/oauth2/jwks.json", &format!("/{SECRET}"));
    let callback = format!("https://consoleme.example.com/{SECRET}");
    for format in ["human", "json", "sarif", "github", "gitlab", "junit"] {
        let written = validated(
            &text,
            &server,
            &["--format", format, "--callback-url", &callback],
        );
        for spelt in SPELT {
            assert!(!written.contains(spelt), "{format}: {written}");
        }
        let hidden = "*".repeat(SECRET.len());
        assert!(written.contains(&format!("{hidden}-as-id")), "{written}");
    }
}

#[test]
fn a_configuration_cannot_draw_on_the_terminal() {
    let server = but_for("/jwks.json", |_| harness::json(503, "{}"));
    let text = configuration(&server.origin())
        .replace("1example23456789abcdefghij", r#""\e[35;7m""#)
        .replace("[openid, email]", r#"[openid, "\e[2J\nemail"]"#);
    for format in ["human", "github", "junit"] {
        let written = validated(&text, &server, &["--format", format, "--color", "always"]);
        let drawn = ["\u{1b}[35;7m", "\u{1b}[2J", "\nemail"];
        assert!(
            !drawn.iter().any(|drawn| written.contains(drawn)),
            "{written}"
        );
    }
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
            "evidence": {"status": 503, "landing": null, "ms": null, "proxied": false},
        })
    );
    assert_eq!(
        of("callback")["evidence"],
        json!({"status": 302, "landing": "http://provider/login", "ms": null, "proxied": false})
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

    let gitlab: Json = serde_json::from_str(&written("gitlab")).expect("JSON");
    let issues = gitlab.as_array().expect("a list").iter();
    let open: Vec<&Json> = issues
        .filter(|issue| issue["check_name"] == "keys")
        .collect();
    assert_eq!(open.len(), 1);
    let description = open[0]["description"].as_str().expect("a text");
    assert!(description.starts_with("inconclusive: keys "), "{gitlab}");

    let junit = written("junit");
    assert!(junit.contains("<skipped>inconclusive: keys "), "{junit}");
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
