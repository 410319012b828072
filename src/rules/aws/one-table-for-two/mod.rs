use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("one-table-for-two").consoleme("consoleme/lib/dynamo.py:254").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "aws.group_log_dynamo_table";
    if context.truthy(key).is_some() {
        findings
            .report(&RULE, context.place(key))
            .message("`aws.group_log_dynamo_table` names the table of the audit log and that of the dynamic configuration at once; ConsoleMe reads its settings out of the log")
            .help("remove the line; each has its own table then")
            .fix(Fix::risky(context.config.remove(key)));
    }
}
