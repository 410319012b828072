use crate::finding::{Findings, Rule};
use crate::live::subject::{CLIENT_ID, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("code-grant-is-off").consoleme("consoleme/lib/oidc.py:126").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(CLIENT_ID))
        .message("the app client may not use the authorization code grant, which is the only one that ConsoleMe uses; nobody can log in")
        .help("in the Cognito console, allow it: App clients > your client > Login pages > Edit > OAuth 2.0 grant types");
}
