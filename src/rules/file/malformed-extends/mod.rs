use crate::consoleme::{Failure, LoadErrorKind};
use crate::finding::{Findings, Place, Rule};

pub(super) static RULE: Rule =
    Rule::error("malformed-extends").consoleme("consoleme/config/config.py:160").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(failure: &Failure, findings: &mut Findings) {
    let error = &failure.error;
    if matches!(
        error.kind,
        LoadErrorKind::ExtendsNotIterable { .. } | LoadErrorKind::EntryNotText { .. }
    ) {
        findings
            .report(&RULE, Place::at(error.source, error.span, "extends"))
            .message(format!("{}; it does not start", error.kind))
            .help("write a list of file names, such as `extends: [base.yaml]`; a secret is one text, `AWS_SECRETS_MANAGER:name`, without a space");
    }
}
