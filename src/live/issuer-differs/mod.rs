use crate::finding::{Findings, Rule};
use crate::live::subject::{METADATA_URL, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::warning("issuer-differs").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, said: &str, expected: &str, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(METADATA_URL))
        .message(format!("the discovery document is that of the issuer {said}, not of `{expected}`; ConsoleMe does not compare them, and trusts it"))
        .help("write the issuer's own URL and `/.well-known/openid-configuration`, without a slash between");
}
