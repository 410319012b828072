use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("endpoints-are-incomplete").consoleme("consoleme/lib/oidc.py:40").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

const ENDPOINTS: [&str; 3] = [
    "get_user_by_oidc_settings.authorization_endpoint",
    "get_user_by_oidc_settings.token_endpoint",
    "get_user_by_oidc_settings.jwks_uri",
];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let by_metadata = context.truthy("get_user_by_oidc_settings.metadata_url").is_some();
    let given = ENDPOINTS.iter().filter(|key| context.truthy(key).is_some()).count();
    if by_metadata || given == 0 || !context.uses_oidc() || !context.config.is_complete() {
        return;
    }
    for key in ENDPOINTS.iter().filter(|key| context.truthy(key).is_none()) {
        findings
            .report(&RULE, context.place(key))
            .message(format!("there is no `metadata_url`, and `{key}` is missing; ConsoleMe asks for an address that is not there and nobody can log in"))
            .help("write `metadata_url`, which names all endpoints, or write the missing one");
    }
}
