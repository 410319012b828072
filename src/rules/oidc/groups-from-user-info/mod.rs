use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::info("groups-from-user-info").consoleme("consoleme/lib/oidc.py:273").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.user_info_groups_key";
    let asks = context.get("get_user_by_oidc_settings.get_groups_from_userinfo_endpoint").is_none_or(|value| value.is_truthy());
    if context.uses_cognito() && asks && context.truthy(key).is_some() {
        findings
            .report(&RULE, context.place(key))
            .message("`user_info_groups_key` is set, but Cognito's user info tells no groups under any name")
            .help("remove the line; `get_groups_from_userinfo_endpoint: false` saves a request at the logins of people in no group")
            .fix(Fix::safe(context.config.remove(key)));
    }
}
