use crate::finding::{Findings, Place, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("sender-without-arn").consoleme("consoleme/lib/ses.py:37").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let sender = context.truthy("ses.consoleme.sender").is_some();
    if sender && context.truthy("ses.arn").is_none() && context.config.is_complete() {
        findings
            .report(&RULE, Place::missing(context.config, "ses.arn"))
            .message("`ses.arn` is missing beside the sender; ConsoleMe logs an error and sends no mail")
            .help("write the ARN of the SES identity, such as `arn:aws:ses:eu-west-1:123456789012:identity/example.com`");
    }
}
