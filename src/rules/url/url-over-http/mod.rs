use crate::cognito::ServerUrl;
use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("url-over-http").consoleme("consoleme/lib/oidc.py:104").not_shown_by_a_login("the provider of the tests registers any callback URL, where Cognito takes https only").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(Ok(url)) = context.text("url").map(str::parse::<ServerUrl>) else { return };
    if let Err(error) = url.check_registrable().map_err(|error| error.to_string())
        && context.uses_oidc()
    {
        findings
            .report(&RULE, context.place("url"))
            .message("`url` begins with `http://`; ConsoleMe asks to be called back there, and sends its session in clear")
            .help(error);
    }
}
