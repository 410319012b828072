use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("full-debugging-is-on").consoleme("consoleme/handlers/base.py:207").not_shown_by_a_login("their tokens are written down").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "_security_risk_full_debugging.enabled";
    let (Some(_), Some(severity)) = (context.truthy(key), context.developers_only()) else { return };
    findings
        .report(&RULE, context.place(key))
        .severity(severity)
        .message("`_security_risk_full_debugging` is on; ConsoleMe writes cookies, tokens and answers into a file")
        .help("remove the section")
        .fix(Fix::risky(context.config.remove("_security_risk_full_debugging")));
}
