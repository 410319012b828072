//! The discovery document: is it there, whose is it, and where does it lead?

use serde_json::{Map, Value};
use url::Url;

use super::hosts::Hosts;
use super::network::{Answer, shown};
use super::run::{Report, Run, quoted};
use super::subject::{ENDPOINTS, METADATA_URL};
use super::{
    incomplete_discovery_document, issuer_differs, no_discovery_document, pool_does_not_exist,
    pool_without_domain,
};
use crate::cognito::{CognitoHost, DISCOVERY_PATH, MetadataUrl, PoolId};
use crate::finding::{CheckName, Evidence};

/// A provider, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Provider {
    pub(super) authorization: Option<Url>,
    pub(super) token: Option<Url>,
    pub(super) revocation: Option<Url>,
    pub(super) keys: Option<Url>,
    /// The key of the file that names the document, or the endpoints themselves.
    pub(super) key_of_keys: String,
    /// Where the document is; nothing where the file names the endpoints itself.
    document: Option<Url>,
    /// Whether the document is one of Cognito itself.
    of_cognito: bool,
    /// Whether the document's issuer is the one that its URL names.
    proven: bool,
    /// Why nobody can log in here, whatever the rest says.
    pub(super) dead_end: Option<String>,
}

impl Provider {
    /// Every URL that it has.
    pub(super) fn endpoints(&self) -> impl Iterator<Item = &Url> {
        [
            &self.document,
            &self.authorization,
            &self.token,
            &self.revocation,
            &self.keys,
        ]
        .into_iter()
        .flatten()
    }

    /// Whether the client id may be sent to an endpoint: Cognito vouches for those in its own
    /// documents; others have to be where the document is, or where the user says.
    pub(super) fn is_own(&self, endpoint: &Url, hosts: &Hosts) -> bool {
        match &self.document {
            None => true,
            Some(document) => {
                self.of_cognito
                    || document.origin() == endpoint.origin()
                    || hosts.names_exactly(endpoint)
            }
        }
    }

    /// Whether the secret may be sent to an endpoint.
    ///
    /// # Errors
    /// Why not, as a clause.
    pub(super) fn prove(&self, endpoint: &Url) -> Result<(), String> {
        let Some(document) = self.document.as_ref().filter(|_| self.proven) else {
            return Err(
                "not asked: nothing proves whose endpoint it is, so the secret stays here"
                    .to_owned(),
            );
        };
        if document.origin() == endpoint.origin()
            || (self.of_cognito && endpoint.scheme() == "https")
        {
            return Ok(());
        }
        let host = endpoint.host_str().unwrap_or_default();
        Err(format!(
            "not asked: `{host}` is not the issuer's own host, so the secret stays here"
        ))
    }
}

/// Fetches the document, or takes the endpoints from the file.
pub(super) async fn discover(run: Run<'_>) -> (Option<Provider>, Report) {
    let mut report = Report::default();
    let subject = run.subject;
    if !subject.uses_oidc() {
        let reason = "people do not log in through OpenID Connect here (`auth.get_user_by_oidc`), so there is nobody to ask";
        report.inconclusive(CheckName::Discovery, "", reason, Evidence::default());
        return (None, report);
    }
    if !subject.has(METADATA_URL) && ENDPOINTS.iter().any(|name| subject.has(&in_file(name))) {
        return (Some(from_file(run, &mut report)), report);
    }
    let url = match subject.url(METADATA_URL) {
        Ok(url) => url,
        Err(reason) => {
            report.inconclusive(CheckName::Discovery, "", reason, Evidence::default());
            return (None, report);
        }
    };
    let target = shown(&url);
    let answer = match run.get(CheckName::Discovery, &target, &url).await {
        Ok(answer) => answer,
        Err(silence) => {
            report.silent(CheckName::Discovery, &target, &silence);
            return (None, report);
        }
    };
    let document = answer.object();
    let Some(document) = document.filter(|_| answer.status == 200) else {
        refused(run, &url, &target, &answer, &mut report);
        return (None, report);
    };
    let provider = read(run, &url, &target, &document, &answer, &mut report);
    (Some(provider), report)
}

fn in_file(name: &str) -> String {
    format!("get_user_by_oidc_settings.{name}")
}

/// There is an answer, and it is no document.
fn refused(run: Run<'_>, url: &Url, target: &str, answer: &Answer, report: &mut Report) {
    let name = CheckName::Discovery;
    let text = String::from_utf8_lossy(&answer.body);
    if answer.is_passing() {
        report.inconclusive(
            name,
            target,
            "the provider does not answer for now",
            answer.evidence(),
        );
    } else if answer.location.is_some() {
        report.inconclusive(
            name,
            target,
            "it leads elsewhere, and no redirect is followed",
            answer.evidence(),
        );
    } else if answer.object().is_none() || answer.status < 400 {
        report.inconclusive(
            name,
            target,
            "the answer is no JSON object",
            answer.evidence(),
        );
    } else if let (Some(pool), true) = (pool_id(url), text.contains("does not exist")) {
        report.fail(name, target, "there is no such pool", answer.evidence());
        pool_does_not_exist::report(run.subject, &pool, &mut report.findings);
    } else {
        report.fail(
            name,
            target,
            "there is no discovery document",
            answer.evidence(),
        );
        no_discovery_document::report(run.subject, answer.status, &mut report.findings);
    }
}

fn read(
    run: Run<'_>,
    url: &Url,
    target: &str,
    document: &Map<String, Value>,
    answer: &Answer,
    report: &mut Report,
) -> Provider {
    let endpoint = |name: &str| {
        let text = document.get(name)?.as_str()?;
        Url::parse(text).ok().filter(Url::has_host)
    };
    let mut provider = Provider {
        authorization: endpoint("authorization_endpoint"),
        token: endpoint("token_endpoint"),
        revocation: endpoint("revocation_endpoint"),
        keys: endpoint("jwks_uri"),
        key_of_keys: METADATA_URL.to_owned(),
        document: Some(url.clone()),
        of_cognito: is_issuer_host(url) && url.scheme() == "https",
        ..Provider::default()
    };
    let pool = pool_id(url);
    let missing: Vec<&str> = ENDPOINTS
        .into_iter()
        .filter(|name| endpoint(name).is_none())
        .collect();
    // A pool without a domain may leave its endpoints out; that is told by its own name.
    let of_domain = pool.is_some() && provider.authorization.is_none() && provider.keys.is_some();
    if missing.is_empty() || of_domain {
        report.pass(CheckName::Discovery, target, "", answer.evidence());
    } else {
        let reason = format!("the document lacks {}", missing.join(" and "));
        report.fail(
            CheckName::Discovery,
            target,
            reason.clone(),
            answer.evidence(),
        );
        incomplete_discovery_document::report(run.subject, &missing, &mut report.findings);
        provider.dead_end = Some(reason);
    }
    provider.proven = issuer(run, url, document, report);
    domain(run, url, pool.as_ref(), &mut provider, report);
    provider
}

/// Holds the document's issuer against its URL.
fn issuer(run: Run<'_>, url: &Url, document: &Map<String, Value>, report: &mut Report) -> bool {
    let name = CheckName::Issuer;
    let mut plain = url.clone();
    plain.set_query(None);
    plain.set_fragment(None);
    let Some(expected) = plain.as_str().strip_suffix(DISCOVERY_PATH) else {
        let reason = format!("the URL does not end in `{DISCOVERY_PATH}`, so it names no issuer");
        report.inconclusive(name, &shown(url), reason, Evidence::default());
        return false;
    };
    let said = document.get("issuer").and_then(Value::as_str);
    // A slash at an issuer's end does not count (OpenID Connect Discovery 1.0 §4.1).
    if said.is_some_and(|said| said.strip_suffix('/').unwrap_or(said) == expected) {
        report.pass(name, expected, "", Evidence::default());
        return true;
    }
    let pool_of = |issuer: &str| {
        format!("{issuer}{DISCOVERY_PATH}")
            .parse::<MetadataUrl>()
            .ok()
    };
    let of = said.and_then(pool_of).zip(pool_of(expected));
    if let (Some(said), Some((theirs, ours))) = (said, of)
        && theirs.pool_id() == ours.pool_id()
        && theirs.host_region() == ours.host_region()
    {
        let reason = format!(
            "the pool calls itself {}, which is the same pool",
            quoted(said)
        );
        report.pass(name, expected, reason, Evidence::default());
        return true;
    }
    let reason = said.map_or_else(
        || "the document names no issuer".to_owned(),
        |said| format!("the document's issuer is {}", quoted(said)),
    );
    report.fail(name, expected, reason, Evidence::default());
    issuer_differs::report(run.subject, said, expected, &mut report.findings);
    false
}

/// Whether a pool has a domain: without one, its endpoints stand on the issuer's host and answer
/// nothing.
fn domain(
    run: Run<'_>,
    url: &Url,
    pool: Option<&PoolId>,
    provider: &mut Provider,
    report: &mut Report,
) {
    let name = CheckName::Domain;
    let Some(pool) = pool else {
        report.skip(name, "only pools of Cognito have domains");
        return;
    };
    let at_issuer = |endpoint: &Url| {
        let authorize = endpoint.path().strip_suffix("/authorize");
        is_issuer_host(endpoint)
            || (endpoint.origin() == url.origin()
                && authorize.is_some_and(|path| path.rsplit('/').next() == Some(pool.as_str())))
    };
    match &provider.authorization {
        Some(endpoint) if !at_issuer(endpoint) => {
            let target = endpoint.host_str().unwrap_or_default();
            report.pass(name, target, "", Evidence::default());
        }
        endpoint => {
            let evidence = Evidence {
                landing: endpoint.as_ref().map(shown),
                ..Evidence::default()
            };
            report.fail(name, pool.as_str(), "this pool has no domain", evidence);
            pool_without_domain::report(run.subject, &mut report.findings);
            provider.dead_end = Some("this pool has no domain".to_owned());
        }
    }
}

/// The endpoints that stand in the file.
fn from_file(run: Run<'_>, report: &mut Report) -> Provider {
    let subject = run.subject;
    let endpoint = |name: &str| subject.url(&in_file(name)).ok();
    let mut provider = Provider {
        authorization: endpoint("authorization_endpoint"),
        token: endpoint("token_endpoint"),
        keys: endpoint("jwks_uri"),
        key_of_keys: in_file("jwks_uri"),
        ..Provider::default()
    };
    report.skip(
        CheckName::Discovery,
        "the file names the endpoints itself, and no `metadata_url`",
    );
    report.skip(
        CheckName::Issuer,
        "without a discovery document nobody says who the issuer is",
    );
    if let Some(endpoint) = provider
        .authorization
        .as_ref()
        .filter(|url| is_issuer_host(url))
    {
        let reason = "there is no login page on the issuer's host";
        let host = endpoint.host_str().unwrap_or_default();
        report.fail(CheckName::Domain, host, reason, Evidence::default());
        let key = in_file("authorization_endpoint");
        pool_without_domain::report_endpoint(subject, &key, &mut report.findings);
        provider.dead_end = Some(reason.to_owned());
    } else {
        report.skip(CheckName::Domain, "only a discovery document shows it");
    }
    provider
}

fn is_issuer_host(url: &Url) -> bool {
    let host = url.host_str().and_then(CognitoHost::of);
    matches!(host, Some(CognitoHost::Issuer(_)))
}

/// The pool that a metadata URL names: the last part of its issuer.
fn pool_id(url: &Url) -> Option<PoolId> {
    let issuer = url.path().strip_suffix(DISCOVERY_PATH)?;
    issuer.rsplit('/').next()?.parse().ok()
}
