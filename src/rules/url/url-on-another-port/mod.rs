use crate::cognito::ServerUrl;
use crate::finding::{Findings, Rule};
use crate::rules::Context;
use crate::yaml::Value;

pub(super) static RULE: Rule =
    Rule::warning("url-on-another-port").consoleme("consoleme/lib/oidc.py:90").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(Ok(url)) = context.text("url").map(str::parse::<ServerUrl>) else { return };
    let listens = context.get("tornado.port").and_then(|port| match port.value() {
        Value::Int(number) => u16::try_from(number.clone()).ok(),
        Value::Str(text) => text.parse().ok(),
        _ => None,
    });
    let (Some(listens), false, true) = (listens, url.is_https(), url.is_loopback()) else { return };
    let named = url.port().unwrap_or(80);
    if named != listens {
        findings
            .report(&RULE, context.place("url"))
            .message(format!("`url` names port {named} of this machine, but ConsoleMe listens on {listens}; opened there, it refuses every login with InvalidRedirectUrl"))
            .help(format!("write `{}`, or set `tornado.port: {named}`", url.as_str().replacen(&named.to_string(), &listens.to_string(), 1)));
    }
}
