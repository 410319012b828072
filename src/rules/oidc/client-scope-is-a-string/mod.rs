use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("client-scope-is-a-string").consoleme("consoleme/lib/oidc.py:131").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "oidc_secrets.client_scope";
    let Some(scope) = context.truthy(key).filter(|_| context.uses_oidc()) else { return };
    let Some(text) = scope.as_str() else { return };
    let letters: Vec<String> = text.chars().take(6).map(String::from).collect();
    let words: Vec<&str> = text.split([' ', '\t', '\n', ',']).filter(|word| !word.is_empty()).collect();
    let list = format!("[{}]", words.join(", "));
    findings
        .report(&RULE, context.place(key))
        .message(format!(
            "`client_scope` is a string; ConsoleMe asks for its letters, `{} …`, and the login goes round in circles",
            letters.join(" ")
        ))
        .help(format!("write a list: {list}"))
        .fix(Fix::safe(context.config.set(key, &list)));
}
