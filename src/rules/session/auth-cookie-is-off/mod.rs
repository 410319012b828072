use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("auth-cookie-is-off").consoleme("consoleme/lib/oidc.py:294").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "auth.set_auth_cookie";
    let off = context.get(key).is_some_and(|value| !value.is_truthy());
    if context.uses_oidc() && (off || context.lacks(key)) {
        let what = if off { "off" } else { "missing" };
        findings
            .report(&RULE, context.place(key))
            .message(format!("`auth.set_auth_cookie` is {what}; ConsoleMe forgets every login at once and the browser goes round in circles"))
            .help("set `auth.set_auth_cookie: true`")
            .fix(Fix::safe(context.config.set(key, "true")));
    }
}
