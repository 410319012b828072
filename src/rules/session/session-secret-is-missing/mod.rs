use crate::consoleme::Environment;
use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("session-secret-is-missing").consoleme("consoleme/lib/jwt.py:11").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "jwt_secret";
    let empty = context.get(key).is_some_and(|secret| !secret.is_truthy());
    if empty || context.lacks(key) {
        let severity = match context.environment {
            Environment::Production => Severity::Warning,
            Environment::Development => Severity::Info,
        };
        findings
            .report(&RULE, context.place(key))
            .severity(severity)
            .message("`jwt_secret` is missing; ConsoleMe makes up another one at each start, and two instances refuse each other's sessions")
            .help("write 32 random bytes, such as `openssl rand -hex 32` prints, in quotes")
            .fix(Fix::secret(context.set_session_secret()));
    }
}
