use crate::finding::{Findings, Rule};
use crate::rules::Context;
use url::Url;

pub(super) static RULE: Rule =
    Rule::error("endpoint-without-a-domain").consoleme("consoleme/lib/oidc.py:40").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    if !context.uses_oidc() || context.truthy("get_user_by_oidc_settings.metadata_url").is_some() {
        return;
    }
    for (name, path) in [("authorization_endpoint", "authorize"), ("token_endpoint", "token")] {
        let key = format!("get_user_by_oidc_settings.{name}");
        let host = context.text(&key).and_then(|text| Some(Url::parse(text).ok()?.host_str()?.to_owned()));
        let Some(host) = host.filter(|host| host.contains("cognito-idp")) else { continue };
        findings
            .report(&RULE, context.place(&key))
            .message(format!("`{name}` is on `{host}`, where Cognito logs nobody in; it does so on the domain of the pool"))
            .help(format!("write `https://DOMAIN.auth.REGION.amazoncognito.com/oauth2/{path}`, or `metadata_url` instead of all endpoints"));
    }
}
