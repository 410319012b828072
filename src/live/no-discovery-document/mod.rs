use crate::finding::{Findings, Rule};
use crate::live::subject::{METADATA_URL, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("no-discovery-document").consoleme("consoleme/lib/oidc.py:30").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, status: u16, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(METADATA_URL))
        .message(format!("the provider has no discovery document at `metadata_url` and answers {status}; everybody who comes gets HTTP 500"))
        .help("write the issuer that the provider names, and `/.well-known/openid-configuration`");
}
