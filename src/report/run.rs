use std::path::PathBuf;

use crate::examine::Examined;
use crate::finding::Severity;

/// What came of all the files that one run was asked about.
#[derive(Debug)]
pub struct Run {
    /// The files, in the order in which they were named.
    pub files: Vec<File>,
    /// The least severity to show. The summary counts what is less too.
    pub least: Severity,
    /// From which severity on a finding makes the run fail; none where no finding does.
    pub fail_on: Option<Severity>,
}

impl Run {
    /// How many findings have this severity, shown or not.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.examined()
            .map(|one| one.findings.count(severity))
            .sum()
    }

    /// What was found in the files that could be examined.
    pub(super) fn examined(&self) -> impl Iterator<Item = &Examined> {
        self.files.iter().filter_map(File::examined)
    }

    /// Whether the findings of a file make the run fail.
    pub fn fails(&self, examined: &Examined) -> bool {
        let worst = examined.findings.worst();
        worst.is_some_and(|severity| self.fails_over(severity))
    }

    /// Whether a finding of this severity makes the run fail.
    pub(super) fn fails_over(&self, severity: Severity) -> bool {
        self.fail_on.is_some_and(|least| severity >= least)
    }
}

/// A file that was named, with whatever it extends.
#[derive(Debug)]
pub struct File {
    /// As it was named.
    pub path: PathBuf,
    /// What was found, or the sentence that says why it could not be examined.
    pub outcome: Result<Examined, String>,
}

impl File {
    pub(super) fn examined(&self) -> Option<&Examined> {
        self.outcome.as_ref().ok()
    }
}
