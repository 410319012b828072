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
    let proxied = evidence.proxied.then(|| "through a proxy".to_owned());
    let parts = [status, landing, ms, proxied].into_iter();
    let evidence: Vec<String> = parts.flatten().collect();
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

/// The checks without the texts of secrets, and each text in one line.
pub(super) fn masked(checks: &[Check], mask: &Mask) -> Vec<Check> {
    let masked = |check: &Check| Check {
        name: check.name,
        target: cut(mask.line(&check.target)),
        verdict: check.verdict,
        reason: mask.line(&check.reason),
        evidence: Evidence {
            landing: check
                .evidence
                .landing
                .as_ref()
                .map(|landing| cut(mask.line(landing))),
            ..check.evidence.clone()
        },
    };
    checks.iter().map(masked).collect()
}

/// A text without secrets, but not without end.
fn cut(mut text: String) -> String {
    const LONGEST: usize = 200;
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Whether a check has ended without a verdict.
pub(super) fn is_open(check: &Check) -> bool {
    check.verdict == Verdict::Inconclusive
}
