use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::info("challenge-from-another-address").consoleme("consoleme/handlers/v2/challenge.py:136").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "challenge_url.request_ip_must_match_challenge_creation_ip";
    if context.get(key).is_some_and(|value| !value.is_truthy()) {
        findings
            .report(&RULE, context.place(key))
            .message(format!("`{key}` is off; somebody who answers a challenge that a stranger sent them logs in that stranger's command line"))
            .help("remove the line, unless people come by IPv4 with one and by IPv6 with the other");
    }
}
