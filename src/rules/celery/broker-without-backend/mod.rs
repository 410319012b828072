use crate::finding::{Findings, Place, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("broker-without-backend").consoleme("consoleme/celery_tasks/celery_tasks.py:110").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "celery.backend";
    if context.truthy("celery.broker").is_some() && context.truthy(key).is_none() && context.lacks(key) {
        findings
            .report(&RULE, Place::missing(context.config, key))
            .message("`celery.backend` is missing beside `celery.broker`; the tasks that wait for others fail")
            .help("write `celery.backend.global`, another database of the same Redis, such as `redis://cache.internal:6379/2`");
    }
}
