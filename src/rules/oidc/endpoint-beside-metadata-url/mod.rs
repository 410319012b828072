use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::info("endpoint-beside-metadata-url").consoleme("consoleme/lib/oidc.py:29").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    if !context.uses_oidc() || context.truthy("get_user_by_oidc_settings.metadata_url").is_none() {
        return;
    }
    for name in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
        let key = format!("get_user_by_oidc_settings.{name}");
        if context.truthy(&key).is_some() {
            findings
                .report(&RULE, context.place(&key))
                .message(format!("`{key}` is not looked at, as `metadata_url` is there"))
                .help("remove the line")
                .fix(Fix::risky(context.config.remove(&key)));
        }
    }
}
