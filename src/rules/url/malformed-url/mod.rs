use crate::cognito::{InvalidServerUrl, ServerUrl};
use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;
use crate::yaml::quote;

pub(super) static RULE: Rule =
    Rule::error("malformed-url").consoleme("consoleme/lib/oidc.py:90").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(value) = context.truthy("url") else { return };
    let Some(text) = value.as_str() else {
        findings
            .report(&RULE, context.place("url"))
            .message(format!("`url` is {}; ConsoleMe fails with a TypeError", value.type_name()))
            .help("write a URL, such as `https://consoleme.example.com`");
        return;
    };
    match text.parse::<ServerUrl>() {
        Ok(_) | Err(InvalidServerUrl::Placeholder(_) | InvalidServerUrl::TrailingSlash(_)) => {}
        Err(error) => {
            let right = error.right().and_then(|url| context.config.set("url", &quote(url)));
            findings
                .report(&RULE, context.place("url"))
                .message("`url` is not what a browser sends; ConsoleMe refuses every login with InvalidRedirectUrl")
                .help(error.to_string())
                .fix(Fix::safe_if(!matches!(error, InvalidServerUrl::Path { .. }), right));
        }
    }
}
