use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("saml-without-an-e-mail-attribute").consoleme("consoleme/handlers/v1/saml.py:41").not_tried("a SAML provider").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_saml_settings.attributes.email";
    let empty = context.get(key).is_some_and(|name| !name.is_truthy());
    if context.truthy("auth.get_user_by_saml").is_some() && (empty || context.lacks(key)) {
        findings
            .report(&RULE, context.place(key))
            .message(format!("`{key}` is missing; ConsoleMe finds no user in the provider's answer and every login ends with HTTP 500"))
            .help("write the name of the attribute that holds the e-mail address, as the provider sends it");
    }
}
