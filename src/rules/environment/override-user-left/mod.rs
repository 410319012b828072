use crate::finding::{Findings, Fix, Place, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("override-user-left").consoleme("consoleme/handlers/base.py:310").docs(include_str!("README.md"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for key in ["_development_user_override", "_development_groups_override"] {
        if context.truthy(key).is_some() && context.developers_only().is_some() {
            findings
                .report(&RULE, Place::name(context.config, key))
                .message(format!("`{key}` is there; once somebody switches `development` on, every visitor is that user"))
                .help("remove the line")
                .fix(Fix::risky(context.config.remove(key)));
        }
    }
}
