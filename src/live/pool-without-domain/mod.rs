use crate::finding::{Findings, Rule};
use crate::live::subject::Subject;

pub(in crate::live) static RULE: Rule =
    Rule::error("pool-without-domain").consoleme("consoleme/lib/oidc.py:137").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, key: &str, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(key))
        .message("the pool has no domain, so it has no login page: everybody who comes is sent to an error")
        .help("in the Cognito console, open the pool and add one: Branding > Domain > Create Cognito domain");
}
