//! What each answer of a provider comes to, row by row.

use consoleme_cfg::examine::Examined;
use consoleme_cfg::finding::{CheckName, Verdict};

use super::script::{CALLBACK, CLIENT_ID, SECRET, but_for, configuration, in_order};
use super::{ask, check, checks, rules, verdict, with_secret};
use crate::harness::{Heard, Server, answer, json};
use Verdict::{Fail, Inconclusive, Pass};

fn ask_server(server: &Server) -> Examined {
    ask(
        &configuration(&server.origin()),
        &[server.address()],
        &with_secret(),
    )
}

fn ask_but_for(
    path: &'static str,
    respond: impl Fn(&Heard) -> String + Send + Sync + 'static,
) -> Examined {
    ask_server(&but_for(path, respond))
}

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

fn is_live(rule: &str) -> bool {
    consoleme_cfg::live::RULES
        .iter()
        .any(|live| live.id == rule)
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

/// What the answer to the real request comes to; the control is refused as it should be.
fn landing(respond: impl Fn(&Heard) -> String + Send + Sync + 'static) -> Examined {
    ask_but_for("/oauth2/authorize", move |heard| {
        if heard.target.contains(".invalid") {
            in_order(heard)
        } else {
            respond(heard)
        }
    })
}

#[test]
fn answers_of_the_authorization_endpoint() {
    let rows: [(&'static str, Verdict, Option<&str>); 14] = [
        (
            "/error?error=redirect_mismatch&client_id=x",
            Fail,
            Some("callback-is-not-registered"),
        ),
        (
            "/error?error=invalid_request&client_id=x",
            Inconclusive,
            Some("login-request-is-refused"),
        ),
        (
            "/error?error=Client+does+not+exist",
            Inconclusive,
            Some("login-request-is-refused"),
        ),
        (
            "/error?error=unauthorized_client",
            Inconclusive,
            Some("login-request-is-refused"),
        ),
        (
            "/error?error=invalid_scope&client_id=x",
            Inconclusive,
            Some("scope-is-not-allowed"),
        ),
        (
            "/error?error=invalid_client",
            Inconclusive,
            Some("login-request-is-refused"),
        ),
        ("/error", Inconclusive, None),
        (
            "http://localhost:8081/auth?error=invalid_scope&state=s",
            Pass,
            Some("scope-is-not-allowed"),
        ),
        (
            "http://localhost:8081/auth?error=login_required",
            Inconclusive,
            None,
        ),
        (
            "http://localhost:8081/auth?error=unauthorized_client",
            Pass,
            Some("code-grant-is-off"),
        ),
        (
            "http://localhost:8081/auth?error=invalid_request",
            Pass,
            Some("login-request-is-refused"),
        ),
        (
            "http://localhost:8081/auth?error=server_error",
            Inconclusive,
            None,
        ),
        (
            "http://localhost:8081/auth#error=unsupported_response_type",
            Pass,
            Some("code-grant-is-off"),
        ),
        (
            "http://localhost:8081/auth?error_description=invalid_scope&state=s&error=invalid_request",
            Pass,
            Some("scope-is-not-allowed"),
        ),
    ];
    for (location, wanted, rule) in rows {
        let examined = landing(move |_| answer(302, &format!("Location: {location}\r\n"), ""));
        assert_eq!(
            verdict(&examined, CheckName::Callback),
            wanted,
            "{location}"
        );
        let found: Vec<&str> = rules(&examined)
            .into_iter()
            .filter(|rule| is_live(rule))
            .collect();
        assert_eq!(found, rule.into_iter().collect::<Vec<_>>(), "{location}");
    }
}

#[test]
fn an_answer_that_no_login_has_is_no_verdict() {
    for status in [204, 302, 404, 405, 410] {
        let examined =
            landing(move |heard| answer(status, "", &format!("nothing at {}", heard.target)));
        assert_eq!(
            verdict(&examined, CheckName::Callback),
            Inconclusive,
            "{status}"
        );
        assert!(!rules(&examined).iter().any(|rule| is_live(rule)));
    }
}

#[test]
fn a_client_that_is_refused_whatever_it_asks_is_unknown() {
    for location in [
        "/error?error=invalid_request",
        "/error?error=Client+does+not+exist",
        "/error?error=invalid_client",
        "/error?error=unauthorized_client",
    ] {
        let examined = ask_but_for("/oauth2/authorize", move |_| {
            answer(302, &format!("Location: {location}\r\n"), "")
        });
        assert_eq!(verdict(&examined, CheckName::Client), Fail);
        assert!(rules(&examined).contains(&"unknown-client"), "{location}");
    }
}

#[test]
fn a_provider_that_takes_any_callback_proves_nothing() {
    for location in ["/login?client_id=x", "https://sso.example.org/saml"] {
        let examined = ask_but_for("/oauth2/authorize", move |_| {
            answer(302, &format!("Location: {location}\r\n"), "")
        });
        assert_eq!(verdict(&examined, CheckName::Control), Inconclusive);
        assert_eq!(verdict(&examined, CheckName::Callback), Inconclusive);
    }
}

#[test]
fn other_providers_are_judged_by_where_they_lead_and_what_their_pages_say() {
    let form = |_: &Heard| answer(200, "", "<form>");
    let own_page = |_: &Heard| answer(302, "Location: /login/login.htm?fromURI=x\r\n", "");
    let parameter = |_: &Heard| answer(400, "", "We are sorry... Invalid parameter: redirect_uri");
    let settings = |_: &Heard| {
        let page =
            "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings";
        answer(400, "", page)
    };
    let client = |_: &Heard| answer(401, "", "We are sorry... Client not found.");
    type Respond = fn(&Heard) -> String;
    // What the registered callback gets, what the other one does, and what follows.
    let rows: [(Respond, Respond, Verdict, Verdict, Option<&str>); 6] = [
        (form, parameter, Pass, Pass, None),
        (own_page, settings, Pass, Pass, None),
        (
            parameter,
            parameter,
            Fail,
            Pass,
            Some("callback-is-not-registered"),
        ),
        (
            settings,
            settings,
            Fail,
            Pass,
            Some("callback-is-not-registered"),
        ),
        (client, client, Inconclusive, Fail, Some("unknown-client")),
        // A page for everything, which tells of errors by script.
        (form, form, Inconclusive, Inconclusive, None),
    ];
    for (row, (registered, foreign, callback, known, rule)) in rows.into_iter().enumerate() {
        let examined = ask_but_for("/oauth2/authorize", move |heard| {
            if heard.target.contains(".invalid") {
                foreign(heard)
            } else {
                registered(heard)
            }
        });
        assert_eq!(verdict(&examined, CheckName::Callback), callback, "{row}");
        assert_eq!(verdict(&examined, CheckName::Client), known, "{row}");
        let found = rules(&examined).into_iter().find(|rule| is_live(rule));
        assert_eq!(found, rule, "{row}");
        let skipped = examined.skipped.iter();
        assert!(
            skipped
                .map(|skipped| skipped.check)
                .any(|check| check == CheckName::LoginPage),
            "nobody's page but Cognito's opens without a cookie: {row}"
        );
    }
}

#[test]
fn a_page_that_does_not_say_why_leaves_both_open() {
    let examined = ask_but_for("/oauth2/authorize", |_| answer(400, "", "Bad Request"));
    assert_eq!(verdict(&examined, CheckName::Callback), Fail);
    let mut findings = examined.findings.iter();
    let finding = findings
        .find(|finding| finding.rule.id == "callback-is-not-registered")
        .expect("a finding");
    assert!(
        finding.message.contains("or the client id is wrong"),
        "{}",
        finding.message
    );
}

#[test]
fn a_refused_scope_is_named_at_its_place() {
    let examined = landing(|heard| {
        let scope = heard
            .target
            .split('&')
            .find_map(|part| part.strip_prefix("scope="))
            .expect("a scope");
        if scope.contains("email") {
            answer(
                302,
                &format!(
                    "Location: {CALLBACK}?error_description=invalid_scope&error=invalid_request\r\n"
                ),
                "",
            )
        } else {
            in_order(heard)
        }
    });
    let asked: Vec<_> = checks(&examined, CheckName::Scopes)
        .iter()
        .map(|check| (check.target.clone(), check.verdict))
        .collect();
    let wanted = [
        ("openid email", Fail),
        ("openid", Pass),
        ("openid email", Fail),
    ];
    assert_eq!(
        asked,
        wanted.map(|(target, verdict)| (target.to_owned(), verdict))
    );
    let mut findings = examined.findings.iter();
    let finding = findings
        .find(|finding| finding.rule.id == "scope-is-not-allowed")
        .expect("a finding");
    assert_eq!(finding.place.key, "oidc_secrets.client_scope[1]");
}

#[test]
fn answers_of_the_login_page() {
    for (status, wanted) in [
        (200, Pass),
        (403, Fail),
        (400, Inconclusive),
        (429, Inconclusive),
        (503, Inconclusive),
    ] {
        let examined = ask_but_for("/login", move |_| answer(status, "", "a page"));
        assert_eq!(verdict(&examined, CheckName::LoginPage), wanted, "{status}");
        assert_eq!(
            rules(&examined).contains(&"login-page-without-branding"),
            wanted == Fail
        );
    }
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
