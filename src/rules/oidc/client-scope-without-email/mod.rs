use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("client-scope-without-email").consoleme("consoleme/lib/oidc.py:261").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(scopes) = context.scopes().filter(|_| context.uses_oidc()) else { return };
    let email_key = context.text("get_user_by_oidc_settings.jwt_email_key").unwrap_or("email");
    // Cognito tells every attribute with `profile`; for other providers that is another scope's.
    let profile = context.uses_cognito() && scopes.contains(&"profile");
    if email_key != "email" || scopes.contains(&"email") || profile {
        return;
    }
    // With `openid` alone Cognito tells every attribute; with `phone` beside it only that one.
    let (severity, outcome) = if scopes.contains(&"phone") {
        (Severity::Error, "the ID token has no e-mail address, and ConsoleMe refuses every login")
    } else {
        (Severity::Warning, "where the ID token has no e-mail address, ConsoleMe refuses the login")
    };
    findings
        .report(&RULE, context.place("oidc_secrets.client_scope"))
        .severity(severity)
        .message(format!("`client_scope` lacks `email`; {outcome}"))
        .help("add `email` to the list")
        .fix(Fix::safe_if(severity == Severity::Error, context.add_scope("email")));
}
