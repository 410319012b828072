//! The signing keys: ConsoleMe reads all of them at every login, and one that it cannot read ends
//! the login (`consoleme/lib/oidc.py:59`).

use futures_util::future::join_all;
use serde_json::{Map, Value};
use url::Url;

use super::discovery::Provider;
use super::network::shown;
use super::run::{Report, Run, quoted};
use super::unusable_signing_key;
use crate::finding::CheckName;

/// Looks at every document of keys that ConsoleMe fetches.
pub(super) async fn check_all(run: Run<'_>, provider: &Provider) -> Report {
    let mut documents = run.subject.further_keys();
    if let Some(url) = &provider.keys {
        documents.insert(0, (provider.key_of_keys.clone(), url.clone()));
    }
    let asked = documents.iter().map(|(key, url)| check(run, url, key));
    let mut report = Report::default();
    for part in join_all(asked).await {
        report.append(part);
    }
    report
}

/// Fetches a document of keys and looks at each of them; `key` names the place in the file that
/// leads there.
async fn check(run: Run<'_>, url: &Url, key: &str) -> Report {
    let mut report = Report::default();
    let name = CheckName::Keys;
    let target = shown(url);
    let answer = match run.get(name, &target, url).await {
        Ok(answer) => answer,
        Err(silence) => {
            report.silent(name, &target, &silence);
            return report;
        }
    };
    let evidence = answer.evidence();
    let problem = match answer.object() {
        _ if answer.is_passing() => {
            report.inconclusive(
                name,
                &target,
                "the provider does not answer for now",
                evidence,
            );
            return report;
        }
        _ if answer.location.is_some() => {
            report.inconclusive(
                name,
                &target,
                "it leads elsewhere, and no redirect is followed",
                evidence,
            );
            return report;
        }
        None => {
            report.inconclusive(name, &target, "the answer is no JSON object", evidence);
            return report;
        }
        Some(_) if answer.status != 200 => Some(format!("the answer has status {}", answer.status)),
        Some(document) => problem(&document),
    };
    match problem {
        None => report.pass(name, &target, "", evidence),
        Some(problem) => {
            report.fail(name, &target, problem.clone(), evidence);
            unusable_signing_key::report(run.subject, key, &problem, &mut report.findings);
        }
    }
    report
}

/// What keeps ConsoleMe from reading the keys, or from finding the one it needs.
fn problem(document: &Map<String, Value>) -> Option<String> {
    let Some(keys) = document.get("keys").and_then(Value::as_array) else {
        return Some("there is no list of keys".to_owned());
    };
    if keys.is_empty() {
        return Some("the list of keys is empty".to_owned());
    }
    keys.iter().zip(1_usize..).find_map(|(key, number)| {
        let problem = problem_of_key(key)?;
        Some(format!("key {number} of {}: {problem}", keys.len()))
    })
}

fn problem_of_key(key: &Value) -> Option<String> {
    let text = |name: &str| key.get(name).and_then(Value::as_str);
    let Some(kty) = text("kty") else {
        return Some("it has no `kty`".to_owned());
    };
    if key.get("kid").is_none() {
        return Some("it has no `kid`".to_owned());
    }
    let bytes = |name: &str| text(name).and_then(base64url_length);
    match kty {
        "RSA" => {
            let whole = ["n", "e"]
                .iter()
                .all(|name| bytes(name).is_some_and(|length| length > 0));
            (!whole).then(|| "its `n` or `e` is missing or no base64url".to_owned())
        }
        "EC" => {
            let wanted = match text("crv") {
                Some("P-256" | "secp256k1") => 32,
                Some("P-384") => 48,
                Some("P-521") => 66,
                _ => return Some("its curve is none that ConsoleMe knows".to_owned()),
            };
            let whole = ["x", "y"].iter().all(|name| bytes(name) == Some(wanted));
            (!whole).then(|| format!("its `x` or `y` is not {wanted} bytes long"))
        }
        other => Some(format!(
            "its type is {}, and ConsoleMe reads RSA and EC only",
            quoted(other)
        )),
    }
}

/// How many bytes a text in base64url stands for.
fn base64url_length(text: &str) -> Option<usize> {
    let text = text.trim_end_matches('=');
    let clean = text
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (clean && text.len() % 4 != 1).then_some(text.len() * 3 / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(document: &str) -> Option<String> {
        problem(&serde_json::from_str(document).unwrap())
    }

    #[test]
    fn keys_that_consoleme_reads_are_fine() {
        let point = "a".repeat(43);
        let document = format!(
            r#"{{"keys": [{{"kty": "RSA", "kid": "a", "n": "sXch", "e": "AQAB", "use": "sig"}},
                {{"kty": "EC", "kid": "b", "crv": "P-256", "x": "{point}", "y": "{point}"}}]}}"#
        );
        assert_eq!(said(&document), None);
    }

    #[test]
    fn what_ends_every_login_is_named() {
        for (document, words) in [
            (r#"{}"#, "no list"),
            (r#"{"keys": {}}"#, "no list"),
            (r#"{"keys": []}"#, "empty"),
            (r#"{"keys": [1]}"#, "key 1 of 1: it has no `kty`"),
            (
                r#"{"keys": [{"kty": "RSA", "n": "sXch", "e": "AQAB"}]}"#,
                "no `kid`",
            ),
            (
                r#"{"keys": [{"kty": "RSA", "kid": "a", "e": "AQAB"}]}"#,
                "`n` or `e`",
            ),
            (
                r#"{"keys": [{"kty": "OKP", "kid": "a", "x": "AA"}]}"#,
                "its type is `OKP`",
            ),
            (
                r#"{"keys": [{"kty": "EC", "kid": "a", "crv": "P-256K"}]}"#,
                "curve",
            ),
            (
                r#"{"keys": [{"kty": "EC", "kid": "a", "crv": "P-256", "x": "AA", "y": "AA"}]}"#,
                "32 bytes",
            ),
        ] {
            assert!(said(document).unwrap().contains(words), "{document}");
        }
    }
}
