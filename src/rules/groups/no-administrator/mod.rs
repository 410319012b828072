use crate::finding::{Findings, Place, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("no-administrator").consoleme("consoleme/lib/auth.py:139").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let keys = ["application_admin", "groups.can_admin", "dynamic_config.groups.can_admin"];
    if context.config.is_complete() && keys.iter().all(|key| context.truthy(key).is_none()) {
        findings
            .report(&RULE, Place::missing(context.config, "application_admin"))
            .message("nobody is an administrator: `application_admin` and `groups.can_admin` are missing")
            .help("set `application_admin` to the e-mail address that you log in with, or to a group");
    }
}
