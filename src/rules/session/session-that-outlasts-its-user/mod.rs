use crate::finding::{Findings, Rule, Severity};
use crate::rules::Context;
use crate::yaml::Value;
use num_traits::ToPrimitive;

pub(super) static RULE: Rule =
    Rule::warning("session-that-outlasts-its-user").consoleme("consoleme/lib/oidc.py:295").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

const MONTH: f64 = 30.0 * 24.0 * 60.0;

/// About how far away the year 9999 is, the last of Python's `datetime`.
const LAST: f64 = 4e9;

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "jwt.expiration_minutes";
    let minutes = context.get(key).and_then(|minutes| match minutes.value() {
        Value::Int(number) => number.to_f64(),
        Value::Float(number) => Some(*number),
        _ => None,
    });
    let Some(minutes) = minutes.filter(|minutes| *minutes > MONTH) else { return };
    let (severity, outcome) = if minutes > LAST {
        (Severity::Error, "a session would end behind the year 9999, and every login ends with an OverflowError".to_owned())
    } else {
        let days = (minutes / 1440.0).floor();
        (Severity::Warning, format!("a session lasts {days} days, with the groups and rights of its first minute"))
    };
    findings
        .report(&RULE, context.place(key))
        .severity(severity)
        .message(format!("`{key}` is high; {outcome}"))
        .help("write how many minutes a session lasts, such as 60");
}
