//! Does the harness tell a configuration with which people log in from one with which they don't?

use serde_json::json;

use crate::harness::{
    AccessToken, LoadRequest, Login, LoginRequest, PASSWORD, Provider, ProviderOptions, Stage,
    consoleme,
};

/// A good configuration for the provider's first client.
pub(crate) fn configuration(provider: &Provider, url: &str) -> String {
    let metadata_url = provider.metadata_url();
    let client = provider.client();
    let (id, secret) = (&client.id, &client.secret);
    format!(
        "environment: test
url: {url}
jwt_secret: a-text-that-nobody-knows
tornado: {{port: 8081}}
auth:
  get_user_by_oidc: true
  set_auth_cookie: true
get_user_by_oidc_settings:
  metadata_url: {metadata_url}
  jwt_verify: true
  jwt_email_key: email
  jwt_groups_key: cognito:groups
oidc_secrets:
  client_id: {id}
  secret: {secret}
  client_scope:
    - openid
    - email
"
    )
}

fn provider(url: &str, access_token: AccessToken) -> Provider {
    let mut options = ProviderOptions {
        access_token,
        ..ProviderOptions::default()
    };
    options.clients[0].redirect_uris = vec![format!("{url}/auth")];
    Provider::start(options)
}

const URL: &str = "http://127.0.0.1:8081";

/// Logs alice in at a good configuration in which one text is replaced.
fn login_with(access_token: AccessToken, good: &str, bad: &str) -> Login {
    let provider = provider(URL, access_token);
    let text = configuration(&provider, URL);
    assert!(text.contains(good), "{good} is in the configuration");
    let start = LoadRequest::text(&text.replace(good, bad));
    consoleme().login(&LoginRequest::new(start, "alice@example.com", PASSWORD))
}

/// The stage and the class of the exception of a login that fails.
fn failure(login: &Login) -> (Stage, String) {
    let failure = login.outcome.as_ref().expect_err("the login fails");
    let class = failure
        .exception
        .as_ref()
        .map(|exception| exception.class.clone());
    (failure.stage, class.unwrap_or_default())
}

fn failed(stage: Stage, class: &str) -> (Stage, String) {
    (stage, class.to_owned())
}

#[test]
fn a_person_with_groups_logs_in() {
    for url in [URL, "https://consoleme.example.com"] {
        let provider = provider(url, AccessToken::Jwt);
        let start = LoadRequest::text(&configuration(&provider, url));
        let login = consoleme().login(&LoginRequest::new(start, "alice@example.com", PASSWORD));
        let session = login
            .outcome
            .as_ref()
            .unwrap_or_else(|_| panic!("{login:#?}"));
        let groups = json!(["consoleme_admins@example.com", "engineering@example.com"]);
        assert_eq!(session.user, "alice@example.com");
        assert_eq!(session.groups, groups);
        assert_eq!(session.claims["groups"], groups);
        assert_eq!(session.cookie.name, "consoleme_auth");
        let secure = session.cookie.attributes.contains_key("secure");
        assert_eq!(secure, url.starts_with("https:"));
        let twice = |message: &str| message.starts_with("finish() called twice");
        let logged = login
            .log
            .iter()
            .filter_map(|record| record.exception.as_ref());
        assert!(
            logged
                .map(|exception| &exception.message)
                .any(|message| twice(message))
        );
        assert!(
            login.hops[0]
                .location
                .as_ref()
                .is_some_and(|to| to.starts_with(provider.issuer()))
        );
    }
}

#[test]
fn a_person_without_groups_logs_in_and_has_none() {
    let provider = provider(URL, AccessToken::Jwt);
    let start = LoadRequest::text(&configuration(&provider, URL));
    let login = consoleme().login(&LoginRequest::new(start, "bob@example.com", PASSWORD));
    assert_eq!(login.outcome.expect("a session").groups, json!([]));
}

#[test]
fn groups_come_from_the_id_token_where_the_access_token_is_opaque() {
    let login = login_with(AccessToken::Opaque, "jwt_verify: true", "jwt_verify: yes");
    let groups = login.outcome.expect("a session").groups;
    assert_eq!(
        groups,
        json!(["consoleme_admins@example.com", "engineering@example.com"])
    );
}

#[test]
fn a_wrong_password_is_refused() {
    let provider = provider(URL, AccessToken::Jwt);
    let start = LoadRequest::text(&configuration(&provider, URL));
    let login = consoleme().login(&LoginRequest::new(start, "alice@example.com", "wrong"));
    assert_eq!(failure(&login), failed(Stage::Provider, ""));
}

#[test]
fn a_scope_that_is_a_text_sends_the_browser_round_and_round() {
    let list = "client_scope:\n    - openid\n    - email";
    let login = login_with(AccessToken::Jwt, list, "client_scope: openid email");
    assert_eq!(failure(&login), failed(Stage::Loop, ""));
    let returned = login
        .hops
        .iter()
        .filter(|hop| hop.url.contains("error=invalid_scope"));
    assert!(returned.clone().count() >= 2 && returned.clone().all(|hop| hop.status == Some(302)));
    let asked = login.hops[0].location.as_ref().expect("a redirect");
    assert!(asked.contains("scope=o+p+e+n+i+d"), "{asked}");
}

#[test]
fn no_cookie_sends_the_browser_round_and_round() {
    let (good, bad) = ("set_auth_cookie: true", "set_auth_cookie: false");
    assert_eq!(
        failure(&login_with(AccessToken::Jwt, good, bad)),
        failed(Stage::Loop, "")
    );
}

#[test]
fn a_token_that_need_not_be_verified_can_not_be_decoded() {
    let (good, bad) = ("jwt_verify: true", "jwt_verify: false");
    let login = login_with(AccessToken::Jwt, good, bad);
    assert_eq!(failure(&login), failed(Stage::Callback, "DecodeError"));
}

#[test]
fn a_wrong_secret_fails_after_the_provider_has_asked_for_the_password() {
    let login = login_with(
        AccessToken::Jwt,
        "secret: client-secret",
        "secret: another-secret",
    );
    assert_eq!(failure(&login), failed(Stage::Callback, "HTTPClientError"));
    let failure = login.outcome.expect_err("the login fails");
    assert_eq!(
        failure.exception.expect("an exception").message,
        "HTTP 401: Unauthorized"
    );
    assert_eq!(failure.status, Some(500));
}

#[test]
fn the_audience_must_be_what_the_access_token_has() {
    let (good, bad) = ("jwt_verify: true", "access_token_audience: some");
    let login = login_with(AccessToken::Jwt, good, bad);
    assert_eq!(
        failure(&login),
        failed(Stage::Callback, "MissingRequiredClaimError")
    );
    let login = login_with(AccessToken::JwtWithAudience, good, good);
    assert_eq!(
        failure(&login),
        failed(Stage::Callback, "InvalidAudienceError")
    );
}

#[test]
fn an_empty_section_fails_where_it_is_first_needed() {
    let secrets = LoadRequest::text(&format!("environment: test\nurl: {URL}\noidc_secrets:\n"));
    assert!(
        consoleme().load(&secrets).loaded.is_ok(),
        "nothing reads it at the start"
    );
    let login = login_with(AccessToken::Jwt, "oidc_secrets:", "oidc_secrets:\nunused:");
    assert_eq!(failure(&login), failed(Stage::Authorize, "TypeError"));
    let login = login_with(AccessToken::Jwt, "auth:", "redis:\nauth:");
    assert_eq!(failure(&login), failed(Stage::Start, "TypeError"));
}

#[test]
fn a_callback_that_is_not_registered_is_the_providers_error() {
    let provider = provider("http://127.0.0.1:9999", AccessToken::Jwt);
    let start = LoadRequest::text(&configuration(&provider, URL));
    let login = consoleme().login(&LoginRequest::new(start, "alice@example.com", PASSWORD));
    assert_eq!(failure(&login), failed(Stage::Provider, ""));
    let said = login
        .hops
        .last()
        .and_then(|hop| hop.said.as_ref())
        .expect("the provider's words");
    assert!(said.contains("redirect_uri did not match"), "{said}");
}

#[test]
fn another_address_than_the_configured_one_is_refused() {
    let provider = provider(URL, AccessToken::Jwt);
    let start = LoadRequest::text(&configuration(&provider, URL));
    let request = LoginRequest::new(start, "alice@example.com", PASSWORD);
    let login = consoleme().login(&request.at("http://localhost:8081"));
    assert_eq!(
        failure(&login),
        failed(Stage::Authorize, "InvalidRedirectUrl")
    );
}

#[test]
fn a_provider_out_of_reach_is_consolemes_error() {
    let text = format!(
        "environment: test\nurl: {URL}\nauth: {{get_user_by_oidc: true}}\ntornado: {{port: 8081}}\n\
         get_user_by_oidc_settings: {{metadata_url: 'https://cognito.example.com/x'}}\n"
    );
    let start = LoadRequest::text(&text);
    let login = consoleme().login(&LoginRequest::new(start, "alice@example.com", PASSWORD));
    assert_eq!(failure(&login), failed(Stage::Authorize, "gaierror"));
}
