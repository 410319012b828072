use crate::cognito::MetadataUrl;
use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;
use crate::yaml::quote;

pub(super) static RULE: Rule =
    Rule::error("pool-in-another-region").consoleme("consoleme/lib/oidc.py:30").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.metadata_url";
    let Some(Ok(url)) = context.text(key).map(str::parse::<MetadataUrl>) else { return };
    let (host, pool) = (url.host_region(), url.pool_id().region());
    if context.uses_oidc() && host != pool {
        let right = url.pool_id().metadata_url().to_string();
        findings
            .report(&RULE, context.place(key))
            .message(format!(
                "`metadata_url` asks {host} for a pool of {pool}; Cognito answers that there is no such pool, and nobody can log in"
            ))
            .help(format!("write `{right}`"))
            .fix(Fix::safe(context.config.set(key, &quote(&right))));
    }
}
