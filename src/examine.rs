//! One configuration's road from its texts to its findings.

use crate::consoleme::{Because, Config, Environment, Load, LoadErrorKind, LoadNoteKind, Source};
use crate::finding::{Check, Finding, Findings, Skipped, Suppressed, Suppression, suppress};
use crate::input_file::FileError;
use crate::live::{self, Network, Options, Step};
use crate::rules::{self, Context, Selection};
use crate::schema;

/// What was found in one configuration.
#[derive(Debug)]
pub struct Examined {
    /// The configuration, or the texts that could not be read as one; the named file comes first.
    pub read: Result<Config, Vec<Source>>,
    /// The findings, in the order of their places.
    pub findings: Findings,
    /// Those that do not count, as a comment says.
    pub suppressed: Vec<Suppressed>,
    /// What they were judged for; nothing where the files could not be read.
    pub judged: Option<(Environment, Because)>,
    /// What was not looked at, each as a clause.
    pub unseen: Vec<String>,
    /// The live checks that were made.
    pub checks: Vec<Check>,
    /// The live checks that were not made.
    pub skipped: Vec<Skipped>,
}

impl Examined {
    /// Asks the provider whether it agrees; a configuration that could not be read names none.
    pub fn ask(&mut self, network: &Network, options: &Options, watch: &dyn Fn(Step<'_>)) {
        let Ok(config) = &self.read else { return };
        let outcome = live::check(config, network, options, watch);
        self.findings.append(outcome.findings);
        self.findings.sort();
        self.unseen.extend(outcome.unseen);
        self.checks = outcome.checks;
        self.skipped = outcome.skipped;
    }

    /// Takes out what nobody wants to hear of: what rules found that are not selected, and what
    /// comments suppress. Comments that suppress nothing are findings of their own.
    pub fn settle(&mut self, selection: &Selection) {
        let unwanted = |finding: &Finding| !selection.takes(finding.rule);
        self.findings.drop_where(unwanted);
        let Ok(config) = &self.read else { return };
        let mut suppressions = Suppression::all(config);
        if suppressions.is_empty() {
            return;
        }
        self.suppressed = suppress(config, &mut suppressions, &mut self.findings);
        suppressions.retain(|suppression| {
            let named = suppression.rule.as_deref();
            named.is_ok_and(|id| selection.has_looked_for(id)) || named.is_err()
        });
        rules::check_suppressions(&suppressions, &mut self.findings);
        self.findings.drop_where(unwanted);
        self.findings.sort();
    }

    /// The texts, the named file first.
    pub fn sources(&self) -> &[Source] {
        match &self.read {
            Ok(config) => config.sources(),
            Err(sources) => sources,
        }
    }
}

/// Holds a configuration against the schema and the rules, for the environment that was asked for
/// or that the configuration shows itself to be for.
///
/// # Errors
/// A file could not be examined, so there is no verdict.
pub fn examine(load: Load, asked: Option<Environment>) -> Result<Examined, Unexamined> {
    let mut findings = Findings::default();
    rules::check_notes(&load.notes, load.sources(), &mut findings);
    let Load { result, notes } = load;
    let unseen = notes.iter().filter_map(|note| match &note.kind {
        LoadNoteKind::Secret { name } => Some(format!("the secret `{name}` was not looked at")),
        _ => None,
    });
    let unseen = unseen.collect();
    match result {
        Ok(config) => {
            let judged = judge(&config, asked);
            let (environment, because) = judged;
            let context = Context {
                config: &config,
                environment,
                because,
            };
            rules::check(&context, &mut findings);
            schema::check(&config, &mut findings);
            findings.sort();
            Ok(Examined {
                read: Ok(config),
                findings,
                suppressed: Vec::new(),
                judged: Some(judged),
                unseen,
                checks: Vec::new(),
                skipped: live::not_asked(),
            })
        }
        Err(failure) => {
            if failure.error.kind.is_unexamined() {
                let name = failure.error.path.to_string_lossy().into_owned();
                return Err(Unexamined {
                    name,
                    kind: failure.error.kind,
                });
            }
            rules::check_load(&failure, &mut findings);
            findings.sort();
            Ok(Examined {
                read: Err(failure.sources),
                findings,
                suppressed: Vec::new(),
                judged: None,
                unseen,
                checks: Vec::new(),
                skipped: live::not_asked(),
            })
        }
    }
}

fn judge(config: &Config, asked: Option<Environment>) -> (Environment, Because) {
    asked.map_or_else(
        || Environment::of(config),
        |environment| (environment, Because::Asked),
    )
}

/// A file that could not be examined.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {kind}")]
pub struct Unexamined {
    name: String,
    kind: LoadErrorKind,
}

impl Unexamined {
    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self.kind, LoadErrorKind::Unexamined(FileError::Missing))
    }
}
