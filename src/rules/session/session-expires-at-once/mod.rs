use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;
use crate::yaml::Value;

pub(super) static RULE: Rule =
    Rule::error("session-expires-at-once").consoleme("consoleme/lib/oidc.py:296").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "jwt.expiration_minutes";
    let Some(minutes) = context.get(key) else { return };
    let expired = match minutes.value() {
        Value::Int(number) => number <= &0.into(),
        Value::Float(number) => *number <= 0.0,
        _ => false,
    };
    if expired {
        findings
            .report(&RULE, context.place(key))
            .message("`jwt.expiration_minutes` is not above zero; every session is over before it begins, and the login goes round in circles")
            .help("write how many minutes a session lasts, such as 60")
            .fix(Fix::risky(context.config.set(key, "60")));
    }
}
