use crate::finding::{Findings, Rule};
use crate::live::subject::{CLIENT_ID, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("login-page-without-branding").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(CLIENT_ID))
        .message("Cognito refuses to show this app client's login page, as it does where the client has no style for managed login; nobody can log in")
        .help("in the Cognito console, create a style for this client: Branding > Managed login > Create a style; or switch the domain to the classic hosted UI");
}
