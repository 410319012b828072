use crate::cognito::{ClientSecret, InvalidClientSecret};
use crate::finding::{Findings, Rule, Severity};
use crate::rules::Context;
use zeroize::Zeroizing;

pub(super) static RULE: Rule =
    Rule::error("malformed-client-secret").consoleme("consoleme/lib/oidc.py:159").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "oidc_secrets.secret";
    let Some(secret) = context.truthy(key).filter(|_| context.uses_cognito()) else { return };
    let Some(text) = secret.as_str() else {
        findings
            .report(&RULE, context.place(key))
            .severity(Severity::Warning)
            .message(format!("`oidc_secrets.secret` is {}; ConsoleMe sends what Python makes of it", secret.type_name()))
            .help("put the secret in quotes");
        return;
    };
    match ClientSecret::new(Zeroizing::new(text.to_owned())) {
        Ok(_) | Err(InvalidClientSecret::Placeholder | InvalidClientSecret::Empty) => {}
        Err(error) => {
            findings
                .report(&RULE, context.place(key))
                .message(format!("{error}; Cognito refuses every login"))
                .help("copy the secret from the app client's page in the Cognito console, in quotes");
        }
    }
}
