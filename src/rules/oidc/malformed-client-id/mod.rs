use crate::cognito::{ClientId, InvalidClientId};
use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("malformed-client-id").consoleme("consoleme/lib/oidc.py:205").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "oidc_secrets.client_id";
    let Some(id) = context.truthy(key).filter(|_| context.uses_oidc()) else { return };
    let Some(text) = id.as_str() else {
        findings
            .report(&RULE, context.place(key))
            .message(format!(
                "`client_id` is {}; ConsoleMe needs a string to compare with the token and every login fails",
                id.type_name()
            ))
            .help("put the client id in quotes")
            .fix(Fix::safe(context.config.quote(id)));
        return;
    };
    if !context.uses_cognito() {
        return;
    }
    match text.parse::<ClientId>() {
        Ok(id) if id.is_usual() => {}
        Ok(_) => {
            findings
                .report(&RULE, context.place(key))
                .severity(Severity::Warning)
                .message(format!("`{text}` does not look like an app client id of Cognito"))
                .help("compare it with the app client's page; an id is 25 or 26 lower-case letters and digits");
        }
        Err(InvalidClientId::Placeholder(_)) => {}
        Err(error) => {
            findings
                .report(&RULE, context.place(key))
                .message(format!("{error}; Cognito answers every login with an error page"))
                .help("copy the id from the app client's page in the Cognito console");
        }
    }
}
