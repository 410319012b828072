use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("audience-is-set").consoleme("consoleme/lib/oidc.py:228").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.access_token_audience";
    if context.uses_cognito() && context.get(key).is_some_and(|audience| !audience.is_null()) {
        findings
            .report(&RULE, context.place(key))
            .message("`access_token_audience` is set, but Cognito's access tokens have no audience; every login fails")
            .help("set `access_token_audience: null`, or remove the line")
            .fix(Fix::safe(context.config.set(key, "null")));
    }
}
