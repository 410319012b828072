//! For every set-up: does a live run find an error exactly where a person cannot log in?

use std::thread;

use consoleme_cfg::finding::Severity;
use serde_json::json;

use super::{ask, authority, rules, with_secret};
use crate::harness::{
    self, LoadRequest, LoginRequest, PASSWORD, Provider, ProviderOptions, Server, Style, consoleme,
};
use crate::login::configuration;

const URL: &str = "http://localhost:8081";

/// A way to set up provider and file, and the rules that tell what is wrong with it.
struct SetUp {
    name: &'static str,
    styles: &'static [Style],
    provider: fn(&mut ProviderOptions),
    file: fn(String) -> String,
    rules: &'static [&'static str],
}

const BOTH: &[Style] = &[Style::Own, Style::Cognito];
const COGNITO: &[Style] = &[Style::Cognito];

fn set_ups() -> Vec<SetUp> {
    let set_up = |name, styles, rules| SetUp {
        name,
        styles,
        provider: |_| {},
        file: |text| text,
        rules,
    };
    vec![
        set_up("good", BOTH, &[]),
        SetUp {
            provider: |options| options.clients[0].redirect_uris = vec![format!("{URL}/auth/")],
            ..set_up("callback missing", BOTH, &["callback-is-not-registered"])
        },
        SetUp {
            file: |text| text.replace("url: http://localhost", "url: http://127.0.0.1"),
            ..set_up(
                "127.0.0.1 for localhost",
                BOTH,
                &["callback-is-not-registered", "loopback-address-as-url"],
            )
        },
        SetUp {
            provider: |options| options.clients[0].scopes = vec!["openid".to_owned()],
            ..set_up("scope refused", BOTH, &["scope-is-not-allowed"])
        },
        SetUp {
            file: |text| text.replace("    - email\n", "    - email\n    - groups\n"),
            ..set_up(
                "scope unknown",
                COGNITO,
                &["scope-is-not-allowed", "unknown-client-scope"],
            )
        },
        SetUp {
            file: |text| {
                text.replace(
                    "client_scope:\n    - openid\n    - email",
                    "client_scope: openid email",
                )
            },
            ..set_up(
                "scope a text",
                BOTH,
                &["client-scope-is-a-string", "scope-is-not-allowed"],
            )
        },
        SetUp {
            file: |text| text.replace("client_id: 1example", "client_id: 2example"),
            ..set_up(
                "wrong client",
                BOTH,
                &["client-secret-is-refused", "unknown-client"],
            )
        },
        SetUp {
            file: |text| text.replace("secret: client-secret", "secret: another-secret"),
            ..set_up("wrong secret", BOTH, &["client-secret-is-refused"])
        },
        SetUp {
            provider: |options| options.domain = false,
            ..set_up("no domain", COGNITO, &["pool-without-domain"])
        },
        SetUp {
            file: |text| {
                text.replace(
                    "jwt_verify: true",
                    "jwt_verify: true\n  access_token_audience: some",
                )
            },
            ..set_up("audience set", BOTH, &["audience-is-set"])
        },
        SetUp {
            provider: |options| options.clients[0].code_grant = false,
            ..set_up("code grant off", COGNITO, &["code-grant-is-off"])
        },
        SetUp {
            provider: |options| options.branding = false,
            ..set_up("no branding", COGNITO, &["login-page-without-branding"])
        },
        SetUp {
            file: |text| text.replace("us-east-1_Example01", "us-east-1_Another01"),
            ..set_up("no such pool", COGNITO, &["pool-does-not-exist"])
        },
        SetUp {
            file: |text| text.replace("us-east-1_Example01", "another"),
            ..set_up("no document", &[Style::Own], &["no-discovery-document"])
        },
        SetUp {
            provider: |options| options.document = json!({"jwks_uri": null}),
            ..set_up(
                "document without keys",
                BOTH,
                &["incomplete-discovery-document"],
            )
        },
        SetUp {
            provider: |options| {
                options.document =
                    json!({"jwks_uri": keys_at(r#"{"keys": [{"kty": "OKP", "kid": "a"}]}"#)})
            },
            ..set_up("key of another type", BOTH, &["unusable-signing-key"])
        },
        SetUp {
            provider: |options| options.document = json!({"jwks_uri": keys_at(r#"{"keys": [{"kty": "RSA", "n": "sXch", "e": "AQAB"}]}"#)}),
            ..set_up("key without id", BOTH, &["unusable-signing-key"])
        },
        SetUp {
            provider: |options| options.document = json!({"jwks_uri": keys_at(r#"{"keys": []}"#)}),
            ..set_up("no key", BOTH, &["unusable-signing-key"])
        },
        SetUp {
            provider: |options| options.document = json!({"issuer": "https://login.example.com"}),
            ..set_up("another issuer", BOTH, &["issuer-differs"])
        },
    ]
}

/// Where a document of keys is. Its server lasts as long as the tests.
fn keys_at(document: &'static str) -> String {
    Server::saying(move |_| harness::json(200, document)).origin()
}

/// A configuration with which nothing is wrong in development.
fn whole(provider: &Provider) -> String {
    let text =
        configuration(provider, URL).replace("a-text-that-nobody-knows", &"0f1e2d3c".repeat(8));
    format!("{text}tornado: {{port: 8081}}\napplication_admin: alice@example.com\n")
}

#[test]
fn a_live_run_finds_an_error_exactly_where_a_person_cannot_log_in() {
    let set_ups = set_ups();
    let all: Vec<(&SetUp, Style)> = set_ups
        .iter()
        .flat_map(|set_up| set_up.styles.iter().map(move |&style| (set_up, style)))
        .collect();
    let disagree = |&(set_up, style): &(&SetUp, Style)| disagreement(set_up, style);
    let wrong: Vec<String> = thread::scope(|threads| {
        let halves = all.chunks(all.len().div_ceil(2));
        let workers: Vec<_> = halves
            .map(|half| threads.spawn(move || half.iter().filter_map(disagree).collect::<Vec<_>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("no panic"))
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where the live run and the login differ, or the live run finds something else than it should.
fn disagreement(set_up: &SetUp, style: Style) -> Option<String> {
    let mut options = ProviderOptions {
        style,
        ..ProviderOptions::default()
    };
    options.clients[0].redirect_uris = vec![format!("{URL}/auth")];
    (set_up.provider)(&mut options);
    let keys = options.document["jwks_uri"].as_str();
    let further = keys.map(|url| authority(url).to_owned());
    let provider = Provider::start(options);
    let text = (set_up.file)(whole(&provider));

    let mut hosts = vec![authority(provider.issuer())];
    hosts.extend(further.as_deref());
    let examined = ask(&text, &hosts, &with_secret());
    let start = LoadRequest::text(&text);
    let login = consoleme().login(&LoginRequest::new(start, "alice@example.com", PASSWORD));

    let error = examined.findings.worst() == Some(Severity::Error);
    let agree = rules(&examined) == set_up.rules && error == login.outcome.is_err();
    (!agree).then(|| {
        format!(
            "{} ({style:?}): {:?} for {:?}\n{:#?}\n{:#?}",
            set_up.name,
            rules(&examined),
            set_up.rules,
            examined.checks,
            login.outcome
        )
    })
}
