use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("client-scope-without-openid").consoleme("consoleme/lib/oidc.py:193").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(scopes) = context.scopes().filter(|_| context.uses_oidc()) else { return };
    if !scopes.contains(&"openid") {
        findings
            .report(&RULE, context.place("oidc_secrets.client_scope"))
            .message("`client_scope` lacks `openid`; the provider sends no ID token and every login fails")
            .help("add `openid` to the list")
            .fix(Fix::safe(context.add_scope("openid")));
    }
}
