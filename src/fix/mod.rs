//! Makes the fixes that findings carry, and keeps what is better than before.
//!
//! All fixes that do not touch each other are made at once, in memory; the result is read and
//! examined like any other configuration. Then come those that had to wait and those that have
//! become visible, until there is none left.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::consoleme::{Config, Load, Source, reload};
use crate::examine::{Examined, Unexamined};
use crate::finding::{Finding, Severity};
use crate::yaml::{self, Edit, SourceId};

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
        let mut left = Vec::new();
        let mut chosen: Vec<&Finding> = Vec::new();
        for finding in fixable.filter(|finding| finding.fix.is_some()) {
            chosen.push(finding);
            if edited(now, &chosen).is_none() {
                chosen.pop();
                left.push(Left::of(finding, Because::Conflict));
            }
        }
        let mut best = self.attempt(now, made.as_ref(), &chosen);
        if best.is_none() {
            let mut kept = Vec::new();
            for finding in std::mem::take(&mut chosen) {
                kept.push(finding);
                match self.attempt(now, made.as_ref(), &kept) {
                    Some(better) => best = Some(better),
                    None => {
                        kept.pop();
                        left.push(Left::of(finding, Because::NoBetter));
                    }
                }
            }
            chosen = kept;
        }
        let number = chosen.len();
        self.left = left;
        self.fixed += number;
        self.made = best.or(made);
        number > 0
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

impl Left {
    fn of(finding: &Finding, because: Because) -> Self {
        Self {
            rule: finding.rule.id,
            key: finding.place.key.clone(),
            because,
        }
    }
}

/// The texts that these fixes change; none where two of them touch each other.
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

/// Whether the fixes have done what they are for: their findings are gone, and of no severity
/// upwards there are more than before, nor more entries that another one hides. What is found in a file that was not read before was there
/// before, and so was what stands in a text that could not be read.
fn is_better(before: &Examined, after: &Examined, fixes: &[&Finding]) -> bool {
    match (&before.read, &after.read) {
        (Err(_), Ok(_)) => return true,
        (Err(_), Err(_)) => return comes_further(before, after),
        (Ok(_), Err(_)) => return false,
        (Ok(before), Ok(after)) if hidden_entries(after) > hidden_entries(before) => return false,
        (Ok(_), Ok(_)) => {}
    }
    let is_gone = |finding: &&Finding| number_like(after, finding) < number_like(before, finding);
    let known: Vec<&PathBuf> = before.sources().iter().map(|source| &source.name).collect();
    let is_known = |finding: &&Finding| {
        let source = after.sources().get(finding.place.source.0 as usize);
        source.is_some_and(|source| known.contains(&&source.name))
    };
    let no_more = |least: Severity| {
        let after = after.findings.iter().filter(is_known);
        let before = before.findings.iter();
        after.filter(|finding| finding.severity >= least).count()
            <= before.filter(|finding| finding.severity >= least).count()
    };
    fixes.iter().all(is_gone)
        && [Severity::Info, Severity::Warning, Severity::Error]
            .into_iter()
            .all(no_more)
}

fn hidden_entries(config: &Config) -> usize {
    let mut number = 0;
    config.walk(&mut |node, _| number += node.lost().count());
    number
}

fn number_like(examined: &Examined, finding: &Finding) -> usize {
    let is_like =
        |other: &&Finding| other.rule.id == finding.rule.id && other.place.key == finding.place.key;
    examined.findings.iter().filter(is_like).count()
}

/// Whether reading stops further down than before.
fn comes_further(before: &Examined, after: &Examined) -> bool {
    let end = |examined: &Examined| {
        let places = examined.findings.iter().map(|finding| &finding.place);
        places.map(|place| (place.source, place.span)).max()
    };
    end(after) > end(before)
}
