use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("several-login-methods").consoleme("consoleme/handlers/base.py:319").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

/// In the order in which ConsoleMe tries them.
const METHODS: [&str; 3] =
    ["auth.get_user_by_saml", "auth.get_user_by_oidc", "auth.get_user_by_aws_alb_auth"];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut chosen = METHODS.iter().filter(|method| context.truthy(method).is_some());
    let Some(first) = chosen.next() else { return };
    for other in chosen {
        findings
            .report(&RULE, context.place(other))
            .message(format!("`{other}` is on beside `{first}`; ConsoleMe tries that one first and never comes to this one"))
            .help("leave one of them on");
    }
}
