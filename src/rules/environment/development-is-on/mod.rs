use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("development-is-on").consoleme("consoleme/handlers/base.py:310").not_shown_by_a_login("strangers are one setting from doing so too").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "development";
    let (Some(_), Some(severity)) = (context.truthy(key), context.developers_only()) else { return };
    findings
        .report(&RULE, context.place(key))
        .severity(severity)
        .message("`development` is on; with one more setting ConsoleMe takes every visitor for an administrator")
        .help("set `development: false`, or say `environment: dev` on a developer's machine")
        .fix(Fix::risky(context.config.set(key, "false")));
}
