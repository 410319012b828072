use crate::finding::{Findings, Place, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("access-token-is-not-validated").consoleme("consoleme/lib/alb_auth.py:48").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let section = "get_user_by_aws_alb_auth_settings.access_token_validation";
    let verified = context
        .get("get_user_by_aws_alb_auth_settings.jwt_verify")
        .is_none_or(|verify| verify.is_truthy());
    let named = ["metadata_url", "jwks_uri"]
        .iter()
        .any(|name| context.truthy(&format!("{section}.{name}")).is_some());
    let used = context.uses_load_balancer();
    if used && verified && !named && context.config.is_complete() {
        let key = format!("{section}.metadata_url");
        findings
            .report(&RULE, Place::missing(context.config, &key))
            .message(format!("`{key}` is missing; ConsoleMe cannot check the load balancer's token and answers everybody with HTTP 500"))
            .help("write `https://cognito-idp.REGION.amazonaws.com/POOL_ID/.well-known/openid-configuration`");
    }
}
