use crate::finding::{Findings, Fix, Place, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("override-user-left").consoleme("consoleme/handlers/base.py:310").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let outcomes = [
        ("_development_user_override", "every visitor is that user"),
        ("_development_groups_override", "every visitor is in those groups"),
        ("json_authentication_override", "every program that asks is that user"),
    ];
    let Some(severity) = context.developers_only() else { return };
    let is_on = context.truthy("development").is_some();
    for (key, outcome) in outcomes {
        if context.truthy(key).is_none() {
            continue;
        }
        let (severity, when) = if is_on { (severity, "with `development` on") } else { (Severity::Warning, "once somebody switches `development` on") };
        findings
            .report(&RULE, Place::name(context.config, key))
            .severity(severity)
            .message(format!("`{key}` is there; {when}, {outcome}"))
            .help("remove the line")
            .fix(Fix::risky(context.config.remove(key)));
    }
}
