use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("hidden-xsrf-cookie").consoleme("consoleme/handlers/base.py:164").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "tornado.xsrf_cookie_kwargs.httponly";
    if context.truthy(key).is_some() {
        findings
            .report(&RULE, context.place(key))
            .message("`httponly` hides the XSRF cookie from ConsoleMe's own pages; people log in, and every change that they make is refused")
            .help("remove the line")
            .fix(Fix::risky(context.config.remove(key)));
    }
}
