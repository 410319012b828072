use crate::finding::{Findings, Rule};
use crate::live::subject::{CLIENT_SCOPE, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("scope-is-not-allowed").consoleme("consoleme/lib/oidc.py:132").docs(include_str!("README.md"));

/// `scopes`: those that are refused by themselves; none where it cannot be told which.
pub(in crate::live) fn report(subject: Subject<'_>, scopes: &[&str], findings: &mut Findings) {
    const HELP: &str = "remove it, or allow it in the Cognito console: App clients > your client > Login pages > OpenID Connect scopes";
    for scope in scopes {
        findings
            .report(&RULE, subject.scope_place(scope))
            .message(format!("the app client may not ask for the scope `{scope}`; the browser is sent round and round"))
            .help(HELP);
    }
    if scopes.is_empty() {
        findings
            .report(&RULE, subject.place(CLIENT_SCOPE))
            .message("the app client may not ask for these scopes; the browser is sent round and round")
            .help(HELP);
    }
}
