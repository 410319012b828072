use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("wrong-groups-key").consoleme("consoleme/lib/oidc.py:263").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.jwt_groups_key";
    let absent = context.lacks(key);
    let is_default = absent || context.text(key) == Some("groups");
    let wrong = context.get(key).is_some_and(|name| name.as_str() != Some("cognito:groups"));
    if context.uses_cognito() && (absent || wrong) {
        let (severity, message) = if context.text(key).is_some_and(|name| name.starts_with("custom:")) {
            let message = "`jwt_groups_key` is an attribute, and those hold texts; ConsoleMe looks for a group's name anywhere inside the text, so that `admins` is found in `no-admins`";
            (Severity::Error, message.to_owned())
        } else {
            let what = if absent { "missing" } else { "not `cognito:groups`" };
            (Severity::Warning, format!("`jwt_groups_key` is {what}; people log in without their groups, and nobody has a role or a right by them"))
        };
        findings
            .report(&RULE, context.place(key))
            .severity(severity)
            .message(message)
            .help("set `jwt_groups_key: cognito:groups`")
            .fix(Fix::safe_if(is_default, context.config.set(key, "cognito:groups")));
    }
}
