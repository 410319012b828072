//! A provider by script: a plain one whose every answer a test can replace.

use serde_json::json;

use crate::harness::{Heard, Server, answer, json as in_json};

/// What the test's client is called and what its secret is.
pub const CLIENT_ID: &str = "1example23456789abcdefghij";
pub const SECRET: &str = "9example9secret9of9an9app9client9abcdefghijklmnopqr";
pub const CALLBACK: &str = "http://localhost:8081/auth";

/// A configuration for a provider at this address.
pub fn configuration(origin: &str) -> String {
    format!(
        "environment: dev
url: http://localhost:8081
auth: {{get_user_by_oidc: true, set_auth_cookie: true}}
get_user_by_oidc_settings:
  metadata_url: {origin}/.well-known/openid-configuration
oidc_secrets:
  client_id: {CLIENT_ID}
  secret: {SECRET}
  client_scope: [openid, email]
"
    )
}

/// Where a request was sent to, for its host.
pub fn origin_of(heard: &Heard) -> String {
    let host = heard.headers.lines().find_map(|line| {
        line.to_lowercase()
            .strip_prefix("host:")
            .map(|host| host.trim().to_owned())
    });
    format!("http://{}", host.expect("a host"))
}

/// A discovery document whose endpoints are all at one place.
pub fn document(issuer: &str, endpoints: &str) -> String {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{endpoints}/oauth2/authorize"),
        "token_endpoint": format!("{endpoints}/oauth2/token"),
        "revocation_endpoint": format!("{endpoints}/oauth2/revoke"),
        "jwks_uri": format!("{endpoints}/jwks.json"),
    })
    .to_string()
}

/// What a provider in order answers: it takes one callback and one secret.
pub fn in_order(heard: &Heard) -> String {
    let origin = origin_of(heard);
    let authorized = heard.headers.contains(&credentials());
    match heard.path() {
        "/.well-known/openid-configuration" => in_json(200, &document(&origin, &origin)),
        "/jwks.json" => in_json(
            200,
            r#"{"keys": [{"kty": "RSA", "kid": "a", "n": "sXch", "e": "AQAB"}]}"#,
        ),
        "/oauth2/authorize"
            if heard
                .target
                .contains("redirect_uri=http%3A%2F%2Flocalhost%3A8081%2Fauth&") =>
        {
            let query = heard.target.split_once('?').expect("a query").1;
            answer(302, &format!("Location: /login?{query}\r\n"), "")
        }
        "/oauth2/authorize" => answer(302, "Location: /error?error=redirect_mismatch\r\n", ""),
        "/login" => answer(200, "Content-Type: text/html\r\n", "<form>"),
        "/oauth2/token" if authorized => in_json(400, r#"{"error": "invalid_grant"}"#),
        "/oauth2/revoke" if authorized => answer(200, "", ""),
        "/oauth2/token" | "/oauth2/revoke" => in_json(401, r#"{"error": "invalid_client"}"#),
        other => in_json(
            404,
            &json!({"message": format!("nothing at {other}")}).to_string(),
        ),
    }
}

/// The test client's id and secret, as they are sent.
pub fn credentials() -> String {
    // Written down rather than computed, as the program computes it.
    "MWV4YW1wbGUyMzQ1Njc4OWFiY2RlZmdoaWo6OWV4YW1wbGU5c2VjcmV0OW9mOWFuOWFwcDljbGllbnQ5YWJjZGVmZ2hpamtsbW5vcHFy".to_owned()
}

/// A provider in order, but for the answers at one path.
pub fn but_for(
    path: &'static str,
    respond: impl Fn(&Heard) -> String + Send + Sync + 'static,
) -> Server {
    Server::saying(move |heard| {
        if heard.path() == path {
            respond(heard)
        } else {
            in_order(heard)
        }
    })
}
