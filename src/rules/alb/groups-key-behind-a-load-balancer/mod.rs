use crate::cognito::MetadataUrl;
use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("groups-key-behind-a-load-balancer").consoleme("consoleme/lib/alb_auth.py:147").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_aws_alb_auth_settings.jwt_groups_key";
    let issuer = context.text("get_user_by_aws_alb_auth_settings.access_token_validation.metadata_url");
    let absent = context.lacks(key);
    let wrong = context.get(key).is_some_and(|name| name.as_str() != Some("cognito:groups"));
    if context.uses_load_balancer() && issuer.is_some_and(MetadataUrl::names_cognito) && (absent || wrong) {
        let what = if absent { "missing" } else { "not `cognito:groups`" };
        findings
            .report(&RULE, context.place(key))
            .message(format!("`{key}` is {what}; people log in without their groups, and nobody has a role or a right by them"))
            .help(format!("set `{key}: cognito:groups`"))
            .fix(Fix::safe_if(absent, context.config.set(key, "cognito:groups")));
    }
}
