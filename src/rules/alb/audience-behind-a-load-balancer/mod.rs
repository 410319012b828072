use crate::cognito::MetadataUrl;
use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("audience-behind-a-load-balancer").consoleme("consoleme/lib/alb_auth.py:136").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let section = "get_user_by_aws_alb_auth_settings.access_token_validation";
    let key = format!("{section}.client_id");
    let used = context.uses_load_balancer();
    let cognito = context.text(&format!("{section}.metadata_url")).is_some_and(MetadataUrl::names_cognito);
    if used && cognito && context.get(&key).is_some_and(|id| !id.is_null()) {
        findings
            .report(&RULE, context.place(&key))
            .message(format!("`{key}` is set, but Cognito's access tokens have no audience; everybody gets HTTP 500"))
            .help("remove the line")
            .fix(Fix::risky(context.config.remove(&key)));
    }
}
