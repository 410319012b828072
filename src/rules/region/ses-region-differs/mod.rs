use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;
use crate::yaml::quote;

pub(super) static RULE: Rule =
    Rule::warning("ses-region-differs").consoleme("consoleme/lib/ses.py:22").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "ses.region";
    let Some(of_arn) = context.text("ses.arn").and_then(|arn| arn.split(':').nth(3)) else { return };
    let region = context.text(key).unwrap_or("us-west-2");
    if !of_arn.is_empty() && region != of_arn {
        findings
            .report(&RULE, context.place(key))
            .message(format!(
                "ConsoleMe sends mail through SES in {region}, but the identity in `ses.arn` is in {of_arn}; no mail is sent"
            ))
            .help(format!("set `ses.region: {of_arn}`"))
            .fix(Fix::risky(context.config.set(key, &quote(of_arn))));
    }
}
