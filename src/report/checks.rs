//! Live checks made ready to be written.

use std::path::Path;

use super::mask::Mask;
use super::{File, Run};
use crate::examine::Examined;
use crate::finding::{Check, Evidence, Skipped, Verdict};

/// A live check whose every text may leave the program.
pub(super) struct Told<'r> {
    /// The file that it is about, as it was named.
    pub file: &'r Path,
    pub check: Check,
}

impl Told<'_> {
    /// All of it in one line: the check, what it was about, its evidence, and why it ended so.
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.check.name, about(&self.check))
    }

    /// The same with the verdict.
    pub(super) fn sentence(&self) -> String {
        format!("{}: {}", self.check.verdict, self.line())
    }
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

impl Run {
    /// The live checks of all files.
    pub(super) fn checks(&self) -> Vec<Told<'_>> {
        let files = self.files.iter();
        files.flat_map(File::checks).collect()
    }

    /// The live checks that were not made, each once with its reason.
    pub(super) fn skipped(&self) -> Vec<&Skipped> {
        let mut all: Vec<&Skipped> = Vec::new();
        for skipped in self.examined().flat_map(|one| &one.skipped) {
            if !all.contains(&skipped) {
                all.push(skipped);
            }
        }
        all
    }
}

impl File {
    /// The live checks of this file.
    pub(super) fn checks(&self) -> Vec<Told<'_>> {
        let told = |check| Told {
            file: &self.path,
            check,
        };
        let checks = self.examined().map_or_else(Vec::new, masked);
        checks.into_iter().map(told).collect()
    }
}

/// The checks without the texts of secrets.
pub(super) fn masked(examined: &Examined) -> Vec<Check> {
    if examined.checks.is_empty() {
        return Vec::new();
    }
    let mask = Mask::of(&examined.read);
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
    examined.checks.iter().map(masked).collect()
}

/// Whether a check has ended without a verdict.
pub(super) fn is_open(check: &Check) -> bool {
    check.verdict == Verdict::Inconclusive
}
