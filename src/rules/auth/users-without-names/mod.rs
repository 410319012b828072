use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("users-without-names").consoleme("consoleme/lib/alb_auth.py:105").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = if context.uses_load_balancer() {
        "get_user_by_aws_alb_auth_settings.jwt_email_key"
    } else {
        "get_user_by_oidc_settings.jwt_email_key"
    };
    let used = context.uses_load_balancer() || context.uses_oidc();
    if used && context.text(key) == Some("sub") {
        findings
            .report(&RULE, context.place(key))
            .message("`jwt_email_key` is `sub`; every user is a random number, which no e-mail address, tag or administrator matches")
            .help("set `jwt_email_key: email`")
            .fix(Fix::risky(context.config.set(key, "email")));
    }
}
