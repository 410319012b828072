use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("grant-type-is-not-the-code").consoleme("consoleme/lib/oidc.py:156").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.grant_type";
    let Some(grant) = context.get(key).filter(|_| context.uses_oidc()) else { return };
    if grant.as_str() != Some("authorization_code") {
        findings
            .report(&RULE, context.place(key))
            .message("`grant_type` is not `authorization_code`, the only one that ConsoleMe has a code for; every login fails")
            .help("write `grant_type: authorization_code`, or remove the line")
            .fix(Fix::safe(context.config.set(key, "authorization_code")));
    }
}
