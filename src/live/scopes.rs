//! The scopes: all of them at once, as ConsoleMe asks, and one by one where the provider refuses.

use futures_util::future::join_all;

use super::landing::{Landing, Refusal};
use super::probe::{Login, Probe};
use super::run::{Report, Run};
use super::scope_is_not_allowed;
use super::subject::Callback;
use crate::finding::CheckName;

/// Judges the scopes by the answers for the callbacks.
pub(super) async fn check(
    run: Run<'_>,
    login: Login<'_>,
    callbacks: &[Callback],
    probes: &[Probe],
) -> Report {
    let mut report = Report::default();
    let name = CheckName::Scopes;
    let Some(scope) = login.scope else {
        report.skip(name, "the file asks for none");
        return report;
    };
    let is_refused = |probe: &Probe| matches!(probe.refusal(), Some((Refusal::Scope, _)));
    let refused = callbacks
        .iter()
        .zip(probes)
        .find(|(_, probe)| is_refused(probe));
    if let Some((callback, probe)) = refused {
        report.fail(
            name,
            scope,
            "the app client may not ask for all of them",
            probe.evidence.clone(),
        );
        let culprits = culprits(run, login, callback, &mut report).await;
        scope_is_not_allowed::report(run.subject, &culprits, &mut report.findings);
        return report;
    }
    match probes
        .iter()
        .find(|probe| matches!(probe.landing, Landing::Login(_)))
    {
        Some(probe) => report.pass(name, scope, "", probe.evidence.clone()),
        None => report.skip(name, "no request got as far as the scopes"),
    }
    report
}

/// The scopes that are refused by themselves. Cognito gives the others with `openid` only, so each
/// is asked for beside it, and `openid` alone.
async fn culprits<'c>(
    run: Run<'c>,
    login: Login<'_>,
    callback: &Callback,
    report: &mut Report,
) -> Vec<&'c str> {
    let scopes = run.subject.scopes();
    if scopes.len() < 2 {
        return scopes;
    }
    let with_openid = scopes.contains(&"openid");
    let sets: Vec<(&str, String)> = scopes
        .iter()
        .map(|&scope| {
            let alone = scope == "openid" || !with_openid;
            (
                scope,
                if alone {
                    scope.to_owned()
                } else {
                    format!("openid {scope}")
                },
            )
        })
        .collect();
    let asked = sets.iter().map(|(_, set)| {
        let login = Login {
            scope: Some(set),
            ..login
        };
        login.probe(run, CheckName::Scopes, set, &callback.url, &callback.state)
    });
    let mut culprits = Vec::new();
    for ((scope, set), probe) in sets.iter().zip(join_all(asked).await) {
        let evidence = probe.evidence.clone();
        match (&probe.landing, probe.refusal()) {
            (_, Some((Refusal::Scope, _))) => {
                report.fail(
                    CheckName::Scopes,
                    set,
                    "the app client may not ask for it",
                    evidence,
                );
                culprits.push(*scope);
            }
            (Landing::Login(_), _) => report.pass(CheckName::Scopes, set, "", evidence),
            (Landing::Unclear(reason), _) => {
                report.inconclusive(CheckName::Scopes, set, reason.clone(), evidence);
            }
            _ => report.inconclusive(
                CheckName::Scopes,
                set,
                "the provider refuses it for another reason",
                evidence,
            ),
        }
    }
    if with_openid && culprits.contains(&"openid") {
        // Each set had it, so nothing is known of the others.
        culprits.retain(|scope| *scope == "openid");
    }
    culprits
}
