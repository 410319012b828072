use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("cookie-without-a-name").consoleme("consoleme/lib/oidc.py:299").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "auth_cookie_name";
    let Some(name) = context.get(key) else { return };
    // The characters of a token (RFC 6265 §4.1.1).
    let usable = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
    };
    if !name.as_str().is_some_and(usable) {
        findings
            .report(&RULE, context.place(key))
            .message("`auth_cookie_name` cannot be the name of a cookie; ConsoleMe fails to set it and every login ends with HTTP 500")
            .help("remove the line; the name is `consoleme_auth` then")
            .fix(Fix::risky(context.config.remove(key)));
    }
}
