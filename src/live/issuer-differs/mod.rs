use crate::finding::{Findings, Rule};
use crate::live::run::quoted;
use crate::live::subject::{METADATA_URL, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::warning("issuer-differs").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, said: Option<&str>, expected: &str, findings: &mut Findings) {
    let said = said.map_or_else(
        || "names no issuer".to_owned(),
        |said| format!("is that of the issuer {}", quoted(said)),
    );
    findings
        .report(&RULE, subject.place(METADATA_URL))
        .message(format!("the discovery document {said}, and its URL belongs to `{expected}`; ConsoleMe does not compare them, and trusts the document"))
        .help("if this is the right provider, write its issuer, without a slash at the end, and `/.well-known/openid-configuration`");
}
