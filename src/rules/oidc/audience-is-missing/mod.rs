use crate::finding::{Findings, Rule};
use crate::rules::Context;
use url::Url;

pub(super) static RULE: Rule =
    Rule::error("audience-is-missing").consoleme("consoleme/lib/oidc.py:228").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.access_token_audience";
    let okta = context
        .text("get_user_by_oidc_settings.metadata_url")
        .and_then(|text| Url::parse(text).ok())
        .is_some_and(|url| url.host_str().is_some_and(|host| host.ends_with(".okta.com")));
    let read = context
        .get("get_user_by_oidc_settings.get_groups_from_access_token")
        .is_none_or(|value| value.is_truthy());
    let absent = context.lacks(key) || context.get(key).is_some_and(|audience| audience.is_null());
    if context.uses_oidc() && okta && read && absent {
        findings
            .report(&RULE, context.place(key))
            .message("`access_token_audience` is missing, but Okta's access tokens have an audience; every login fails")
            .help("write the authorization server's audience, such as `api://default`");
    }
}
