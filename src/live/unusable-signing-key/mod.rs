use crate::finding::{Findings, Rule};
use crate::live::subject::Subject;

pub(in crate::live) static RULE: Rule =
    Rule::error("unusable-signing-key").consoleme("consoleme/lib/oidc.py:69").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, key: &str, problem: &str, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(key))
        .message(format!("ConsoleMe cannot use the provider's signing keys, and every login fails: {problem}"))
        .help("have the provider publish RSA or EC keys only, each with a `kid`, or name another document of keys");
}
