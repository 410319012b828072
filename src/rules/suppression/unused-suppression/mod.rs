use crate::finding::{Findings, Rule, Suppression};
use crate::rules::Name;

pub(super) static RULE: Rule =
    Rule::warning("unused-suppression").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(suppression: &Suppression, findings: &mut Findings) {
    let Ok(name) = &suppression.rule else { return };
    if suppression.used || !matches!(name.parse(), Ok(Name::Rule(_))) {
        return;
    }
    findings
        .report(&RULE, suppression.place.clone())
        .message(format!("`{name}` finds nothing here, so the comment suppresses nothing"))
        .help("remove it from the comment, or put the comment on the line of the finding");
}
