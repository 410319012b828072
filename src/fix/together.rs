use std::collections::BTreeMap;

use crate::consoleme::Change;
use crate::yaml::{Edit, SourceId};

/// Edits that do not touch each other.
#[derive(Default)]
pub(super) struct Together<'e> {
    by_start: BTreeMap<(SourceId, u32), &'e Edit>,
}

impl<'e> Together<'e> {
    /// Takes edits in, unless one of them touches one that is there; the same one twice is one.
    pub(super) fn takes(&mut self, change: &'e Change) -> bool {
        let source = change.source;
        let fits = change.edits.iter().all(|edit| self.has_room(source, edit));
        if fits {
            let edits = change.edits.iter();
            self.by_start
                .extend(edits.map(|edit| ((source, edit.span.start), edit)));
        }
        fits
    }

    fn has_room(&self, source: SourceId, edit: &Edit) -> bool {
        let start = (source, edit.span.start);
        let before = self.by_start.range(..start).next_back();
        let is_after =
            before.is_none_or(|(at, other)| at.0 != source || other.span.end <= edit.span.start);
        match self.by_start.get(&start) {
            Some(same) => *same == edit,
            None => {
                let mut after = self.by_start.range(start..);
                let is_before = after
                    .next()
                    .is_none_or(|(at, _)| at.0 != source || at.1 >= edit.span.end);
                is_after && is_before
            }
        }
    }
}
