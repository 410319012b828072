use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("xsrf-is-off").consoleme("consoleme/routes.py:215").not_shown_by_a_login("other web pages can act as them").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "tornado.xsrf";
    let off = context.get(key).is_some_and(|value| !value.is_truthy());
    let Some(severity) = context.developers_only().filter(|_| off) else { return };
    findings
        .report(&RULE, context.place(key))
        .severity(severity)
        .message("`tornado.xsrf` is off; any web page can act in ConsoleMe as whoever looks at it")
        .help("set `tornado.xsrf: true`, or remove the line")
        .fix(Fix::risky(context.config.set(key, "true")));
}
