use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("access-token-is-trusted").consoleme("consoleme/lib/alb_auth.py:141").not_shown_by_a_login("strangers can write the token that tells their groups").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_aws_alb_auth_settings.jwt_verify";
    let used = context.uses_load_balancer();
    if used && context.get(key).is_some_and(|verify| !verify.is_truthy()) {
        findings
            .report(&RULE, context.place(key))
            .message("`jwt_verify` is off; ConsoleMe takes a user's groups from a token that anybody can write")
            .help("set `jwt_verify: true`, or remove the line")
            .fix(Fix::risky(context.config.set(key, "true")));
    }
}
