use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("client-id-is-missing").consoleme("consoleme/lib/oidc.py:52").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "oidc_secrets.client_id";
    let empty = context.get(key).is_some_and(|id| !id.is_truthy());
    if context.uses_oidc() && (empty || context.lacks(key)) {
        findings
            .report(&RULE, context.place(key))
            .message("`oidc_secrets.client_id` is missing; ConsoleMe sends `client_id=None` and nobody can log in")
            .help("write the id of the app client, such as `1example23456789abcdefghij`");
    }
}
