use std::path::{Path, PathBuf};

use super::checks;
use super::mask::Mask;
use super::masked::{self, By, Masked, Suppressed};
use super::run::Counts;
use crate::consoleme::{Because, Environment};
use crate::examine::Examined;
use crate::finding::{Check, Skipped, Verdict};

/// What came of one configuration, without its texts and values, so that many can be kept: all of
/// it may leave the program.
#[derive(Debug)]
pub struct Outcome {
    sources: Vec<PathBuf>,
    findings: Vec<Masked>,
    suppressed: Vec<Suppressed>,
    judged: Option<(Environment, Because)>,
    unseen: Vec<String>,
    checks: Vec<Check>,
    skipped: Vec<Skipped>,
}

impl Outcome {
    /// Takes over what was found, without secrets.
    pub fn of(examined: Examined) -> Self {
        let names = examined.sources().iter().map(|source| source.name.clone());
        let sources = names.collect();
        let is_silent = examined.findings.is_empty()
            && examined.suppressed.is_empty()
            && examined.checks.is_empty();
        let ((findings, suppressed), checks, unseen) = if is_silent {
            (Default::default(), Vec::new(), examined.unseen)
        } else {
            let mask = Mask::of(&examined.read);
            let unseen = examined.unseen.iter().map(|what| mask.line(what));
            (
                masked::findings(&examined, &mask),
                checks::masked(&examined.checks, &mask),
                unseen.collect(),
            )
        };
        Self {
            sources,
            findings,
            suppressed,
            judged: examined.judged,
            unseen,
            checks,
            skipped: examined.skipped,
        }
    }

    /// The names of the files that were read; the first is the one that was named.
    pub fn sources(&self) -> &[PathBuf] {
        &self.sources
    }

    /// The name of the file that was named.
    pub(super) fn name(&self) -> &Path {
        self.sources.first().map_or(Path::new(""), PathBuf::as_path)
    }

    /// The findings, in the order of their places.
    pub(super) fn findings(&self) -> &[Masked] {
        &self.findings
    }

    /// The findings that do not count.
    pub(super) fn suppressed(&self) -> &[Suppressed] {
        &self.suppressed
    }

    /// Lets the findings that the baseline knows count no more.
    pub(super) fn suppress(&mut self, mut is_known: impl FnMut(&Masked) -> bool) {
        let known = self.findings.extract_if(.., |finding| is_known(finding));
        self.suppressed.extend(known.map(|finding| Suppressed {
            finding,
            by: By::Baseline,
        }));
    }

    /// How many findings there are.
    pub(super) fn counts(&self) -> Counts {
        let in_baseline = self.suppressed.iter();
        let in_baseline = in_baseline.filter(|one| matches!(one.by, By::Baseline));
        let in_baseline = in_baseline.count();
        Counts {
            suppressed: self.suppressed.len() - in_baseline,
            in_baseline,
            ..Counts::of(self.findings.iter().map(|finding| finding.severity))
        }
    }

    /// What it was judged for; nothing where it could not be read.
    pub(super) fn judged(&self) -> Option<(Environment, Because)> {
        self.judged
    }

    /// What was not looked at, each as a clause.
    pub(super) fn unseen(&self) -> &[String] {
        &self.unseen
    }

    /// The live checks that were made.
    pub(super) fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The live checks that were not made.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// Whether a live check has ended without a verdict.
    pub fn is_inconclusive(&self) -> bool {
        let mut checks = self.checks.iter();
        checks.any(|check| check.verdict == Verdict::Inconclusive)
    }
}
