use crate::consoleme::{Failure, LoadErrorKind};
use crate::finding::{Findings, Place, Rule};

pub(super) static RULE: Rule =
    Rule::error("extends-cycle").consoleme("consoleme/config/config.py:180").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(failure: &Failure, findings: &mut Findings) {
    let error = &failure.error;
    if matches!(error.kind, LoadErrorKind::Cycle) {
        findings
            .report(&RULE, Place::at(error.source, error.span, "extends"))
            .message("this file is extended by itself, directly or through others; ConsoleMe ends with a RecursionError")
            .help("take the entry out of one of the files");
    }
}
