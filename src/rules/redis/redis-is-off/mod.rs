use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("redis-is-off").consoleme("consoleme/lib/redis.py:362").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for key in ["redis.host.global", "redis.port", "redis.db"] {
        if context.get(key).is_some_and(|value| value.is_null()) {
            findings
                .report(&RULE, context.place(key))
                .message(format!("`{key}` is null; ConsoleMe works without Redis then: it caches nothing, and command-line clients cannot log in"))
                .help("write a value, or remove the line to have the default");
        }
    }
}
