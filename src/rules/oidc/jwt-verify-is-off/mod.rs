use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("jwt-verify-is-off").consoleme("consoleme/lib/oidc.py:253").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.jwt_verify";
    if context.uses_oidc() && context.get(key).is_some_and(|verify| !verify.is_truthy()) {
        findings
            .report(&RULE, context.place(key))
            .message("`jwt_verify` is off; ConsoleMe cannot decode a token without verifying it and every login fails")
            .help("set `jwt_verify: true`, or remove the line")
            .fix(Fix::safe(context.config.set(key, "true")));
    }
}
