//! What each answer of the authorization endpoint and of the login page comes to, row by row.

use consoleme_cfg::examine::Examined;
use consoleme_cfg::finding::{CheckName, Verdict};

use super::script::{CALLBACK, in_order};
use super::{ask_but_for, checks, is_live, rules, verdict};
use crate::harness::{Heard, answer};
use Verdict::{Fail, Inconclusive, Pass};

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
