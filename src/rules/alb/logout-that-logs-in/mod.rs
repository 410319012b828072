use crate::finding::{Findings, Fix, Place, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("logout-that-logs-in").consoleme("consoleme/handlers/v2/logout.py:54").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "auth.extra_auth_cookies";
    let used = context.uses_load_balancer();
    if used && context.truthy("auth.set_auth_cookie").is_some() && context.lacks(key) {
        findings
            .report(&RULE, Place::missing(context.config, key))
            .message("`auth.extra_auth_cookies` is missing; the load balancer keeps its session, and logging out logs in again")
            .help("write `extra_auth_cookies: [AWSELBAuthSessionCookie-0, AWSELBAuthSessionCookie-1]`")
            .fix(Fix::risky(context.config.set(key, "[AWSELBAuthSessionCookie-0, AWSELBAuthSessionCookie-1]")));
    }
}
