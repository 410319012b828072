use crate::finding::{Findings, Rule};
use crate::live::subject::{SERVER_URL, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("callback-is-not-registered").consoleme("consoleme/lib/oidc.py:111").docs(include_str!("README.md"));

/// `certain`: the provider takes another callback of this client, so it is not the client that it
/// refuses.
pub(in crate::live) fn report(subject: Subject<'_>, callback: &str, certain: bool, findings: &mut Findings) {
    let message = if certain {
        format!("the provider refuses the callback URL `{callback}`: it is not registered, so nobody who comes there can log in")
    } else {
        format!("the provider refuses to log anybody in for the callback URL `{callback}`: it is not registered, or the client id is wrong")
    };
    let from_file = subject.callback().is_ok_and(|own| own.url == callback);
    let or = if from_file { "; or correct `url`" } else { "" };
    findings
        .report(&RULE, subject.place(SERVER_URL))
        .message(message)
        .help(format!("in the Cognito console, add `{callback}` to App clients > your client > Login pages > Allowed callback URLs, letter by letter{or}"));
}
