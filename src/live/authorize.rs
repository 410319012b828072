//! The login as far as it goes without a person: the authorization endpoint, asked once for each
//! callback URL and once with a callback that cannot be registered, and what that leads to.

use futures_util::future::{join, join_all};

use super::discovery::Provider;
use super::landing::{Landing, Refusal};
use super::network::shown;
use super::probe::{Login, Probe, prepare};
use super::run::{Report, Run, quoted};
use super::subject::Callback;
use super::{
    callback_is_not_registered, code_grant_is_off, login_page, login_request_is_refused, scopes,
    unknown_client,
};
use crate::finding::{CheckName, Evidence, Verdict};

/// A callback that nobody can have registered (RFC 6761 §6.4). If the provider takes it, it takes
/// any, or tells only after the login.
const CONTROL: &str = "https://consoleme-cfg.invalid/probe";

/// Tries the login as far as it goes without a person.
pub(super) async fn check(run: Run<'_>, provider: &Provider) -> Report {
    let mut report = Report::default();
    let scope = run.subject.scope();
    let login = match prepare(run, provider, scope.as_deref()) {
        Ok(login) => login,
        Err(reason) => {
            let target = provider
                .authorization
                .as_ref()
                .map_or_else(String::new, shown);
            report.inconclusive(CheckName::Client, &target, reason, Evidence::default());
            for name in [
                CheckName::Control,
                CheckName::Callback,
                CheckName::Scopes,
                CheckName::LoginPage,
            ] {
                report.skip(name, "the authorization endpoint was not asked");
            }
            return report;
        }
    };
    let callbacks = callbacks(run, &mut report);
    let control = login.probe(run, CheckName::Control, CONTROL, CONTROL, CONTROL);
    let asked = callbacks.iter().map(|callback| {
        login.probe(
            run,
            CheckName::Callback,
            &callback.url,
            &callback.url,
            &callback.state,
        )
    });
    // Requests get their turn in the order of asking, and the callbacks go first: others wait for
    // what they lead to, and nobody waits for the control.
    let led_on = async {
        let probes = join_all(asked).await;
        let scopes = scopes::check(run, login, &callbacks, &probes);
        let (scopes, page) = join(scopes, login_page::check(run, login, &probes)).await;
        (probes, scopes, page)
    };
    let ((probes, scopes, page), control) = join(led_on, control).await;

    judge_control(&control, &mut report);
    for (callback, probe) in callbacks.iter().zip(&probes) {
        judge_callback(run, callback, probe, &control, &probes, &mut report);
    }
    judge_client(run, login, &control, &probes, &mut report);
    report.append(scopes);
    report.append(page);
    report
}

/// The file's own callback, and those that were named.
fn callbacks(run: Run<'_>, report: &mut Report) -> Vec<Callback> {
    let mut callbacks = Vec::new();
    match run.subject.callback() {
        Ok(callback) => callbacks.push(callback),
        Err(reason) => report.inconclusive(CheckName::Callback, "", reason, Evidence::default()),
    }
    for url in &run.options.callbacks {
        if callbacks.iter().all(|callback| callback.url != *url) {
            callbacks.push(Callback {
                url: url.clone(),
                state: url.clone(),
            });
        }
    }
    callbacks
}

fn judge_control(control: &Probe, report: &mut Report) {
    let (name, evidence) = (CheckName::Control, control.evidence.clone());
    match &control.landing {
        Landing::Refused { at_callback: false, .. } => report.pass(name, CONTROL, "refused, as it should be", evidence),
        Landing::Unclear(reason) => report.inconclusive(name, CONTROL, reason.clone(), evidence),
        _ => report.inconclusive(
            name,
            CONTROL,
            "the provider takes a callback URL that nobody registered, so it tells nothing about the others",
            evidence,
        ),
    }
}

fn judge_callback(
    run: Run<'_>,
    callback: &Callback,
    probe: &Probe,
    control: &Probe,
    all: &[Probe],
    report: &mut Report,
) {
    let (name, target, evidence) = (
        CheckName::Callback,
        callback.url.as_str(),
        probe.evidence.clone(),
    );
    let fail = |reason: &str, certain: bool, report: &mut Report| {
        report.fail(name, target, reason, probe.evidence.clone());
        callback_is_not_registered::report(run.subject, target, certain, &mut report.findings);
    };
    match &probe.landing {
        Landing::Unclear(reason) => report.inconclusive(name, target, reason.clone(), evidence),
        Landing::Refused {
            what: Refusal::Callback,
            at_callback: false,
        } => {
            fail("it is not registered with the app client", true, report);
        }
        Landing::Refused {
            what: Refusal::Unsaid,
            ..
        } => {
            fail(
                "the provider refuses it",
                all.iter().any(Probe::is_accepted),
                report,
            );
        }
        Landing::Refused {
            at_callback: false, ..
        } => {
            report.inconclusive(
                name,
                target,
                "the provider refuses the request for another reason",
                evidence,
            );
        }
        _ if matches!(
            control.landing,
            Landing::Refused {
                at_callback: false,
                ..
            }
        ) =>
        {
            report.pass(name, target, "", evidence);
        }
        _ => report.inconclusive(
            name,
            target,
            "it is taken, but so may be any other",
            evidence,
        ),
    }
}

/// Whether the provider knows the client, and lets it ask for a code.
fn judge_client(
    run: Run<'_>,
    login: Login<'_>,
    control: &Probe,
    probes: &[Probe],
    report: &mut Report,
) {
    let (name, target) = (CheckName::Client, login.client_id);
    let every = || probes.iter().chain([control]);
    // Only a client that is known has callbacks, scopes and grants to be wrong about.
    let known = |probe: &&Probe| match probe.refusal() {
        Some((what, at_callback)) => {
            at_callback || matches!(what, Refusal::Callback | Refusal::Scope)
        }
        None => probe.is_accepted() && !control.is_accepted(),
    };
    let unlike_others = |probe: &&Probe| {
        matches!(
            probe.refusal(),
            Some((
                Refusal::Client | Refusal::CodeGrant | Refusal::Request(_),
                _
            ))
        )
    };
    match (probes.iter().find(unlike_others), every().find(known)) {
        (Some(probe), known) => {
            let evidence = probe.evidence.clone();
            match probe.refusal() {
                Some((Refusal::CodeGrant, true)) => {
                    report.fail(
                        name,
                        target,
                        "it may not log people in with a code",
                        evidence,
                    );
                    code_grant_is_off::report(run.subject, &mut report.findings);
                }
                Some((what, _)) if known.is_some() => {
                    let code = match what {
                        Refusal::Request(code) => quoted(code),
                        _ => "an error".to_owned(),
                    };
                    report.fail(
                        name,
                        target,
                        format!("the request for a login is answered with {code}"),
                        evidence,
                    );
                    login_request_is_refused::report(run.subject, &code, &mut report.findings);
                }
                _ => {
                    report.fail(
                        name,
                        target,
                        "the provider does not take this client",
                        evidence,
                    );
                    unknown_client::report(run.subject, login.client_id, &mut report.findings);
                }
            }
        }
        (None, Some(probe)) => report.pass(name, target, "", probe.evidence.clone()),
        (None, None) => {
            let failed = report
                .checks
                .iter()
                .any(|check| check.verdict == Verdict::Fail);
            let reason = if failed {
                "the provider refuses the request, and does not say why"
            } else {
                "the provider does not say whether it knows the client"
            };
            report.inconclusive(name, target, reason, control.evidence.clone());
        }
    }
}
