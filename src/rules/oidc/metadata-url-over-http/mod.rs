use crate::cognito::MetadataUrl;
use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;
use crate::yaml::quote;
use url::Url;

pub(super) static RULE: Rule =
    Rule::error("metadata-url-over-http").consoleme("consoleme/lib/oidc.py:30").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.metadata_url";
    let Some(text) = context.text(key).filter(|_| context.uses_oidc()) else { return };
    let Ok(url) = Url::parse(text) else { return };
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() == "http" && !here && !MetadataUrl::names_cognito(text) {
        findings
            .report(&RULE, context.place(key))
            .message("`metadata_url` begins with `http://`; whoever is on the way can hand ConsoleMe keys of their own and log in as anybody")
            .help("write `https://`")
            .fix(Fix::risky(context.config.set(key, &quote(&text.replacen("http", "https", 1)))));
    }
}
