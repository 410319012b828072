use crate::consoleme::{Catalogue, Failure, LoadErrorKind};
use crate::finding::{Findings, Fix, Place, Rule};
use crate::yaml::{Edit, Span};

pub(super) static RULE: Rule =
    Rule::error("root-is-not-a-mapping").consoleme("consoleme/config/config.py:251").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(failure: &Failure, findings: &mut Findings) {
    let error = &failure.error;
    if let LoadErrorKind::RootNotMapping { found } = error.kind {
        let what = match found {
            "null" => "is empty",
            _ => "holds no keys",
        };
        findings
            .report(&RULE, Place::at(error.source, error.span, ""))
            .message(format!("the file {what}, and ConsoleMe does not start without a first key"))
            .help("write keys with values, such as `url: https://consoleme.example.com`, with a space behind the colon")
            .fix(Fix::safe(failure.edit(with_space)));
    }
}

/// Puts a space behind the colon of a known key.
fn with_space(text: &str, span: Span) -> Option<Vec<Edit>> {
    let (name, _) = span.slice(text).split_once(':')?;
    let is_key = Catalogue::root().named().any(|(known, _)| known == name);
    let at = span.start + u32::try_from(name.len()).ok()? + 1;
    is_key.then(|| vec![Edit::insert(at, " ")])
}
