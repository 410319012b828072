//! What the schema's findings say, of what, and of what they are silent.

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

use std::path::{Path, PathBuf};

use consoleme_cfg::consoleme::{self, Catalogue};
use consoleme_cfg::examine::{Examined, examine};
use consoleme_cfg::finding::{Finding, Severity};
use serde_json::{Value as Json, json};

/// Examines what is written after a configuration without a defect.
fn examined(text: &str) -> Examined {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let text = format!("extends: [base.yaml]\n{text}");
    let load = consoleme::load_text(PathBuf::from("some.yaml"), text, &rules);
    examine(load, None).unwrap_or_else(|error| panic!("{error}"))
}

/// Examines a configuration that stands alone.
fn alone(text: &str) -> Examined {
    let load = consoleme::load_text(PathBuf::from("some.yaml"), text, Path::new(""));
    examine(load, None).unwrap_or_else(|error| panic!("{error}"))
}

/// Rule, severity and message of the only finding.
fn only(text: &str) -> (&'static str, Severity, String) {
    let examined = examined(text);
    let findings: Vec<&Finding> = examined.findings.iter().collect();
    let [one] = findings.as_slice() else {
        panic!("{text}{findings:#?}")
    };
    (one.rule.id, one.severity, one.message.clone())
}

#[track_caller]
fn says(text: &str, rule: &str, severity: Severity, message: &str) {
    assert_eq!(only(text), (rule, severity, message.to_owned()));
}

#[track_caller]
fn is_silent(text: &str) {
    let findings = examined(text).findings;
    assert!(findings.is_empty(), "{text}{findings:#?}");
}

#[test]
fn a_wrong_type_is_told_with_what_consoleme_does() {
    says(
        "jwt: {expiration_minutes: \"60\"}\n",
        "wrong-type",
        Severity::Error,
        "`jwt.expiration_minutes` is a string, not a number: a text or null raises a TypeError when the cookie is made, so every login ends with HTTP 500",
    );
    says(
        "get_user_by_oidc_settings: {access_token_response_key: [a]}\n",
        "wrong-type",
        Severity::Error,
        "`get_user_by_oidc_settings.access_token_response_key` is a list, not a string: a list or a map raises a TypeError, and every login ends with HTTP 500",
    );
    says(
        "auth: {remote_ip: yes}\n",
        "wrong-type",
        Severity::Error,
        "`auth.remote_ip` is a boolean, not a mapping: a TypeError on every request",
    );
    says(
        "celery: {cache_resources_from_aws_config_for_account: {\"012345678901\": 5}}\n",
        "wrong-type",
        Severity::Warning,
        "`celery.cache_resources_from_aws_config_for_account.012345678901` is an integer, not a mapping: a TypeError in the task for this account",
    );
}

#[test]
fn severity_follows_what_is_switched_on() {
    let settings = "get_user_by_aws_alb_auth_settings: {jwt_email_key: [email]}\n";
    assert_eq!(only(settings).1, Severity::Warning);
    let on = format!("auth: {{get_user_by_aws_alb_auth: true}}\n{settings}");
    let worst = examined(&on)
        .findings
        .iter()
        .map(|finding| finding.severity)
        .max();
    assert_eq!(worst, Some(Severity::Error));
    let keys = "get_user_by_oidc_settings: {extra_jwks_uri: [5]}\n";
    let off = format!("auth: {{get_user_by_oidc: false, get_user_by_password: true}}\n{keys}");
    assert_eq!(only(keys).1, Severity::Error);
    assert_eq!(only(&off).1, Severity::Warning);
    let set = "oidc_secrets: {client_scope: !!set {openid, email}}\n";
    assert_eq!(only(set).1, Severity::Warning);
    // Only used without the discovery document.
    let behind_alb = |settings: &str| {
        let text = format!(
            "auth: {{get_user_by_oidc: false, get_user_by_aws_alb_auth: true}}
get_user_by_aws_alb_auth_settings: {{access_token_validation: {{{settings}}}}}
"
        );
        let examined = examined(&text);
        let mut findings = examined.findings.iter();
        let finding = findings.find(|finding| finding.place.key.ends_with(".jwks_uri"));
        finding.unwrap().severity
    };
    let url = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/openid-configuration";
    assert_eq!(behind_alb("jwks_uri: [5]"), Severity::Error);
    let both = format!("jwks_uri: [5], metadata_url: {url}");
    assert_eq!(behind_alb(&both), Severity::Warning);
}

#[test]
fn one_defect_is_one_finding() {
    // Wrong in type, and so none of the values that work either.
    assert_eq!(only("logging: {level: [debug]}\n").0, "wrong-type");
    // A rule says more of these.
    for (text, rule) in [
        (
            "oidc_secrets: {client_scope: openid email}\n",
            "client-scope-is-a-string",
        ),
        ("environment: production\n", "unknown-environment"),
        ("tornado: {port: 70000}\n", "port-is-not-a-port"),
        (
            "account_ids_to_name: {012345670123: dev}\n",
            "account-id-is-not-text",
        ),
    ] {
        assert_eq!(only(text).0, rule, "{text}");
    }
}

#[test]
fn the_key_that_was_meant_is_named() {
    says(
        "auth: {extra_auth_cookie: [a]}\n",
        "misspelt-key",
        Severity::Warning,
        "ConsoleMe never asks for `auth.extra_auth_cookie`; did you mean `auth.extra_auth_cookies`?",
    );
    says(
        "Logging_Levels: {boto3: ERROR}\n",
        "misspelt-key",
        Severity::Warning,
        "ConsoleMe never asks for `Logging_Levels`; did you mean `logging_levels`?",
    );
    says(
        "oidc_secrets: {client_secret: abc}\n",
        "misspelt-key",
        Severity::Warning,
        "ConsoleMe never asks for `oidc_secrets.client_secret`; did you mean `oidc_secrets.secret`?",
    );
    says(
        "ses: {support_contact: help@example.org}\n",
        "misplaced-key",
        Severity::Warning,
        "ConsoleMe looks for `support_contact` at the top level, not under `ses`",
    );
    says(
        "auth: {celery: {active_region: eu-west-1}}\n",
        "misplaced-key",
        Severity::Warning,
        "ConsoleMe looks for `celery` at the top level, not under `auth`",
    );
    says(
        "set_auth_cookie: true\n",
        "misplaced-key",
        Severity::Warning,
        "ConsoleMe looks for `set_auth_cookie` under `auth`, not at the top level",
    );
    says(
        "ses: {documentation_page: 'https://docs.example.org'}\n",
        "misplaced-key",
        Severity::Warning,
        "ConsoleMe looks for `documentation_page` at the top level, not here",
    );
    says(
        "auth: {user_header: X-User}\n",
        "renamed-key",
        Severity::Warning,
        "ConsoleMe never asks for `auth.user_header`; what it reads is `auth.user_header_name`",
    );
    says(
        "jwt: {email_key: email}\n",
        "renamed-key",
        Severity::Info, // which is what it is without the line
        "ConsoleMe never asks for `jwt.email_key`; what it reads is `jwt.attributes.email`",
    );
    says(
        "groups: {can_delete_roles: []}\n",
        "deprecated-key",
        Severity::Info,
        "`groups.can_delete_roles` is an old name, which ConsoleMe still reads; the key is called `groups.can_delete_iam_principals` now",
    );
    says(
        "headers: {config: x}\n",
        "unread-key",
        Severity::Info,
        "ConsoleMe never reads `headers.config`",
    );
    says(
        "tornado: {workers: 4}\n",
        "unknown-key",
        Severity::Warning,
        "ConsoleMe never asks for `tornado.workers`",
    );
}

#[test]
fn a_key_of_arguments_that_nothing_takes_is_told_as_what_it_does() {
    says(
        "boto3: {client_kwargs: {retries: 5}}\n",
        "unknown-key",
        Severity::Error,
        "`boto3.client_kwargs` does not take `retries`: null, or an argument that boto3 does not know, raises a TypeError while ConsoleMe loads, so it does not start",
    );
    says(
        "auth.something: true\n",
        "dotted-key",
        Severity::Warning,
        "ConsoleMe never finds `auth.something`, which is one name with dots in it: it looks for `something` under `auth`",
    );
}

#[test]
fn a_missing_key_is_told_at_the_one_that_was_meant_for_it() {
    let good = include_str!("../src/rules/base.yaml");
    for (right, wrong, rule) in [
        ("  set_auth_cookie:", "  set_auth_cokie:", "misspelt-key"),
        ("\noidc_secrets:", "\noidc_secret:", "misspelt-key"),
        ("\nurl:", "\nURL:", "misspelt-key"),
        ("\ntornado:\n  port:", "\ntornado.port:", "dotted-key"),
    ] {
        assert!(good.contains(right), "{right}");
        let examined = alone(&good.replacen(right, wrong, 1));
        let findings: Vec<&Finding> = examined.findings.iter().collect();
        let [one] = findings.as_slice() else {
            panic!("{wrong}: {findings:#?}")
        };
        assert_eq!(
            (one.rule.id, one.severity),
            (rule, Severity::Error),
            "{wrong}"
        );
    }
}

#[test]
fn free_names_and_keys_of_plugins_are_no_findings() {
    is_silent("our_plugin: {port: 5, nested: {deeply: [1]}}\n");
    is_silent("jwt_secrets: {rotation: weekly}\n"); // beside `jwt_secret`
    is_silent("awx: {host: tower.example.org}\n");
    is_silent("authz: {policy: x}\n");
    is_silent("name: something\nenabled: true\nbucket: {a: 1}\nport: 5\n");
    is_silent("logging_levels: {my.own.logger: DEBUG}\n");
    is_silent(
        "celery: {broker: {eu-central-1: 'redis://example.org:6379/1'}, backend: {global: 'redis://example.org:6379/2'}}\n",
    );
    is_silent("ses: {another_app: {name: Another, sender: a@example.org}}\n");
    is_silent("roles: {allowed_tags: {anything: goes}}\n");
    is_silent("dynamic_config: {group_mapping: {anybody@example.org: {roles: []}}}\n");
}

#[test]
fn no_value_of_a_secret_is_told() {
    let text = "oidc_secrets: {secret: [do-not-show-this]}\njwt_secret: {do-not-show-this: 1}\nslack: {webhook_url: 77777777}\n";
    let examined = examined(text);
    assert!(examined.findings.iter().count() >= 2);
    for finding in examined.findings.iter() {
        let told = format!("{} {}", finding.message, finding.help);
        assert!(
            !told.contains("do-not-show-this") && !told.contains("77777777"),
            "{told}"
        );
    }
}

/// Puts a value under a dotted key.
fn put(section: &mut Json, key: &str, value: &Json) {
    let last = key.split('.').fold(section, |at, name| &mut at[name]);
    *last = value.clone();
}

#[test]
fn every_message_is_one_sentence() {
    let values = json!([null, true, 5, 1.5, "text", ["a"], {"a": 1}]);
    let mut seen = 0;
    for depth in 0..6 {
        // Keys of one depth do not stand in each other's way.
        let keys = Catalogue::keys().into_iter().filter(|key| {
            !key.path.contains(['<', '[', ':']) && key.path.matches('.').count() == depth
        });
        let keys: Vec<String> = keys.map(|key| key.path).collect();
        for value in values.as_array().unwrap() {
            let mut whole = json!({});
            for key in &keys {
                put(&mut whole, key, value);
            }
            for finding in alone(&whole.to_string()).findings.iter() {
                let message = &finding.message;
                seen += 1;
                assert!(
                    !message.contains(". ") && !message.contains("  "),
                    "{message}"
                );
                assert!(!message.ends_with(['.', ':', ';', ' ']), "{message}");
                assert!(!finding.help.is_empty(), "{message}");
            }
        }
    }
    assert!(seen > 2500, "{seen} findings");
}
