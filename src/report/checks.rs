//! Live checks made ready to be shown.

use super::mask::Mask;
use crate::finding::{Check, Evidence, Verdict};

/// All of a check in one line: how it ended, what it was about, its evidence, and why.
pub(super) fn sentence(check: &Check) -> String {
    format!("{}: {} {}", check.verdict, check.name, about(check))
}

/// What a check was about, its evidence, and why it ended as it did.
pub(super) fn about(check: &Check) -> String {
    let evidence = &check.evidence;
    let status = evidence.status.map(|status| status.to_string());
    let landing = evidence.landing.as_ref();
    let landing = landing.map(|landing| format!("to {landing}"));
    let ms = evidence.ms.map(|ms| format!("{ms} ms"));
    let evidence: Vec<String> = [status, landing, ms].into_iter().flatten().collect();
    let mut about = check.target.clone();
    if !evidence.is_empty() {
        about.push_str(&format!(" ({})", evidence.join(", ")));
    }
    if !check.reason.is_empty() {
        let colon = if about.is_empty() { "" } else { ": " };
        about.push_str(&format!("{colon}{}", check.reason));
    }
    about
}

/// The checks without the texts of secrets.
pub(super) fn masked(checks: &[Check], mask: &Mask) -> Vec<Check> {
    let masked = |check: &Check| Check {
        name: check.name,
        target: mask.text(&check.target),
        verdict: check.verdict,
        reason: mask.text(&check.reason),
        evidence: Evidence {
            landing: check
                .evidence
                .landing
                .as_ref()
                .map(|landing| mask.text(landing)),
            ..check.evidence.clone()
        },
    };
    checks.iter().map(masked).collect()
}

/// Whether a check has ended without a verdict.
pub(super) fn is_open(check: &Check) -> bool {
    check.verdict == Verdict::Inconclusive
}
