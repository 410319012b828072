use crate::finding::{Findings, Place, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("no-login-method").consoleme("consoleme/default_plugins/plugins/auth/auth.py:130").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

const METHODS: [&str; 5] = [
    "auth.get_user_by_oidc",
    "auth.get_user_by_saml",
    "auth.get_user_by_aws_alb_auth",
    "auth.get_user_by_password",
    "auth.get_user_by_header",
];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let overridden = context.truthy("development").is_some()
        && context.truthy("_development_user_override").is_some();
    let chosen = METHODS.iter().any(|method| context.truthy(method).is_some());
    // A section that is no section is another matter: that ends the start.
    let is_section = context.get("auth").is_none_or(|auth| auth.is_map());
    if chosen || overridden || !is_section || !context.config.is_complete() {
        return;
    }
    let key = "auth.get_user_by_oidc";
    let place = match context.get(key) {
        Some(value) => Place::of(value, key),
        None => Place::missing(context.config, key),
    };
    findings
        .report(&RULE, place)
        .message("no way to log in is switched on; ConsoleMe answers every request with HTTP 500")
        .help("set `auth.get_user_by_oidc: true` for Cognito");
}
