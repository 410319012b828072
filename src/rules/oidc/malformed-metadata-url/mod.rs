use crate::cognito::{InvalidMetadataUrl, InvalidPoolId, MetadataUrl};
use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("malformed-metadata-url").consoleme("consoleme/lib/oidc.py:30").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.metadata_url";
    let Some(value) = context.truthy(key).filter(|_| context.uses_oidc()) else { return };
    let what = match value.as_str().map(str::parse::<MetadataUrl>) {
        None => format!("it is {}", value.type_name()),
        Some(
            Ok(_)
            | Err(
                InvalidMetadataUrl::OtherHost(_)
                | InvalidMetadataUrl::PoolId(InvalidPoolId::Placeholder(_)),
            ),
        ) => return,
        Some(Err(error)) => error.to_string(),
    };
    findings
        .report(&RULE, context.place(key))
        .message(format!("`metadata_url` is not the discovery document of a user pool: {what}"))
        .help("write `https://cognito-idp.REGION.amazonaws.com/POOL_ID/.well-known/openid-configuration`");
}
