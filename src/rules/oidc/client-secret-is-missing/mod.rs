use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("client-secret-is-missing").consoleme("consoleme/lib/oidc.py:160").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "oidc_secrets.secret";
    let empty = context.get(key).is_some_and(|secret| !secret.is_truthy());
    if context.uses_oidc() && (empty || context.lacks(key)) {
        findings
            .report(&RULE, context.place(key))
            .message("`oidc_secrets.secret` is missing; ConsoleMe sends the word `None` as the secret and every login fails")
            .help("write the secret of the app client; an app client without one cannot be used with ConsoleMe");
    }
}
