use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("wrong-token-response-key").consoleme("consoleme/lib/oidc.py:182").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let outcomes = [
        ("id_token", Severity::Error, "ConsoleMe finds no ID token and every login fails"),
        ("access_token", Severity::Warning, "ConsoleMe finds no access token, and whoever is in no group cannot log in"),
    ];
    for (token, severity, outcome) in outcomes {
        let key = format!("get_user_by_oidc_settings.{token}_response_key");
        if context.uses_cognito() && context.text(&key).is_some_and(|name| name != token) {
            findings
                .report(&RULE, context.place(&key))
                .severity(severity)
                .message(format!("`{token}_response_key` is not `{token}`, as the token is called in every provider's answer; {outcome}"))
                .help("remove the line")
            .fix(Fix::safe(context.config.remove(&key)));
        }
    }
}
