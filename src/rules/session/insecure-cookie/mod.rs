use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("insecure-cookie").consoleme("consoleme/lib/oidc.py:303").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let off = |key| context.get(key).is_some_and(|value| !value.is_truthy());
    let https = context.text("url").is_some_and(|url| url.starts_with("https://"));
    let key = "auth.cookie.secure";
    if https && off(key) {
        findings
            .report(&RULE, context.place(key))
            .message("`auth.cookie.secure` is off; browsers send the session over plain http too, where anybody on the way can take it")
            .help("remove the line; ConsoleMe sets the flag by itself where `url` is https")
            .fix(Fix::risky(context.config.remove(key)));
    }
    let key = "auth.cookie.httponly";
    if off(key) {
        findings
            .report(&RULE, context.place(key))
            .message("`auth.cookie.httponly` is off; a script on a page of ConsoleMe can read the session and send it away")
            .help("remove the line")
            .fix(Fix::safe(context.config.remove(key)));
    }
}
