use crate::finding::{Findings, Rule, Suppression};
use crate::rules::Name;

pub(super) static RULE: Rule =
    Rule::warning("unknown-suppressed-rule").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(suppression: &Suppression, findings: &mut Findings) {
    let Ok(name) = &suppression.rule else { return };
    let (message, help) = match name.parse() {
        Ok(Name::Rule(_)) => return,
        Ok(Name::Group(_)) => (
            format!("`{name}` is a group of rules, and a comment suppresses what single rules find"),
            "name the rule as it stands in the finding".to_owned(),
        ),
        Err(unknown) => (
            format!("there is no rule `{name}`, so the comment suppresses nothing"),
            match unknown.near {
                Some(near) => format!("write `{near}`"),
                None => "name the rule as it stands in the finding".to_owned(),
            },
        ),
    };
    findings.report(&RULE, suppression.place.clone()).message(message).help(help);
}
