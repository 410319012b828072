use crate::cognito::PoolId;
use crate::finding::{Findings, Rule};
use crate::live::subject::{METADATA_URL, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("pool-does-not-exist").consoleme("consoleme/lib/oidc.py:30").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, pool: &PoolId, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(METADATA_URL))
        .message(format!("Cognito knows no pool `{pool}` in this region; everybody who comes gets HTTP 500"))
        .help("write the pool's id and region as the Cognito console shows them: User pools > your pool > Overview");
}
