use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("port-is-missing").consoleme("consoleme/__main__.py:44").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "tornado.port";
    let empty = context.get(key).is_some_and(|port| !port.is_truthy());
    if empty || context.lacks(key) {
        findings
            .report(&RULE, context.place(key))
            .message("`tornado.port` is missing; ConsoleMe starts and listens nowhere")
            .help("set `tornado.port: 8081`")
            .fix(Fix::risky(context.config.set(key, "8081")));
    }
}
