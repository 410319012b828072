use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;
use crate::yaml::quote;

pub(super) static RULE: Rule =
    Rule::warning("swag-url-without-slash").consoleme("consoleme/lib/account_indexers/swag.py:25").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "retrieve_accounts_from_swag.base_url";
    let Some(text) = context.text(key).filter(|text| !text.ends_with('/')) else { return };
    findings
        .report(&RULE, context.place(key))
        .message("`retrieve_accounts_from_swag.base_url` has no slash at the end; ConsoleMe glues a path to it and finds no accounts")
        .help(format!("write `{text}/`"))
        .fix(Fix::safe(context.config.set(key, &quote(&format!("{text}/")))));
}
