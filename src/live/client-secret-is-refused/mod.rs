use crate::finding::{Findings, Rule};
use crate::live::subject::{CLIENT_SECRET, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("client-secret-is-refused").consoleme("consoleme/lib/oidc.py:175").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(CLIENT_SECRET))
        .message("the provider refuses the client secret; people type their password and then get HTTP 500")
        .help("copy the secret of this very client from the Cognito console: App clients > your client > Client secret > Show; a client that has none cannot be used");
}
