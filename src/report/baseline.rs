//! Findings of an earlier run that do not count any more.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use super::Outcome;
use crate::input_file::{self, FileError};

/// The findings of an earlier run, as its JSON report tells of them.
#[derive(Debug)]
pub struct Baseline {
    path: PathBuf,
    findings: HashMap<String, Known>,
    /// The names of the files that were examined.
    examined: HashSet<String>,
}

/// A finding of the earlier run.
#[derive(Debug)]
struct Known {
    rule: String,
    file: String,
    /// Whether it is still there.
    found: bool,
}

/// Why a file is no baseline.
#[derive(Debug, Error)]
pub enum BaselineError {
    /// It cannot be read.
    #[error(
        "the baseline {} cannot be read: {error}; `consoleme-cfg validate --output json=FILE` writes one",
        .path.display()
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: FileError,
    },
    /// It holds something else.
    #[error(
        "the baseline {} is no JSON report with fingerprints: {reason}; `consoleme-cfg validate --output json=FILE` writes one",
        .path.display()
    )]
    NotAReport {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// What counts of a report.
#[derive(Deserialize)]
struct Report {
    schema_version: u32,
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
    file: String,
    fingerprint: String,
}

impl Baseline {
    /// Reads a report.
    ///
    /// # Errors
    /// See [`BaselineError`].
    pub fn read(path: &Path) -> Result<Self, BaselineError> {
        let bytes = input_file::read_or_pipe(path).map_err(|error| BaselineError::Unreadable {
            path: path.to_owned(),
            error,
        })?;
        let not_a_report = |reason| BaselineError::NotAReport {
            path: path.to_owned(),
            reason,
        };
        let report: Report =
            serde_json::from_slice(&bytes).map_err(|error| not_a_report(error.to_string()))?;
        if report.schema_version != 1 {
            let version = report.schema_version;
            return Err(not_a_report(format!("its version is {version}, not 1")));
        }
        let known = report.findings.into_iter().map(|finding| {
            let known = Known {
                rule: finding.rule,
                file: finding.file,
                found: false,
            };
            (finding.fingerprint, known)
        });
        Ok(Self {
            path: path.to_owned(),
            findings: known.collect(),
            examined: HashSet::new(),
        })
    }

    /// Takes the known findings of a configuration out of those that count. Of one that could not
    /// be read nothing else is known than why, so that always counts.
    pub fn apply(&mut self, outcome: &mut Outcome) {
        if outcome.judged().is_none() {
            return;
        }
        let sources = outcome.sources().iter();
        let names = sources.map(|name| name.to_string_lossy().into_owned());
        self.examined.extend(names);
        outcome.suppress(|finding| {
            let known = self.findings.get_mut(&finding.fingerprint);
            known.map(|known| known.found = true).is_some()
        });
        for fingerprint in outcome
            .suppressed()
            .iter()
            .map(|one| &one.finding.fingerprint)
        {
            if let Some(known) = self.findings.get_mut(fingerprint) {
                known.found = true;
            }
        }
    }

    /// What was there and is not any more, in a sentence; nothing where all of it still is, as far
    /// as files were examined and rules looked for.
    pub fn gone(&self, was_looked_for: impl Fn(&str) -> bool) -> Option<String> {
        let all = self.findings.values();
        let mut gone: Vec<String> = all
            .filter(|known| !known.found && self.examined.contains(&known.file))
            .filter(|known| was_looked_for(&known.rule))
            .map(|known| format!("{} in {}", known.rule, known.file))
            .collect();
        gone.sort();
        gone.dedup();
        if gone.is_empty() {
            return None;
        }
        let path = self.path.display();
        Some(format!(
            "{path} holds findings that are gone: {}; write it anew, so that they count should they come back",
            gone.join(", ")
        ))
    }
}
