//! For every set-up: does a live run find an error exactly where a person cannot log in?

use std::thread;

use consoleme_cfg::finding::Severity;
use serde_json::json;

use super::{ask, authority, rules, with_secret};
use crate::harness::{
    self, LoadRequest, LoginFailure, LoginRequest, PASSWORD, Provider, ProviderOptions, Server,
    Stage, Style, consoleme,
};
use crate::login::configuration;

const URL: &str = "http://localhost:8081";

/// A way to set up provider and file, the rules that tell what is wrong with it, and where a
/// person's login ends over it.
struct SetUp {
    name: &'static str,
    styles: &'static [Style],
    provider: fn(&mut ProviderOptions),
    file: fn(String) -> String,
    rules: &'static [&'static str],
    /// None where the person is logged in.
    ends: Option<End>,
}

/// In which stage a login ends, and with which exception of ConsoleMe's.
type End = (Stage, &'static str);

/// At an error page of the provider's.
const ERROR_PAGE: End = (Stage::Provider, "");
/// Sent round and round.
const LOOP: End = (Stage::Loop, "");

const BOTH: &[Style] = &[Style::Own, Style::Cognito];
const COGNITO: &[Style] = &[Style::Cognito];

fn set_ups() -> Vec<SetUp> {
    use Stage::{Authorize, Callback};
    let fine = |name, rules| SetUp {
        name,
        styles: BOTH,
        provider: |_| {},
        file: |text| text,
        rules,
        ends: None,
    };
    let broken = |name, styles, rules, end| SetUp {
        styles,
        ends: Some(end),
        ..fine(name, rules)
    };
    vec![
        fine("good", &[]),
        SetUp {
            provider: |options| options.clients[0].redirect_uris = vec![format!("{URL}/auth/")],
            ..broken(
                "callback missing",
                BOTH,
                &["callback-is-not-registered"],
                ERROR_PAGE,
            )
        },
        SetUp {
            file: |text| text.replace("url: http://localhost", "url: http://127.0.0.1"),
            ..broken(
                "127.0.0.1 for localhost",
                BOTH,
                &["callback-is-not-registered", "loopback-address-as-url"],
                ERROR_PAGE,
            )
        },
        SetUp {
            provider: |options| options.clients[0].scopes = vec!["openid".to_owned()],
            ..broken("scope refused", BOTH, &["scope-is-not-allowed"], LOOP)
        },
        SetUp {
            file: |text| text.replace("    - email\n", "    - email\n    - groups\n"),
            ..broken(
                "scope unknown",
                COGNITO,
                &["scope-is-not-allowed", "unknown-client-scope"],
                LOOP,
            )
        },
        SetUp {
            file: |text| {
                text.replace(
                    "client_scope:\n    - openid\n    - email",
                    "client_scope: openid email",
                )
            },
            ..broken(
                "scope a text",
                BOTH,
                &["client-scope-is-a-string", "scope-is-not-allowed"],
                LOOP,
            )
        },
        SetUp {
            file: |text| text.replace("client_id: 1example", "client_id: 2example"),
            ..broken(
                "wrong client",
                BOTH,
                &["client-secret-is-refused", "unknown-client"],
                ERROR_PAGE,
            )
        },
        SetUp {
            file: |text| text.replace("secret: client-secret", "secret: another-secret"),
            ..broken(
                "wrong secret",
                BOTH,
                &["client-secret-is-refused"],
                (Callback, "HTTPClientError"),
            )
        },
        SetUp {
            file: |text| text.replace("    - openid\n", ""),
            ..broken(
                "scope without openid",
                BOTH,
                &["client-scope-without-openid"],
                (Callback, "DecodeError"),
            )
        },
        SetUp {
            provider: |options| {
                options.clients[0]
                    .redirect_uris
                    .push("http://localhost:8082/auth".to_owned())
            },
            ..fine("callback among others", &[])
        },
        SetUp {
            provider: |options| options.domain = false,
            ..broken("no domain", COGNITO, &["pool-without-domain"], ERROR_PAGE)
        },
        SetUp {
            file: |text| {
                text.replace(
                    "jwt_verify: true",
                    "jwt_verify: true\n  access_token_audience: some",
                )
            },
            ..broken(
                "audience set",
                BOTH,
                &["audience-is-set"],
                (Callback, "MissingRequiredClaimError"),
            )
        },
        SetUp {
            provider: |options| options.clients[0].code_grant = false,
            ..broken("code grant off", COGNITO, &["code-grant-is-off"], LOOP)
        },
        SetUp {
            provider: |options| options.branding = false,
            ..broken(
                "no branding",
                COGNITO,
                &["login-page-without-branding"],
                ERROR_PAGE,
            )
        },
        SetUp {
            file: |text| text.replace("us-east-1_Example01", "us-east-1_Another01"),
            ..broken(
                "no such pool",
                COGNITO,
                &["pool-does-not-exist"],
                (Authorize, "HTTPClientError"),
            )
        },
        SetUp {
            file: |text| text.replace("us-east-1_Example01", "another"),
            ..broken(
                "no document",
                &[Style::Own],
                &["no-discovery-document"],
                (Authorize, "HTTPClientError"),
            )
        },
        SetUp {
            provider: |options| options.document = json!({"jwks_uri": null}),
            ..broken(
                "document without keys",
                BOTH,
                &["incomplete-discovery-document"],
                (Authorize, "KeyError"),
            )
        },
        SetUp {
            provider: |options| {
                options.document =
                    json!({"jwks_uri": keys_at(r#"{"keys": [{"kty": "OKP", "kid": "a"}]}"#)})
            },
            ..broken(
                "key of another type",
                BOTH,
                &["unusable-signing-key"],
                (Authorize, "MissingConfigurationValue"),
            )
        },
        SetUp {
            provider: |options| options.document = json!({"jwks_uri": keys_at(r#"{"keys": [{"kty": "RSA", "n": "sXch", "e": "AQAB"}]}"#)}),
            ..broken(
                "key without id",
                BOTH,
                &["unusable-signing-key"],
                (Authorize, "KeyError"),
            )
        },
        SetUp {
            provider: |options| options.document = json!({"jwks_uri": keys_at(r#"{"keys": []}"#)}),
            ..broken(
                "no key",
                BOTH,
                &["unusable-signing-key"],
                (Callback, "KeyError"),
            )
        },
        SetUp {
            provider: |options| options.document = json!({"issuer": "https://login.example.com"}),
            ..fine("another issuer", &["issuer-differs"])
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
    format!("{text}application_admin: alice@example.com\n")
}

#[test]
fn a_live_run_finds_an_error_exactly_where_a_person_cannot_log_in() {
    let set_ups = set_ups();
    let (broken, fine): (Vec<&SetUp>, Vec<&SetUp>) =
        set_ups.iter().partition(|set_up| set_up.ends.is_some());
    assert!(broken.len() >= 12 && fine.len() >= 2, "both are tried");
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
    let ends = login.outcome.as_ref().err().map(end);
    let wanted = set_up
        .ends
        .map(|(stage, exception)| (stage, exception.to_owned()));
    let agree = rules(&examined) == set_up.rules && error == ends.is_some() && ends == wanted;
    (!agree).then(|| {
        format!(
            "{} ({style:?}): {:?} for {:?}, {ends:?} for {wanted:?}\n{:#?}\n{:#?}",
            set_up.name,
            rules(&examined),
            set_up.rules,
            examined.checks,
            login.outcome
        )
    })
}

/// The stage in which a login ends, and the class of the exception behind that.
fn end(failure: &LoginFailure) -> (Stage, String) {
    let exception = failure.exception.as_ref();
    let class = exception.map_or_else(String::new, |raised| raised.class.clone());
    (failure.stage, class)
}
