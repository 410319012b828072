use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("groups-for-everybody").consoleme("consoleme/handlers/base.py:418").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "auth.groups_to_add_for_all_users";
    let Some(groups) = context.truthy(key).filter(|_| context.uses_oidc()) else { return };
    let admins: Vec<&str> = ["application_admin", "groups.can_admin", "groups.can_edit_config"]
        .iter()
        .filter_map(|key| context.get(key))
        .flat_map(|value| value.items().filter_map(|item| item.as_str()).chain(value.as_str()))
        .collect();
    let admits = groups.items().any(|group| group.as_str().is_some_and(|name| admins.contains(&name)));
    let (severity, outcome) = if admits {
        (Severity::Error, "and one of them makes an administrator of everybody who is in no group")
    } else {
        (Severity::Warning, "to users only who are in no group at all")
    };
    findings
        .report(&RULE, context.place(key))
        .severity(severity)
        .message(format!("`groups_to_add_for_all_users` adds its groups {outcome}"))
        .help("remove the line, and give groups in the user pool")
        .fix(Fix::risky(context.config.remove(key)));
}
