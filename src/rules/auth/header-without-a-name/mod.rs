use crate::finding::{Findings, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("header-without-a-name").consoleme("consoleme/default_plugins/plugins/auth/auth.py:141").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let lacks = |key| context.lacks(key) || context.get(key).is_some_and(|name| !name.is_truthy());
    let key = "auth.user_header_name";
    if context.uses_header() && lacks(key) {
        findings
            .report(&RULE, context.place(key))
            .message(format!("`{key}` is missing; ConsoleMe does not know which header names the user and answers everybody with HTTP 500"))
            .help(format!("write the header that your proxy sets, such as `{key}: X-Forwarded-User`"));
    }
    let key = "auth.groups_header_name";
    if context.truthy("auth.get_groups_by_header").is_some() && lacks(key) {
        findings
            .report(&RULE, context.place(key))
            .severity(if context.uses_header() { Severity::Error } else { Severity::Warning })
            .message(format!("`{key}` is missing beside `get_groups_by_header`; ConsoleMe answers everybody who has no group by then with HTTP 500"))
            .help(format!("write the header that your proxy sets, such as `{key}: X-Forwarded-Groups`"));
    }
}
