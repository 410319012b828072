use crate::cognito::{InvalidServerUrl, ServerUrl};
use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;
use crate::yaml::quote;

pub(super) static RULE: Rule =
    Rule::warning("url-with-trailing-slash").consoleme("consoleme/handlers/v2/challenge.py:63").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let parsed = context.text("url").map(str::parse::<ServerUrl>);
    if let Some(Err(error @ InvalidServerUrl::TrailingSlash(_))) = &parsed {
        let right = error.right().and_then(|url| context.config.set("url", &quote(url)));
        findings
            .report(&RULE, context.place("url"))
            .message("`url` ends with a slash; browsers can log in, but ConsoleMe sends links with two slashes and command-line clients fail")
            .help(error.to_string())
            .fix(Fix::safe(right));
    }
}
