use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;
use crate::yaml::quote;

pub(super) static RULE: Rule =
    Rule::warning("role-name-is-an-arn").consoleme("consoleme/lib/aws.py:242").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "policies.role_name";
    let Some(text) = context.text(key).filter(|text| text.starts_with("arn:")) else { return };
    let name = text.rsplit('/').next().unwrap_or_default();
    findings
        .report(&RULE, context.place(key))
        .message("`policies.role_name` is an ARN; ConsoleMe puts it into the ARN of each account and can take on no role")
        .help(format!("write the role's name alone: `{name}`"))
        .fix(Fix::safe(context.config.set(key, &quote(name))));
}
