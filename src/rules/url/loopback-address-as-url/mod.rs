use crate::cognito::ServerUrl;
use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::info("loopback-address-as-url").consoleme("consoleme/lib/oidc.py:90").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(Ok(url)) = context.text("url").map(str::parse::<ServerUrl>) else { return };
    if context.uses_oidc() && url.is_loopback() && !url.as_str().contains("localhost") {
        findings
            .report(&RULE, context.place("url"))
            .message(format!(
                "`url` is an address; ConsoleMe answers whoever opens `localhost` instead with HTTP 500, and the provider has to know `{}`",
                url.callback()
            ))
            .help("write `localhost` if that is what you open, and register its callback URL");
    }
}
