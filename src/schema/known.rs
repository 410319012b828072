//! The places that rules have told of, so that the schema does not tell of them again.

use std::collections::{BTreeSet, HashSet};
use std::ops::Bound;

use crate::finding::{Finding, Findings, Place, Severity};
use crate::yaml::{SourceId, Span};

/// The findings of the rules, with their places to be looked up.
pub(super) struct Known<'f> {
    findings: &'f mut Findings,
    spans: HashSet<(SourceId, Span)>,
    /// The keys, with those of which the finding is that they are not there.
    keys: BTreeSet<String>,
    /// The keys that are there.
    present: HashSet<String>,
}

impl<'f> Known<'f> {
    pub(super) fn new(findings: &'f mut Findings) -> Self {
        let mut known = Self {
            findings,
            spans: HashSet::new(),
            keys: BTreeSet::new(),
            present: HashSet::new(),
        };
        known.look_up();
        known
    }

    fn look_up(&mut self) {
        let places = || self.findings.iter().map(|finding| &finding.place);
        let there = || places().filter(|place| !place.missing);
        self.spans = there().map(|place| (place.source, place.span)).collect();
        self.keys = places().map(|place| place.key.clone()).collect();
        self.present = there().map(|place| place.key.clone()).collect();
    }

    /// Whether a rule has told of a name that is there.
    pub(super) fn has_name(&self, place: &Place) -> bool {
        self.present.contains(&place.key) || self.spans.contains(&(place.source, place.span))
    }

    /// Whether a rule has told of the same matter: [`Place::is_same_matter`] for all of them.
    pub(super) fn has_same_matter(&self, place: &Place) -> bool {
        let has_span = !place.missing && self.spans.contains(&(place.source, place.span));
        has_span || self.has_key_around(&place.key) || self.has_key_in(&place.key)
    }

    /// Whether it is one of the keys, or inside one of them.
    fn has_key_around(&self, key: &str) -> bool {
        let ends = key.match_indices(['.', '[']).map(|(end, _)| end);
        ends.chain([key.len()])
            .filter_map(|end| key.get(..end))
            .any(|outer| !outer.is_empty() && self.keys.contains(outer))
    }

    /// Whether one of the keys is inside it.
    fn has_key_in(&self, key: &str) -> bool {
        !key.is_empty()
            && ['.', '['].iter().any(|next| {
                let start = format!("{key}{next}");
                let from = (Bound::Included(start.as_str()), Bound::Unbounded);
                let mut inside = self.keys.range::<str, _>(from);
                inside.next().is_some_and(|inner| inner.starts_with(&start))
            })
    }

    /// Takes out the findings that are not what they seem, and gives the worst severity of them.
    pub(super) fn drop_where(&mut self, is_meant: impl Fn(&Finding) -> bool) -> Option<Severity> {
        let worst = self.findings.drop_where(is_meant);
        if worst.is_some() {
            self.look_up();
        }
        worst
    }
}
