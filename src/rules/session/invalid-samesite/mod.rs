use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::info("invalid-samesite").consoleme("consoleme/lib/oidc.py:308").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "auth.cookie.samesite";
    let Some(value) = context.get(key) else { return };
    let known = ["lax", "strict", "none"];
    if value.is_null() {
        // Without `Secure` it is another matter: browsers drop the cookie.
        if context.text("url").is_some_and(|url| url.contains("https://")) {
            findings
                .report(&RULE, context.place(key))
                .message("`auth.cookie.samesite` is null, which ConsoleMe writes as `None`; browsers send the session with requests from other sites too")
                .help("write `Lax`")
            .fix(Fix::risky(context.config.set(key, "Lax")));
        }
    } else if !value.as_str().is_some_and(|text| known.contains(&text.to_ascii_lowercase().as_str())) {
        findings
            .report(&RULE, context.place(key))
            .message("`auth.cookie.samesite` is none of the words that browsers know; they take it for `Lax`")
            .help("write `Lax`")
            .fix(Fix::safe(context.config.set(key, "Lax")));
    }
}
