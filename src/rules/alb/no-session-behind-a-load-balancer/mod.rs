use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::info("no-session-behind-a-load-balancer").consoleme("consoleme/handlers/base.py:485").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "auth.set_auth_cookie";
    let off = context.get(key).is_some_and(|value| !value.is_truthy());
    if context.uses_load_balancer() && (off || context.lacks(key)) {
        findings
            .report(&RULE, context.place(key))
            .message(format!("`{key}` is {}; ConsoleMe asks for the load balancer's keys at every request, and nobody can log out", if off { "off" } else { "missing" }))
            .help(format!("set `{key}: true`"))
            .fix(Fix::risky(context.config.set(key, "true")));
    }
}
