use std::path::PathBuf;

use super::Outcome;
use super::masked::{Masked, Suppressed};
use crate::finding::Severity;

/// What one run shows and over what it fails, and what came of all files up to now.
#[derive(Debug)]
pub struct Run {
    /// The least severity to show. The summary counts what is less too.
    least: Severity,
    /// From which severity on a finding makes the run fail; none where no finding does.
    fail_on: Option<Severity>,
    files: usize,
    unexamined: usize,
    counts: Counts,
}

impl Run {
    /// A run that has seen no file yet.
    pub fn new(least: Severity, fail_on: Option<Severity>) -> Self {
        Self {
            least,
            fail_on,
            files: 0,
            unexamined: 0,
            counts: Counts::default(),
        }
    }

    /// Counts the next file.
    pub fn add(&mut self, file: &File) {
        self.files += 1;
        match &file.outcome {
            Ok(outcome) => self.counts.add(outcome.counts()),
            Err(_) => self.unexamined += 1,
        }
    }

    /// Whether the findings of a file make the run fail.
    pub fn fails(&self, outcome: &Outcome) -> bool {
        let worst = outcome.counts().worst();
        worst.is_some_and(|severity| self.fails_over(severity))
    }

    /// Whether a finding of this severity makes the run fail.
    pub(super) fn fails_over(&self, severity: Severity) -> bool {
        self.fail_on.is_some_and(|least| severity >= least)
    }

    /// The findings of a file that are to be shown.
    pub(super) fn shown<'f>(&self, file: &'f File) -> impl Iterator<Item = &'f Masked> + use<'f> {
        let least = self.least;
        let outcomes = file.outcome.iter();
        let findings = outcomes.flat_map(Outcome::findings);
        findings.filter(move |finding| finding.severity >= least)
    }

    /// The findings of a file that do not count, of the severities that are to be shown.
    pub(super) fn suppressed<'f>(
        &self,
        file: &'f File,
    ) -> impl Iterator<Item = &'f Suppressed> + use<'f> {
        let least = self.least;
        let outcomes = file.outcome.iter();
        let suppressed = outcomes.flat_map(Outcome::suppressed);
        suppressed.filter(move |suppressed| suppressed.finding.severity >= least)
    }

    /// How many files there are.
    pub(super) fn files(&self) -> usize {
        self.files
    }

    /// How many of them could not be examined.
    pub(super) fn unexamined(&self) -> usize {
        self.unexamined
    }

    /// How many findings there are, shown or not.
    pub(super) fn counts(&self) -> Counts {
        self.counts
    }
}

/// A file that was named, with whatever it extends.
#[derive(Debug)]
pub struct File {
    /// As it was named.
    pub path: PathBuf,
    /// What was found, or the sentence that says why it could not be examined.
    pub outcome: Result<Outcome, String>,
}

impl File {
    /// What was found, if it could be examined.
    pub(super) fn examined(&self) -> Option<&Outcome> {
        self.outcome.as_ref().ok()
    }
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Hints.
    pub info: usize,
    /// Those that do not count as a comment says, whatever their severity.
    pub suppressed: usize,
    /// Those that do not count as the baseline knows them.
    pub in_baseline: usize,
}

impl Counts {
    /// Counts severities.
    pub(super) fn of(severities: impl Iterator<Item = Severity>) -> Self {
        let mut counts = Self::default();
        for severity in severities {
            match severity {
                Severity::Error => counts.error += 1,
                Severity::Warning => counts.warning += 1,
                Severity::Info => counts.info += 1,
            }
        }
        counts
    }

    fn add(&mut self, other: Self) {
        self.error += other.error;
        self.warning += other.warning;
        self.info += other.info;
        self.suppressed += other.suppressed;
        self.in_baseline += other.in_baseline;
    }

    /// The worst severity of which there are any.
    fn worst(self) -> Option<Severity> {
        let of_each = [
            (self.error, Severity::Error),
            (self.warning, Severity::Warning),
            (self.info, Severity::Info),
        ];
        let worst = of_each.into_iter().find(|(number, _)| *number > 0);
        worst.map(|(_, severity)| severity)
    }
}
