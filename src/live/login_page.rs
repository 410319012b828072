//! The login page itself: the one step beyond an answer, on the host that was asked before.

use super::landing::Landing;
use super::login_page_without_branding;
use super::network::shown;
use super::probe::{Login, Probe};
use super::run::{Report, Run};
use crate::finding::CheckName;

/// Opens the login page of Cognito, if a request has led there. Others keep in a cookie who is
/// about to log in, so their page tells nothing to whoever comes without.
pub(super) async fn check(run: Run<'_>, login: Login<'_>, probes: &[Probe]) -> Report {
    let mut report = Report::default();
    let name = CheckName::LoginPage;
    let of_cognito = |url: &&url::Url| {
        url.origin() == login.endpoint.origin()
            && url.path().rsplit('/').next() == Some("login")
            && url.query_pairs().any(|(name, _)| name == "client_id")
    };
    let pages = probes.iter().filter_map(|probe| match &probe.landing {
        Landing::Login(page) => page.as_ref(),
        _ => None,
    });
    let mut pages = pages.peekable();
    if pages.peek().is_none() {
        report.skip(name, "no request has led there");
        return report;
    }
    let Some(page) = pages.find(of_cognito) else {
        report.skip(
            name,
            "the page is not one of Cognito's, which open without a cookie",
        );
        return report;
    };
    let target = shown(page);
    match run.get(name, &target, page).await {
        Err(silence) => report.silent(name, &target, &silence),
        Ok(answer) => match answer.status {
            200 => report.pass(name, &target, "", answer.evidence()),
            403 => {
                report.fail(
                    name,
                    &target,
                    "the page has no branding, so it is not shown",
                    answer.evidence(),
                );
                login_page_without_branding::report(run.subject, &mut report.findings);
            }
            _ => report.inconclusive(
                name,
                &target,
                "this answer says nothing about the page",
                answer.evidence(),
            ),
        },
    }
    report
}
