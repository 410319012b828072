//! A file that names the endpoints itself, and one that names further keys.

use consoleme_cfg::finding::{CheckName, Verdict};

use super::script::{but_for, configuration, credentials, in_order};
use super::{ask, check, checks, rules, verdict, with_secret};
use crate::harness::{Server, json};

/// A configuration without a discovery document.
fn with_endpoints(authorization: &str, others: &str) -> String {
    let from = format!("{others}/.well-known/openid-configuration");
    configuration(others).replace(
        &format!("metadata_url: {from}"),
        &format!(
            "authorization_endpoint: {authorization}
  token_endpoint: {others}/oauth2/token
  jwks_uri: {others}/jwks.json"
        ),
    )
}

#[test]
fn endpoints_in_the_file_are_asked_and_get_no_secret() {
    let server = Server::saying(in_order);
    let origin = server.origin();
    let text = with_endpoints(&format!("{origin}/oauth2/authorize"), &origin);
    let examined = ask(&text, &[server.address()], &with_secret());
    for name in [CheckName::Keys, CheckName::Client, CheckName::Callback] {
        assert_eq!(verdict(&examined, name), Verdict::Pass, "{name}");
    }
    let secret = check(&examined, CheckName::Secret);
    assert_eq!(secret.verdict, Verdict::Inconclusive);
    assert!(
        secret.reason.contains("the secret stays here"),
        "{secret:?}"
    );
    let skipped: Vec<CheckName> = examined.skipped.iter().map(|one| one.check).collect();
    for name in [CheckName::Discovery, CheckName::Issuer, CheckName::Domain] {
        assert!(skipped.contains(&name), "{name}");
    }
    assert!(!server.heard().is_empty());
    assert!(
        !server
            .heard()
            .iter()
            .any(|heard| heard.headers.contains(&credentials()))
    );
}

#[test]
fn an_endpoint_on_the_issuers_host_is_told_at_its_key() {
    let server = Server::saying(in_order);
    let authorize = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/authorize";
    let text = with_endpoints(authorize, &server.origin());
    let examined = ask(&text, &[server.address()], &with_secret());
    assert_eq!(verdict(&examined, CheckName::Domain), Verdict::Fail);
    let mut findings = examined.findings.iter();
    let finding = findings
        .find(|finding| finding.rule.id == "pool-without-domain")
        .expect("a finding");
    let key = "get_user_by_oidc_settings.authorization_endpoint";
    assert_eq!(finding.place.key, key);
    assert!(server.heard().is_empty(), "nobody can log in there");
}

#[test]
fn further_keys_are_looked_at_too() {
    let server = but_for("/more.json", |_| json(200, r#"{"keys": []}"#));
    let origin = server.origin();
    let text = configuration(&origin).replace(
        "get_user_by_oidc_settings:\n",
        &format!(
            "get_user_by_oidc_settings:\n  extra_jwks_uri: ['{origin}/jwks.json', '{origin}/more.json']\n"
        ),
    );
    let examined = ask(&text, &[server.address()], &with_secret());
    let verdicts: Vec<Verdict> = checks(&examined, CheckName::Keys)
        .iter()
        .map(|check| check.verdict)
        .collect();
    assert_eq!(verdicts, [Verdict::Pass, Verdict::Pass, Verdict::Fail]);
    assert!(rules(&examined).contains(&"unusable-signing-key"));
    let mut findings = examined.findings.iter();
    let finding = findings
        .find(|finding| finding.rule.id == "unusable-signing-key")
        .expect("a finding");
    let key = "get_user_by_oidc_settings.extra_jwks_uri[1]";
    assert_eq!(finding.place.key, key);
}
