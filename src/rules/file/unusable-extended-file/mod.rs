use crate::consoleme::{Failure, LoadErrorKind};
use crate::finding::{Findings, Place, Rule};

pub(super) static RULE: Rule =
    Rule::error("unusable-extended-file").consoleme("consoleme/config/config.py:34").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(failure: &Failure, findings: &mut Findings) {
    let error = &failure.error;
    if matches!(
        error.kind,
        LoadErrorKind::ExtendedUnreadable(_)
            | LoadErrorKind::ExtendedNotMapping { .. }
            | LoadErrorKind::EndlessMerge
    ) {
        findings
            .report(&RULE, Place::at(error.source, error.span, "extends"))
            .message(format!("`{}`: {}; ConsoleMe does not start", error.path.display(), error.kind))
            .help("take the entry out, or write keys with values into that file");
    }
}
