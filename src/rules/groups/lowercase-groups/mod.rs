use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("lowercase-groups").consoleme("consoleme/default_plugins/plugins/auth/auth.py:176").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "auth.force_groups_lowercase";
    let sso = context.uses_oidc() || context.uses_load_balancer();
    if sso && context.truthy(key).is_some() {
        findings
            .report(&RULE, context.place(key))
            .message("`force_groups_lowercase` does not touch the groups of a token; a group with a capital letter matches no role any more")
            .help("remove the line, and write groups in tags as the user pool has them")
            .fix(Fix::risky(context.config.remove(key)));
    }
}
