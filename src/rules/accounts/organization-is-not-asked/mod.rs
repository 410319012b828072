use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("organization-is-not-asked").consoleme("consoleme/lib/account_indexers/__init__.py:30").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "cache_accounts_from_aws_organizations";
    let flag = "cache_cloud_accounts.from_aws_organizations";
    if context.truthy(key).is_some() && context.truthy(flag).is_none() && context.config.is_complete() {
        findings
            .report(&RULE, context.place(flag))
            .message(format!("`{key}` is there, but `{flag}` is not on; ConsoleMe takes no accounts from the organization"))
            .help(format!("set `{flag}: true`"))
            .fix(Fix::risky(context.config.set(flag, "true")));
    }
}
