use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("debug-is-on").consoleme("consoleme/handlers/base.py:132").not_shown_by_a_login("strangers see tracebacks").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "tornado.debug";
    let (Some(_), Some(severity)) = (context.truthy(key), context.developers_only()) else { return };
    findings
        .report(&RULE, context.place(key))
        .severity(severity)
        .message("`tornado.debug` is on; ConsoleMe shows its tracebacks to anybody who causes an error")
        .help("set `tornado.debug: false`, or say `environment: dev` on a developer's machine")
        .fix(Fix::risky(context.config.set(key, "false")));
}
