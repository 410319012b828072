use crate::consoleme::Environment;
use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("tasks-are-thrown-away").consoleme("consoleme/celery_tasks/celery_tasks.py:131").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let outcomes = [
        ("celery.purge", "each process that starts throws away every task that waits"),
        ("celery.clear_tasks_for_development", "ConsoleMe plans no background task at all, and syncs nothing"),
    ];
    for (key, outcome) in outcomes {
        if context.environment == Environment::Production && context.truthy(key).is_some() {
            findings
                .report(&RULE, context.place(key))
                .message(format!("`{key}` is on; {outcome}"))
                .help("remove the line")
            .fix(Fix::risky(context.config.remove(key)));
        }
    }
}
