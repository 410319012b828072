use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;
use crate::schema::nearest;

pub(super) static RULE: Rule =
    Rule::warning("unknown-email-claim").consoleme("consoleme/lib/oidc.py:261").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

/// The claims with one text in an ID token of Cognito: the standard attributes and its own.
const CLAIMS: [&str; 18] = [
    "address", "birthdate", "cognito:username", "email", "family_name", "gender", "given_name",
    "locale", "middle_name", "name", "nickname", "phone_number", "picture", "preferred_username",
    "profile", "sub", "website", "zoneinfo",
];

/// How other providers, and Cognito's access token, call a user.
const ELSEWHERE: [&str; 5] = ["emailaddress", "upn", "user", "user_email", "username"];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "get_user_by_oidc_settings.jwt_email_key";
    let Some(name) = context.text(key).filter(|_| context.uses_cognito()) else { return };
    if CLAIMS.contains(&name) || ["custom:", "dev:"].iter().any(|start| name.starts_with(start)) {
        return;
    }
    let slip = ELSEWHERE.contains(&name) || nearest(name, CLAIMS.into_iter(), false).is_some();
    let (severity, unless) = if slip {
        (Severity::Error, "")
    } else {
        (Severity::Warning, ", unless a trigger of the pool adds the claim")
    };
    findings
        .report(&RULE, context.place(key))
        .severity(severity)
        .message(format!("`jwt_email_key` is `{name}`, a claim that Cognito's ID tokens do not have; ConsoleMe finds no user and refuses every login{unless}"))
        .help("set `jwt_email_key: email`, or remove the line")
            .fix(Fix::risky(context.config.set(key, "email")));
}
