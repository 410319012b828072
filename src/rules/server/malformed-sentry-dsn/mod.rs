use crate::finding::{Findings, Rule};
use crate::rules::Context;
use url::Url;

pub(super) static RULE: Rule =
    Rule::error("malformed-sentry-dsn").consoleme("consoleme/routes.py:225").not_shown_by_a_login("the tests do not start Sentry's library, which refuses it").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "sentry.dsn";
    if context.truthy(key).is_some() && !context.text(key).is_some_and(is_dsn) {
        findings
            .report(&RULE, context.place(key))
            .message(format!("`{key}` is no DSN of Sentry; ConsoleMe does not start"))
            .help("copy the DSN from the project's settings in Sentry, such as `https://KEY@o1.ingest.sentry.io/1`, or remove the line");
    }
}

/// A scheme, a public key, a host, and a project's number at the end of the path.
fn is_dsn(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let project = url.path().rsplit('/').next().unwrap_or_default();
    let numbered = !project.is_empty() && project.bytes().all(|digit| digit.is_ascii_digit());
    ["http", "https"].contains(&url.scheme()) && !url.username().is_empty() && numbered
}
