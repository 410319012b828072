use crate::finding::{Findings, Rule};
use crate::live::subject::{CLIENT_ID, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("login-request-is-refused").consoleme("consoleme/lib/oidc.py:126").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, code: &str, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(CLIENT_ID))
        .message(format!("the provider knows the app client, and answers its request for a login with {code}; nobody can log in"))
        .help("in the Cognito console, look at App clients > your client > Login pages: an identity provider and the authorization code grant have to be chosen; ConsoleMe sends no PKCE challenge, so none may be demanded");
}
