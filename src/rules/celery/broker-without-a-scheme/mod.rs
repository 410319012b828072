use crate::finding::{Findings, Fix, Place, Rule};
use crate::rules::Context;
use crate::yaml;

pub(super) static RULE: Rule =
    Rule::warning("broker-without-a-scheme").consoleme("consoleme/celery_tasks/celery_tasks.py:109").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for section in ["celery.broker", "celery.backend"] {
        let Some(regions) = context.get(section) else { continue };
        for (region, address) in regions.entries() {
            let Some(text) = address.as_str().filter(|text| !text.is_empty() && !text.contains("://")) else { continue };
            let key = format!("{section}.{}", context.config.written(region));
            findings
                .report(&RULE, Place::of(address, key.clone()))
                .message(format!("`{key}` has no scheme; Celery takes what stands before the first colon for one, and no background task runs"))
                .help(format!("write `redis://{text}`"))
            .fix(Fix::risky(context.config.replace(address, &yaml::quote(&format!("redis://{text}")))));
        }
    }
}
