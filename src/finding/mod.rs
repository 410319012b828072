//! What is wrong, where, how bad it is, and what to write instead.

mod check;
mod directive;
mod fix;
mod place;
mod rule;
mod suppression;

pub use check::{Check, CheckName, Evidence, Skipped, Verdict};
pub use directive::{Directive, Malformed, directive};
pub use fix::{Fix, Safety};
pub use place::Place;
pub use rule::{Login, Rule};
pub use suppression::{Suppressed, Suppression, suppress};

use crate::consoleme::Catalogue;
use crate::yaml::{SourceId, Span};

/// What a defect leads to. The order is from harmless to harmful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It could be better.
    Info,
    /// It works today and will hurt: insecure, fragile or silently ignored.
    Warning,
    /// ConsoleMe does not start, or nobody can log in, or it hands out access or shows strangers
    /// its insides.
    Error,
}

impl Severity {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One defect.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// What it leads to, in the environment that it was judged for.
    pub severity: Severity,
    /// One sentence: the key, and what ConsoleMe does.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Where it is.
    pub place: Place,
    /// What makes it go away, where that is certain enough.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Where ConsoleMe 1.4.0 meets the defect: the rule's own place, or where the key is read.
    pub fn consoleme(&self) -> Option<&'static str> {
        match self.rule.consoleme {
            "" => {
                let key = &self.place.key;
                let list = key.trim_end_matches(|c: char| c == '[' || c == ']' || c.is_numeric());
                let places = |key: &str| Catalogue::at(key)?.read_at().next();
                places(key).or_else(|| places(list))
            }
            place => Some(place),
        }
    }

    /// Sets the sentence that says what is wrong.
    pub fn message(&mut self, message: impl Into<String>) -> &mut Self {
        self.message = message.into();
        self
    }

    /// Sets the sentence that says what to write instead.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = help.into();
        self
    }

    /// Sets what makes it go away. It has to be in the same text as the finding, as no output names
    /// another.
    pub fn fix(&mut self, fix: Option<Fix>) -> &mut Self {
        self.fix = fix.filter(|fix| fix.change.source == self.place.source);
        self
    }

    /// Sets another severity than the rule's own.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }
}

/// The findings of one run, in the order in which they are to be shown after [`Findings::sort`].
#[derive(Debug, Clone, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding with the rule's severity; its sentences are to be filled in.
    pub fn report(&mut self, rule: &'static Rule, place: Place) -> &mut Finding {
        let finding = Finding {
            rule,
            severity: rule.severity,
            message: String::new(),
            help: String::new(),
            place,
            fix: None,
        };
        self.0.push(finding);
        let last = self.0.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "the finding was pushed a line ago")]
        &mut self.0[last]
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// The first one at this place.
    pub fn at(&mut self, place: &Place) -> Option<&mut Finding> {
        self.0.iter_mut().find(|finding| finding.place == *place)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Drops some of them, and gives the worst severity among those.
    pub fn drop_where(&mut self, is_meant: impl Fn(&Finding) -> bool) -> Option<Severity> {
        let dropped = self.take_where(is_meant);
        dropped.iter().map(|finding| finding.severity).max()
    }

    /// Takes some of them out.
    pub fn take_where(&mut self, mut is_meant: impl FnMut(&Finding) -> bool) -> Vec<Finding> {
        let taken = self.0.extract_if(.., |finding| is_meant(finding));
        taken.collect()
    }

    /// Adds those of another run.
    pub fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// How many have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// The worst severity.
    pub fn worst(&self) -> Option<Severity> {
        self.0.iter().map(|finding| finding.severity).max()
    }

    /// Orders them by file and place, and drops what is said twice of one place.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| a.order().cmp(&b.order()));
        self.0.dedup_by(|a, b| a.order() == b.order());
    }
}

impl Finding {
    fn order(&self) -> (SourceId, Span, &str, &str) {
        (
            self.place.source,
            self.place.span,
            self.rule.id,
            &self.message,
        )
    }
}
