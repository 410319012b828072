use crate::cognito::ServerUrl;
use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("test-environment-in-production").consoleme("consoleme/config/config.py:220").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "environment";
    let public = context.text("url").and_then(|url| url.parse::<ServerUrl>().ok()).is_some_and(|url| !url.is_loopback());
    if public && context.text(key) == Some("test") {
        findings
            .report(&RULE, context.place(key))
            .message("`environment` is `test`, which is for ConsoleMe's own tests; it starts without AWS credentials, and its background tasks skip most accounts")
            .help("set `environment: prod`")
            .fix(Fix::risky(context.config.set(key, "prod")));
    }
}
