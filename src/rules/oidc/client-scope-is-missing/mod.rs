use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("client-scope-is-missing").consoleme("consoleme/lib/oidc.py:177").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "oidc_secrets.client_scope";
    let empty = context.get(key).is_some_and(|scope| !scope.is_truthy());
    if context.uses_oidc() && (empty || context.lacks(key)) {
        findings
            .report(&RULE, context.place(key))
            .message("`oidc_secrets.client_scope` is missing; ConsoleMe leaves it to the provider which scopes it gets")
            .help("write `client_scope: [openid, email]`")
            .fix(Fix::risky(context.config.set(key, "[openid, email]")));
    }
}
