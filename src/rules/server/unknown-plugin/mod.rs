use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;
use crate::schema::nearest;

pub(super) static RULE: Rule =
    Rule::error("unknown-plugin").consoleme("consoleme/lib/plugins.py:40").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

/// The plugins that ConsoleMe loads, and the ones that it brings itself.
const PLUGINS: [(&str, &str); 7] = [
    ("auth", "default_auth"),
    ("aws", "default_aws"),
    ("group_mapping", "default_group_mapping"),
    ("internal_celery_tasks", "default_celery_tasks"),
    ("internal_policies", "default_policies"),
    ("internal_routes", "default_internal_routes"),
    ("metrics", "default_metrics"),
];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for (kind, own) in PLUGINS {
        let key = format!("plugins.{kind}");
        let Some(name) = context.text(&key).filter(|name| *name != own) else { continue };
        let slip = name.starts_with("default") || nearest(name, [own].into_iter(), false).is_some();
        let (severity, outcome) = if slip {
            (Severity::Error, "there is no such plugin for it, and ConsoleMe does not start")
        } else {
            (Severity::Warning, "ConsoleMe starts only where a package with a plugin of that name is installed")
        };
        findings
            .report(&RULE, context.place(&key))
            .severity(severity)
            .message(format!("`{key}` is `{name}`; {outcome}"))
            .help(format!("write `{own}`, or remove the line"))
            .fix(Fix::safe_if(slip, context.config.set(&key, own)));
    }
}
