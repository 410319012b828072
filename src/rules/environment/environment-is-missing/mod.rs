use crate::consoleme::Environment;
use crate::finding::{Findings, Fix, Place, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("environment-is-missing").consoleme("consoleme/celery_tasks/celery_tasks.py:1086").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "environment";
    if context.lacks(key) {
        let is_production = context.environment == Environment::Production;
        let prod = is_production.then(|| context.config.set(key, "prod")).flatten();
        findings
            .report(&RULE, Place::missing(context.config, key))
            .message("`environment` is missing; ConsoleMe's background tasks skip every account but those of its tests")
            .help("set `environment: prod`, or `environment: dev` on a developer's machine")
            .fix(Fix::risky(prod));
    }
}
