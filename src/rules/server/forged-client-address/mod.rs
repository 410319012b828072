use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("forged-client-address").consoleme("consoleme/handlers/base.py:48").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "auth.remote_ip.trusted_remote_ip_header";
    if context.text(key).is_some_and(|name| name.eq_ignore_ascii_case("x-forwarded-for")) {
        findings
            .report(&RULE, context.place(key))
            .message(format!("`{key}` is `X-Forwarded-For`; ConsoleMe takes the first address in it, which is what the client wrote there"))
            .help("name a header that your proxy alone sets, with one address in it, such as `X-Real-IP`");
    }
}
