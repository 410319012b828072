use crate::finding::{Findings, Rule};
use crate::live::subject::{METADATA_URL, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("incomplete-discovery-document").consoleme("consoleme/lib/oidc.py:57").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, missing: &[&str], findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(METADATA_URL))
        .message(format!("the provider's discovery document lacks `{}`, which ConsoleMe needs at every login", missing.join("` and `")))
        .help("point `metadata_url` at a provider that people can log in through; a document for machines only will not do");
}
