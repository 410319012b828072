use crate::consoleme::Environment;
use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("identity-from-a-header").consoleme("consoleme/default_plugins/plugins/auth/auth.py:145").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    if context.environment != Environment::Production {
        return;
    }
    let key = "auth.get_user_by_header";
    if context.uses_header() && context.truthy("auth.user_header_name").is_some() {
        findings
            .report(&RULE, context.place(key))
            .message(format!("`{key}` is on; whoever reaches ConsoleMe's port past your proxy is the user that they write into a header"))
            .help("log people in with `auth.get_user_by_oidc`, or let nothing but the proxy reach the port");
    }
    let key = "auth.get_groups_by_header";
    if context.truthy(key).is_some() && context.truthy("auth.groups_header_name").is_some() {
        findings
            .report(&RULE, context.place(key))
            .message(format!("`{key}` is on; whoever is in no group by then is in those that they write into a header, if the proxy lets it through"))
            .help("remove the line, or let the proxy take that header out of every request");
    }
}
