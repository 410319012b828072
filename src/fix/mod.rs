//! Makes the fixes that findings carry, and keeps what is better than before.
//!
//! All fixes that do not touch each other are made at once, in memory; the result is read and
//! examined like any other configuration. Then come those that had to wait and those that have
//! become visible, until there is none left.

mod better;
mod together;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::consoleme::{Load, Source, reload};
use crate::examine::{Examined, Unexamined};
use crate::finding::Finding;
use crate::yaml::{self, Edit, SourceId};
use better::is_better;
use together::Together;

/// More rounds than one defect behind the other needs.
const ROUNDS: usize = 10;

/// What came of the fixes of one configuration. Nothing is written yet.
#[derive(Debug)]
pub struct Fixed {
    /// The configuration with its new texts, and what is found in it; none where nothing changes.
    pub examined: Option<Examined>,
    /// The texts that are other ones now, as they will be.
    pub changed: Vec<Source>,
    /// How many findings the fixes have made go away.
    pub fixed: usize,
    /// The fixes that were not made.
    pub left: Vec<Left>,
}

/// A fix that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The finding's rule.
    pub rule: &'static str,
    /// The finding's key.
    pub key: String,
    /// Why.
    pub because: Because,
}

/// Why a fix was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Because {
    /// It touches what another one changes, over and over.
    #[error("it touches what another fix changes")]
    Conflict,
    /// What is found afterwards is no better.
    #[error("more would be wrong after it than before")]
    NoBetter,
    /// Reading stops somewhere else then.
    #[error("the file could not be read after it either")]
    Unreadable,
}

/// Makes the fixes that are allowed, in as many rounds as it takes. `examine` has to find what it
/// found before.
pub fn fix(
    first: &Examined,
    allows: &dyn Fn(&Finding) -> bool,
    examine: &dyn Fn(Load) -> Result<Examined, Unexamined>,
) -> Fixed {
    let mut fixed = Round {
        allows,
        examine,
        made: None,
        fixed: 0,
        left: Vec::new(),
    };
    for _ in 0..ROUNDS {
        if !fixed.next(first) {
            break;
        }
    }
    let nothing = |left| Fixed {
        examined: None,
        changed: Vec::new(),
        fixed: 0,
        left,
    };
    match fixed.made {
        None => nothing(fixed.left),
        Some(made) if made.examined.read.is_err() => {
            let fixable = first.findings.iter().filter(|finding| allows(finding));
            let fixable = fixable.filter(|finding| finding.fix.is_some());
            let left = fixable.map(|finding| Left::of(finding, Because::Unreadable));
            nothing(left.collect())
        }
        Some(Made { texts, examined }) => Fixed {
            examined: Some(examined),
            changed: texts
                .into_iter()
                .map(|(name, text)| Source { name, text })
                .collect(),
            fixed: fixed.fixed,
            left: fixed.left,
        },
    }
}

/// The texts that have changed, by the names of their files.
type Texts = BTreeMap<PathBuf, String>;

/// The configuration after some fixes.
struct Made {
    texts: Texts,
    examined: Examined,
}

struct Round<'f> {
    allows: &'f dyn Fn(&Finding) -> bool,
    examine: &'f dyn Fn(Load) -> Result<Examined, Unexamined>,
    made: Option<Made>,
    fixed: usize,
    left: Vec<Left>,
}

impl Round<'_> {
    /// Makes what fixes there are; tells whether there was any that could be made.
    fn next(&mut self, first: &Examined) -> bool {
        let made = self.made.take();
        let now = made.as_ref().map_or(first, |made| &made.examined);
        let fixable = now.findings.iter().filter(|finding| (self.allows)(finding));
        let mut together = Together::default();
        let (chosen, waiting): (Vec<&Finding>, Vec<&Finding>) = fixable
            .filter(|finding| finding.fix.is_some())
            .partition(|finding| {
                finding
                    .fix
                    .as_ref()
                    .is_some_and(|fix| together.takes(&fix.change))
            });
        let mut growing = Growing {
            kept: Vec::new(),
            best: None,
            refused: Vec::new(),
        };
        self.grow(now, made.as_ref(), &chosen, &mut growing);
        let waiting = waiting.into_iter();
        let refused = growing.refused.into_iter();
        self.left = waiting
            .map(|finding| Left::of(finding, Because::Conflict))
            .chain(refused.map(|finding| Left::of(finding, Because::NoBetter)))
            .collect();
        let number = growing.kept.len();
        let best = growing.best;
        self.fixed += number;
        self.made = best.or(made);
        number > 0
    }

    /// Adds fixes to those that are kept: all of them, or else each half by itself.
    fn grow<'e>(
        &self,
        now: &'e Examined,
        made: Option<&Made>,
        more: &[&'e Finding],
        growing: &mut Growing<'e>,
    ) {
        let before = growing.kept.len();
        growing.kept.extend(more);
        if let Some(better) = self.attempt(now, made, &growing.kept) {
            growing.best = Some(better);
            return;
        }
        growing.kept.truncate(before);
        match more {
            [] => {}
            [one] => growing.refused.push(*one),
            several => {
                let (first, second) = several.split_at(several.len() / 2);
                self.grow(now, made, first, growing);
                self.grow(now, made, second, growing);
            }
        }
    }

    /// The configuration after these fixes, if that is better.
    fn attempt(&self, now: &Examined, made: Option<&Made>, fixes: &[&Finding]) -> Option<Made> {
        let mut texts = made.map_or_else(Texts::new, |made| made.texts.clone());
        if fixes.is_empty() {
            return None;
        }
        for source in edited(now, fixes)? {
            texts.insert(source.name, source.text);
        }
        let named = now.sources().first()?;
        let text = texts.get(&named.name).unwrap_or(&named.text);
        let named = Source {
            name: named.name.clone(),
            text: text.clone(),
        };
        let others = texts.iter().map(|(name, text)| Source {
            name: name.clone(),
            text: text.clone(),
        });
        let sources: Vec<Source> = std::iter::once(named).chain(others).collect();
        let examined = (self.examine)(reload(&sources)).ok()?;
        is_better(now, &examined, fixes).then_some(Made { texts, examined })
    }
}

/// The fixes of one round, as far as they have proved themselves.
struct Growing<'e> {
    kept: Vec<&'e Finding>,
    best: Option<Made>,
    refused: Vec<&'e Finding>,
}

impl Left {
    fn of(finding: &Finding, because: Because) -> Self {
        Self {
            rule: finding.rule.id,
            key: finding.place.key.clone(),
            because,
        }
    }
}

/// The texts that these fixes change.
fn edited(now: &Examined, fixes: &[&Finding]) -> Option<Vec<Source>> {
    let mut edits: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
    for fix in fixes.iter().filter_map(|finding| finding.fix.as_ref()) {
        let here = edits.entry(fix.change.source).or_default();
        here.extend(fix.change.edits.iter().cloned());
    }
    let sources = edits.into_iter().map(|(id, edits)| {
        let source = now.sources().get(id.0 as usize)?;
        Some(Source {
            name: source.name.clone(),
            text: yaml::apply(&source.text, &edits).ok()?,
        })
    });
    sources.collect()
}
