use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("client-scope-without-email").consoleme("consoleme/lib/oidc.py:261").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(scopes) = context.scopes().filter(|_| context.uses_oidc()) else { return };
    let email_key = context.text("get_user_by_oidc_settings.jwt_email_key").unwrap_or("email");
    if email_key == "email" && !scopes.contains(&"email") && !scopes.contains(&"profile") {
        findings
            .report(&RULE, context.place("oidc_secrets.client_scope"))
            .message("`client_scope` lacks `email`; where the ID token has no e-mail address, ConsoleMe refuses the login")
            .help("add `email` to the list");
    }
}
