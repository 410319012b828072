use crate::consoleme::{Failure, LoadErrorKind};
use crate::finding::{Findings, Place, Rule, Severity};

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
        let place = Place::at(error.source, error.span, "extends");
        // One of the letters of a name without brackets, which is the cause.
        if let Some(letters) = findings.at(&place) {
            letters
                .severity(Severity::Error)
                .message(format!("`extends` is a string; ConsoleMe takes each of its letters for the name of a file, and `{}` keeps it from starting: {}", error.path.display(), error.kind));
            return;
        }
        findings
            .report(&RULE, place)
            .message(format!("`{}`: {}; ConsoleMe does not start", error.path.display(), error.kind))
            .help("take the entry out, or write keys with values into that file");
    }
}
