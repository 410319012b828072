//! Where a rule begins and ends: the last value that it lets pass, and the first that it does not.

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

use std::path::Path;

use consoleme_cfg::consoleme::load_text;
use consoleme_cfg::examine::examine;

/// What a rule says of a good production configuration with these lines: the severity of its first
/// finding, with `+` where a fix goes with it.
fn told(rule: &str, lines: &str) -> Option<String> {
    let text = format!("extends: [base.yaml]\n{lines}\n");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let examined = examine(load_text("consoleme.yaml".into(), text, &folder), None).unwrap();
    assert!(examined.read.is_ok(), "{lines} is read");
    let mut findings = examined.findings.iter();
    let finding = findings.find(|finding| finding.rule.id == rule)?;
    let fix = if finding.fix.is_some() { "+" } else { "" };
    Some(format!("{}{fix}", finding.severity.name()))
}

/// Python iterates over the keys of a mapping.
#[test]
fn files_are_extended_from_a_mapping_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    for extends in ["[base.yaml]", "{base.yaml: first}"] {
        let text = format!("extends: {extends}\n");
        let load = load_text("consoleme.yaml".into(), text, &folder);
        let examined = examine(load, None).unwrap();
        assert_eq!(examined.sources().len(), 2, "{extends}");
        assert!(examined.findings.is_empty(), "{extends}");
    }
}

fn assert_told(rule: &str, cases: &[(&str, &str)]) {
    for (lines, wanted) in cases {
        let told = told(rule, lines);
        assert_eq!(
            told.as_deref().unwrap_or("nothing"),
            *wanted,
            "{rule}: {lines}"
        );
    }
}

#[test]
fn session_secrets_by_their_length() {
    assert_told(
        "weak-session-secret",
        &[
            ("jwt_secret: jwt_secret", "error+"),
            ("jwt_secret: abcdefghijklmno", "error+"),
            ("jwt_secret: abcdefghijklmnop", "warning+"),
            ("jwt_secret: abcdefghijklmnopqrstuvwxyzabcde", "warning+"),
            ("jwt_secret: abcdefghijklmnopqrstuvwxyzabcdef", "nothing"),
            ("jwt_secret: 12345678901234567890123456789012", "error+"),
        ],
    );
}

#[test]
fn account_ids_wherever_they_stand() {
    assert_told(
        "account-id-is-not-text",
        &[
            ("account_ids_to_name: {'123456789012': a}", "nothing"),
            ("account_ids_to_name: {123456789012: a}", "warning+"),
            ("account_ids_to_name: {'12345678901': a}", "warning"),
            ("account_ids_to_name: {true: a}", "warning"),
            ("aws: {region: a, account_number: 123456789012}", "nothing"),
            ("aws: {region: a, account_number: 012345670123}", "warning+"),
            (
                "cache_accounts_from_aws_organizations: [{organizations_master_account_id: 012345670123}]",
                "warning+",
            ),
            (
                "get_enabled_regions_for_account: {'123456789012': [us-east-1]}",
                "nothing",
            ),
            (
                "get_enabled_regions_for_account: {123456789012: [us-east-1]}",
                "warning+",
            ),
            (
                "celery: {cache_resources_from_aws_config_for_account: {012345670123: {}}}",
                "warning+",
            ),
        ],
    );
}

#[test]
fn client_ids_by_their_look() {
    let cases = [
        ("1example23456789abcdefghij", "nothing"),
        ("1example23456789abcdefghi", "nothing"),
        ("1example23456789abcdefgh", "warning"),
        ("12345678901234567890123456", "error+"),
        ("eu-west-1_AbCdEfGhI", "error"),
    ];
    for (id, wanted) in cases {
        let lines = format!("oidc_secrets: {{client_id: {id}}}");
        assert_told("malformed-client-id", &[(&lines, wanted)]);
    }
}

#[test]
fn client_secrets_by_their_look() {
    let cases = [
        ("1example0secret0of0an0app", "nothing"),
        ("wrong", "warning"),
        ("1example23456789abcdefghij", "warning"),
        ("1example0secret0of0an0app0é", "error"),
        ("'1example0secret0of0an0app '", "error+"),
        ("12345678901234567890123456", "warning+"),
    ];
    for (secret, wanted) in cases {
        let lines =
            format!("oidc_secrets: {{client_id: 1example23456789abcdefghij, secret: {secret}}}");
        assert_told("malformed-client-secret", &[(&lines, wanted)]);
    }
}

#[test]
fn sessions_by_their_length() {
    assert_told(
        "session-that-outlasts-its-user",
        &[
            ("jwt: {expiration_minutes: 43200}", "nothing"),
            ("jwt: {expiration_minutes: 43200.5}", "warning"),
            ("jwt: {expiration_minutes: 43201}", "warning"),
            ("jwt: {expiration_minutes: 4000000000}", "warning"),
            ("jwt: {expiration_minutes: 4000000001}", "error"),
            ("jwt: {expiration_minutes: \"43201\"}", "nothing"),
        ],
    );
}

#[test]
fn headers_that_say_who_somebody_is() {
    assert_told(
        "identity-from-a-header",
        &[
            ("auth: {get_groups_by_header: true}", "nothing"),
            ("auth: {groups_header_name: Groups}", "nothing"),
            (
                "auth: {get_groups_by_header: true, groups_header_name: Groups}",
                "warning",
            ),
            (
                "environment: dev\nauth: {get_groups_by_header: true, groups_header_name: Groups}",
                "nothing",
            ),
        ],
    );
}

#[test]
fn endpoints_count_where_there_is_no_metadata_url() {
    let endpoint = "authorization_endpoint: https://cognito-idp.eu-west-1.amazonaws.com/authorize";
    let beside = format!("get_user_by_oidc_settings: {{{endpoint}}}");
    let instead = format!("get_user_by_oidc_settings: {{metadata_url: '', {endpoint}}}");
    let other = format!("auth: {{get_user_by_oidc: false}}\n{instead}");
    assert_told(
        "endpoint-without-a-domain",
        &[
            (&beside, "nothing"),
            (&instead, "error"),
            (&other, "nothing"),
        ],
    );
    assert_told("endpoint-beside-metadata-url", &[(&beside, "info+")]);
}

#[test]
fn placeholders_by_where_they_stand() {
    assert_told(
        "placeholder-left",
        &[
            ("get_user_by_oidc_settings: {metadata_url: <url>}", "error"),
            ("oidc_secrets: {client_id: YOUR_CLIENT_ID}", "error"),
            ("oidc_secrets: {secret: \"<client secret>\"}", "error"),
            ("url: https://<host>.example.org", "error"),
            ("support_contact: CHANGEME", "warning"),
            ("support_contact: REPLACE_WITH_A_NAME", "warning"),
            ("support_contact: write to YOUR_TEAM please", "warning"),
            ("support_contact: YOUR_team", "nothing"),
            ("support_contact: your_team", "nothing"),
            ("support_contact: <you>", "nothing"),
        ],
    );
}

#[test]
fn redis_hosts_that_are_more_than_a_host() {
    let host = |url: &str| format!("redis: {{host: {{global: \"{url}\"}}}}");
    let rule = "redis-host-is-a-url";
    for (url, wanted) in [
        ("cache.internal", None),
        ("redis://cache.internal", Some("warning+")),
        ("redis://cache.internal:6379/0", Some("warning+")),
        ("redis://cache.internal:6380", Some("warning")),
        ("redis://cache.internal/3", Some("warning")),
        ("redis://somebody@cache.internal", Some("warning")),
        ("redis://:word@cache.internal", Some("warning")),
    ] {
        assert_eq!(told(rule, &host(url)).as_deref(), wanted, "{url}");
    }
}

#[test]
fn repeated_keys_by_their_values() {
    assert_told(
        "repeated-key",
        &[
            ("ses: {arn: a}\nsupport: {a: 1, a: 1}", "info+"),
            ("support: {a: 1, a: 2}", "warning"),
            ("support: {a: 1, a: 1.0}", "warning"),
            ("support: {a: {b: 1}, a: {b: 1}}", "warning"),
        ],
    );
}
