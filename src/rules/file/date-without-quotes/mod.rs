use crate::finding::{Findings, Fix, Place, Rule};
use crate::rules::Context;
use crate::yaml::Value;

pub(super) static RULE: Rule =
    Rule::warning("date-without-quotes").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    context.config.walk(&mut |node, key| {
        if let Value::Timestamp(_) = node.value() {
            let written = context.config.written(node);
            findings
                .report(&RULE, Place::of(node, key))
                .message(format!("`{key}` is {written} without quotes; ConsoleMe reads a date, which it cannot send to AWS as text"))
                .help(format!("put it in quotes: \"{written}\""))
                .fix(Fix::safe(context.config.quote(node)));
        }
    });
}
