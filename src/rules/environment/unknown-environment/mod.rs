use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("unknown-environment").consoleme("consoleme/celery_tasks/celery_tasks.py:1086").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "environment";
    let Some(value) = context.get(key) else { return };
    if value.as_str().is_some_and(|text| ["prod", "dev", "test"].contains(&text)) {
        return;
    }
    let meant = match value.as_str().map(str::to_lowercase).as_deref() {
        Some("prod" | "production") => Some("prod"),
        Some("dev" | "development") => Some("dev"),
        Some("test") => Some("test"),
        _ => None,
    };
    findings
        .report(&RULE, context.place(key))
        .message(format!(
            "`environment` is `{}`, which ConsoleMe does not know; its background tasks skip most accounts",
            context.config.written(value)
        ))
        .help("set `environment: prod`, or `environment: dev` on a developer's machine")
        .fix(Fix::safe(meant.and_then(|name| context.config.set(key, name))));
}
