//! One live run over one file: what it may use, and what it has found out.

use tokio::time::Instant;
use url::Url;

use super::network::{Answer, Network, Request, Silence};
use super::subject::Subject;
use crate::finding::{Check, CheckName, Evidence, Findings, Skipped, Verdict};

/// What to ask beyond the usual.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Callback URLs besides the one that follows from the file.
    pub callbacks: Vec<String>,
    /// Whether to show the client secret to the provider.
    pub probe_secret: bool,
}

/// What happens while a run is under way.
#[derive(Debug, Clone, Copy)]
pub enum Step<'s> {
    /// A request is waiting for its answer.
    Asked {
        /// What for.
        check: CheckName,
        /// About what.
        target: &'s str,
    },
    /// The answer is there, or it is certain that there will be none.
    Answered {
        /// What for.
        check: CheckName,
        /// About what.
        target: &'s str,
    },
}

/// What every check of a run has at hand.
#[derive(Clone, Copy)]
pub(super) struct Run<'r> {
    pub(super) subject: Subject<'r>,
    pub(super) network: &'r Network,
    pub(super) options: &'r Options,
    pub(super) deadline: Instant,
    pub(super) watch: &'r dyn Fn(Step<'_>),
}

impl Run<'_> {
    /// Asks, and lets whoever watches know.
    pub(super) async fn ask(
        self,
        check: CheckName,
        target: &str,
        request: Request<'_>,
    ) -> Result<Answer, Silence> {
        (self.watch)(Step::Asked { check, target });
        let answer = self.network.ask(&request, self.deadline).await;
        (self.watch)(Step::Answered { check, target });
        answer
    }

    /// Fetches a page.
    pub(super) async fn get(
        self,
        check: CheckName,
        target: &str,
        url: &Url,
    ) -> Result<Answer, Silence> {
        self.ask(check, target, Request::Get(url)).await
    }
}

/// What a run has found out, or a part of it.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) checks: Vec<Check>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) findings: Findings,
}

impl Report {
    fn check(
        &mut self,
        name: CheckName,
        target: &str,
        verdict: Verdict,
        reason: String,
        evidence: Evidence,
    ) {
        self.checks.push(Check {
            name,
            target: target.to_owned(),
            verdict,
            reason,
            evidence,
        });
    }

    pub(super) fn pass(
        &mut self,
        name: CheckName,
        target: &str,
        reason: impl Into<String>,
        evidence: Evidence,
    ) {
        self.check(name, target, Verdict::Pass, reason.into(), evidence);
    }

    pub(super) fn fail(
        &mut self,
        name: CheckName,
        target: &str,
        reason: impl Into<String>,
        evidence: Evidence,
    ) {
        self.check(name, target, Verdict::Fail, reason.into(), evidence);
    }

    pub(super) fn inconclusive(
        &mut self,
        name: CheckName,
        target: &str,
        reason: impl Into<String>,
        evidence: Evidence,
    ) {
        self.check(name, target, Verdict::Inconclusive, reason.into(), evidence);
    }

    /// No answer came.
    pub(super) fn silent(&mut self, name: CheckName, target: &str, silence: &Silence) {
        self.inconclusive(name, target, silence.reason.clone(), silence.evidence());
    }

    /// Nobody was asked.
    pub(super) fn skip(&mut self, check: CheckName, reason: impl Into<String>) {
        self.skipped.push(Skipped {
            check,
            reason: reason.into(),
        });
    }

    /// Takes in another part.
    pub(super) fn append(&mut self, mut part: Self) {
        self.checks.append(&mut part.checks);
        self.skipped.append(&mut part.skipped);
        self.findings.append(part.findings);
    }
}

/// A text from the network, fit to be shown: no control characters, and not without end.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 120;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
