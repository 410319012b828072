use crate::finding::{Findings, Rule};
use crate::live::subject::{CLIENT_ID, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("unknown-client").consoleme("consoleme/lib/oidc.py:130").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, client_id: &str, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(CLIENT_ID))
        .message(format!("the provider does not take the client id `{client_id}`; people see its error page instead of a login page"))
        .help("write the client id that the Cognito console shows under App clients, and check that this client has a login page with an identity provider");
}
