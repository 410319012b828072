use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("metadata-url-is-missing").consoleme("consoleme/lib/oidc.py:46").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.metadata_url";
    let endpoints = ["authorization_endpoint", "token_endpoint", "jwks_uri"];
    let by_hand = endpoints
        .iter()
        .any(|name| context.truthy(&format!("get_user_by_oidc_settings.{name}")).is_some());
    let empty = context.get(key).is_some_and(|url| !url.is_truthy());
    if context.uses_oidc() && !by_hand && (empty || context.lacks(key)) {
        findings
            .report(&RULE, context.place(key))
            .message("`metadata_url` is missing; ConsoleMe does not know where to send people to log in")
            .help("write `https://cognito-idp.REGION.amazonaws.com/POOL_ID/.well-known/openid-configuration`");
    }
}
