use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::consoleme::Config;
use crate::examine::Examined;
use crate::finding::{Finding, Severity};

/// Whether the fixes have done what they are for: their findings are gone, and of no severity
/// upwards there are more than before, nor more entries that another one hides. What is found in a
/// file that was not read before was there before, and so was what stands in a text that could not
/// be read.
pub(super) fn is_better(before: &Examined, after: &Examined, fixes: &[&Finding]) -> bool {
    match (&before.read, &after.read) {
        (Err(_), Ok(_)) => return true,
        (Err(_), Err(_)) => return comes_further(before, after),
        (Ok(_), Err(_)) => return false,
        (Ok(before), Ok(after)) if hidden_entries(after) > hidden_entries(before) => return false,
        (Ok(_), Ok(_)) => {}
    }
    let (were, are) = (alike(before), alike(after));
    let is_gone = |finding: &&Finding| {
        let likeness = likeness(finding);
        are.get(&likeness).unwrap_or(&0) < were.get(&likeness).unwrap_or(&0)
    };
    let known: BTreeSet<&Path> = before
        .sources()
        .iter()
        .map(|source| source.name.as_path())
        .collect();
    let is_known = |finding: &&Finding| {
        let source = after.sources().get(finding.place.source.0 as usize);
        source.is_some_and(|source| known.contains(source.name.as_path()))
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

/// What makes two findings tell of the same.
fn likeness(finding: &Finding) -> (&'static str, &str) {
    (finding.rule.id, &finding.place.key)
}

/// How many findings tell of the same.
fn alike(examined: &Examined) -> BTreeMap<(&'static str, &str), usize> {
    let mut alike = BTreeMap::new();
    for finding in examined.findings.iter() {
        *alike.entry(likeness(finding)).or_default() += 1;
    }
    alike
}

/// Whether reading stops further down than before.
fn comes_further(before: &Examined, after: &Examined) -> bool {
    let end = |examined: &Examined| {
        let places = examined.findings.iter().map(|finding| &finding.place);
        places.map(|place| (place.source, place.span)).max()
    };
    end(after) > end(before)
}
