//! What each answer of a provider comes to, row by row: the document, the keys, the secret.

use consoleme_cfg::finding::{CheckName, Verdict};

use super::script::{CALLBACK, CLIENT_ID, SECRET, configuration, in_order};
use super::{ask, ask_but_for, ask_server, check, is_live, rules, verdict, with_secret};
use crate::harness::{Heard, Server, answer, json};
use Verdict::{Fail, Inconclusive, Pass};

#[test]
fn a_provider_in_order_passes_everything_that_can_be_asked() {
    let server = Server::saying(in_order);
    let examined = ask_server(&server);
    assert!(
        examined.checks.iter().all(|check| check.verdict == Pass),
        "{:#?}",
        examined.checks
    );
    let names: Vec<&str> = examined
        .checks
        .iter()
        .map(|check| check.name.name())
        .collect();
    let all = [
        "discovery",
        "issuer",
        "keys",
        "client",
        "control",
        "callback",
        "scopes",
        "login-page",
        "secret",
        "revocation",
    ];
    assert_eq!(names, all);
    let skipped: Vec<CheckName> = examined
        .skipped
        .iter()
        .map(|skipped| skipped.check)
        .collect();
    assert_eq!(skipped, [CheckName::Domain], "no pool of Cognito");

    let callback = check(&examined, CheckName::Callback);
    assert_eq!(callback.target, CALLBACK);
    assert_eq!(callback.evidence.status, Some(302));
    let landing = format!("{}/login", server.origin());
    assert_eq!(
        callback.evidence.landing.as_ref(),
        Some(&landing),
        "without the query"
    );
    assert!(callback.evidence.ms.is_some());
}

#[test]
fn it_is_asked_as_consoleme_asks_and_nothing_else() {
    let server = Server::saying(in_order);
    let _ = ask_server(&server);
    let heard = server.heard();
    let to = |path: &str| {
        heard
            .iter()
            .filter(|heard| heard.path() == path)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(heard.len(), 9, "{heard:#?}");
    let real = to("/oauth2/authorize")
        .into_iter()
        .find(|heard| heard.target.contains("localhost"));
    assert_eq!(
        real.expect("the real one").target,
        format!(
            "/oauth2/authorize?response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A8081%2Fauth&client_id={CLIENT_ID}&scope=openid+email&state=http%3A%2F%2Flocalhost%3A8081%2F"
        )
    );
    assert!(
        heard
            .iter()
            .all(|heard| !heard.headers.to_lowercase().contains("cookie:"))
    );
    let token = to("/oauth2/token");
    assert_eq!(token.len(), 2, "with the secret, and with another");
    assert!(token.iter().all(|heard| {
        heard
            .body
            .starts_with("grant_type=authorization_code&code=")
    }));
    // The secret itself is nowhere but in a header of those two endpoints, in base64.
    assert!(
        heard
            .iter()
            .all(|heard| !format!("{heard:?}").contains(SECRET))
    );
    let without = ask(
        &configuration(&server.origin()),
        &[server.address()],
        &Default::default(),
    );
    assert_eq!(
        server.heard().len(),
        9 + 5,
        "without `--probe-secret` nothing is posted"
    );
    assert!(
        server.heard()[9..].iter().all(|heard| heard.method == "GET"
            && !heard.headers.to_lowercase().contains("authorization"))
    );
    let reasons: Vec<_> = without
        .skipped
        .iter()
        .map(|skipped| (skipped.check, skipped.reason.as_str()))
        .collect();
    assert!(reasons.contains(&(
        CheckName::Secret,
        "the secret stays here without `--probe-secret`"
    )));
}

#[test]
fn what_passes_by_itself_is_no_verdict() {
    let html = |status| {
        answer(
            status,
            "Content-Type: text/html\r\n",
            "<h1>Somewhere else</h1>",
        )
    };
    for status in [403, 408, 429, 500, 502, 503, 504] {
        for (path, name) in [
            ("/.well-known/openid-configuration", CheckName::Discovery),
            ("/jwks.json", CheckName::Keys),
            ("/oauth2/authorize", CheckName::Callback),
            ("/oauth2/token", CheckName::Secret),
            ("/oauth2/revoke", CheckName::Revocation),
        ] {
            let examined = ask_but_for(path, move |_| json(status, r#"{"message": "wait"}"#));
            assert_eq!(verdict(&examined, name), Inconclusive, "{status} at {path}");
            assert!(rules(&examined).iter().all(|rule| !is_live(rule)));
        }
    }
    for (path, name) in [
        ("/.well-known/openid-configuration", CheckName::Discovery),
        ("/jwks.json", CheckName::Keys),
        ("/oauth2/token", CheckName::Secret),
    ] {
        for status in [200, 400, 404] {
            let examined = ask_but_for(path, move |_| html(status));
            assert_eq!(
                verdict(&examined, name),
                Inconclusive,
                "a page with {status} at {path}"
            );
        }
    }
}

#[test]
fn answers_of_the_discovery_document() {
    let path = "/.well-known/openid-configuration";
    let gone = ask_but_for(path, |_| json(404, r#"{"error": "not found"}"#));
    assert_eq!(verdict(&gone, CheckName::Discovery), Fail);
    assert!(rules(&gone).contains(&"no-discovery-document"));
    let elsewhere = ask_but_for(path, |_| {
        answer(302, "Location: https://login.example.com/\r\n", "")
    });
    assert_eq!(verdict(&elsewhere, CheckName::Discovery), Inconclusive);
    for document in ["[]", "null", "\"text\"", "{", ""] {
        let examined = ask_but_for(path, move |_| json(200, document));
        assert_eq!(
            verdict(&examined, CheckName::Discovery),
            Inconclusive,
            "{document}"
        );
    }
    let empty = ask_but_for(path, |_| json(200, "{}"));
    assert_eq!(
        check(&empty, CheckName::Discovery).reason,
        "the document lacks authorization_endpoint and token_endpoint and jwks_uri"
    );
    assert_eq!(verdict(&empty, CheckName::Issuer), Fail, "it names none");
}

#[test]
fn answers_of_a_host_that_knows_no_such_pool() {
    let not_understood = r#"{"code": "BadRequest", "message": "The server did not understand the operation that was requested.", "type": "client"}"#;
    let gone = r#"{"message": "User pool us-east-1_Example01 does not exist."}"#;
    for (status, body, rule) in [
        (400, gone, "pool-does-not-exist"),
        (404, gone, "pool-does-not-exist"),
        (400, not_understood, "no-discovery-document"),
    ] {
        let server = Server::saying(move |_| json(status, body));
        let text = configuration(&format!("{}/us-east-1_Example01", server.origin()));
        let examined = ask(&text, &[server.address()], &with_secret());
        assert_eq!(verdict(&examined, CheckName::Discovery), Fail, "{body}");
        assert!(rules(&examined).contains(&rule), "{status} {body}");
    }
}

#[test]
fn a_name_that_nobody_knows_is_no_verdict() {
    let examined = ask(
        &configuration("https://no-such-pool.invalid"),
        &["no-such-pool.invalid"],
        &with_secret(),
    );
    let discovery = check(&examined, CheckName::Discovery);
    assert_eq!(discovery.verdict, Inconclusive);
    let reason = "no address is known for `no-such-pool.invalid`: ";
    assert!(discovery.reason.starts_with(reason), "{discovery:?}");
}

#[test]
fn answers_of_the_token_endpoint() {
    use super::script::credentials;
    // The status and error for the real secret, then for the other.
    let rows = [
        (400, "invalid_grant", 400, "invalid_client", Pass),
        (400, "invalid_grant", 401, "invalid_client", Pass),
        (400, "unauthorized_client", 401, "invalid_client", Pass),
        (400, "invalid_grant", 400, "invalid_grant", Inconclusive),
        (400, "invalid_request", 400, "invalid_request", Inconclusive),
        (
            400,
            "unsupported_grant_type",
            400,
            "unsupported_grant_type",
            Inconclusive,
        ),
        (500, "server_error", 500, "server_error", Inconclusive),
        (200, "none", 200, "none", Inconclusive),
        (405, "none", 405, "none", Inconclusive),
    ];
    for (status, error, other_status, other_error, wanted) in rows {
        let examined = ask_but_for("/oauth2/token", move |heard| {
            let (status, error) = if heard.headers.contains(&credentials()) {
                (status, error)
            } else {
                (other_status, other_error)
            };
            json(status, &format!(r#"{{"error": "{error}"}}"#))
        });
        assert_eq!(
            verdict(&examined, CheckName::Secret),
            wanted,
            "{error} {other_error}"
        );
    }
    let refused = |_: &Heard| json(400, r#"{"error": "invalid_client"}"#);
    let examined = ask_but_for("/oauth2/token", refused);
    assert_eq!(
        verdict(&examined, CheckName::Secret),
        Inconclusive,
        "the revocation endpoint takes the secret"
    );
    let server = Server::saying(move |heard| match heard.path() {
        "/oauth2/token" | "/oauth2/revoke" => refused(heard),
        _ => in_order(heard),
    });
    let examined = ask_server(&server);
    assert_eq!(verdict(&examined, CheckName::Secret), Fail);
    assert_eq!(verdict(&examined, CheckName::Revocation), Fail);
    assert!(rules(&examined).contains(&"client-secret-is-refused"));
}

#[test]
fn answers_of_the_revocation_endpoint() {
    use super::script::credentials;
    for (body, wanted) in [
        (r#"{"error": "unsupported_token_type"}"#, Pass),
        (r#"{"error": "invalid_request"}"#, Pass),
        (r#"{"error": "something_else"}"#, Inconclusive),
    ] {
        let examined = ask_but_for("/oauth2/revoke", move |heard| {
            if heard.headers.contains(&credentials()) {
                json(400, body)
            } else {
                in_order(heard)
            }
        });
        assert_eq!(verdict(&examined, CheckName::Revocation), wanted, "{body}");
    }
    let always = ask_but_for("/oauth2/revoke", |_| answer(200, "", ""));
    assert_eq!(
        verdict(&always, CheckName::Revocation),
        Inconclusive,
        "it takes any secret"
    );
}
