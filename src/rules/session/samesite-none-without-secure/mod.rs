use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("samesite-none-without-secure").consoleme("consoleme/lib/oidc.py:308").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "auth.cookie.samesite";
    let none = |text: &str| text.eq_ignore_ascii_case("none");
    let Some(value) = context.get(key).filter(|value| value.is_null() || value.as_str().is_some_and(none)) else { return };
    let secure = context.get("auth.cookie.secure").map(|secure| secure.is_truthy());
    let https = context.text("url").is_some_and(|url| url.contains("https://"));
    if context.truthy("auth.set_auth_cookie").is_some() && !secure.unwrap_or(https) {
        findings
            .report(&RULE, context.place(key))
            .message(format!(
                "`{key}` is {}, and the cookie is not `Secure`; browsers drop it, and the login goes round in circles",
                if value.is_null() { "null, which ConsoleMe writes as `None`" } else { "`None`" }
            ))
            .help("write `Lax`, or remove the line")
            .fix(Fix::safe(context.config.set(key, "Lax")));
    }
}
