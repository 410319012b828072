use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("url-is-missing").consoleme("consoleme/lib/oidc.py:104").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let empty = context.get("url").is_some_and(|url| !url.is_truthy());
    if empty || context.lacks("url") {
        findings
            .report(&RULE, context.place("url"))
            .message("`url` is missing; ConsoleMe fails with a TypeError at every login")
            .help("write the URL that people type, such as `url: https://consoleme.example.com`");
    }
}
