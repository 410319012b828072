use crate::cognito::{ClientSecret, InvalidClientSecret};
use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;
use crate::secret::Secret;
use crate::yaml::quote;

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
            .help("put the secret in quotes")
            .fix(Fix::safe(context.config.quote(secret)));
        return;
    };
    let help = "copy the secret from the app client's page in the Cognito console, in quotes";
    match ClientSecret::new(Secret::from(text.to_owned())) {
        Ok(_) if context.text("oidc_secrets.client_id") == Some(text) => {
            findings
                .report(&RULE, context.place(key))
                .severity(Severity::Warning)
                .message("`oidc_secrets.secret` is the client id; Cognito has another text for the secret")
                .help(help);
        }
        Ok(secret) if !secret.is_usual() => {
            let length = text.len();
            findings
                .report(&RULE, context.place(key))
                .severity(Severity::Warning)
                .message(format!("`oidc_secrets.secret` has {length} characters, and the secrets of Cognito 24 to 64; it refuses every login with another one"))
                .help(help);
        }
        Ok(_) | Err(InvalidClientSecret::Placeholder | InvalidClientSecret::Empty) => {}
        Err(error) => {
            // Only a careless copy has white space around it.
            let is_secret = ClientSecret::new(Secret::from(text.trim().to_owned())).is_ok();
            let trimmed = is_secret.then(|| context.config.set(key, &quote(text.trim()))).flatten();
            findings
                .report(&RULE, context.place(key))
                .message(format!("{error}; Cognito refuses every login"))
                .help(help)
                .fix(Fix::secret(trimmed));
        }
    }
}
