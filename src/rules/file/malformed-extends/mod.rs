use crate::consoleme::{Failure, LoadErrorKind};
use crate::finding::{Findings, Fix, Place, Rule};
use crate::yaml::{Edit, Span};

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
            .help("write a list of file names, such as `extends: [base.yaml]`; a secret is one text, `AWS_SECRETS_MANAGER:name`, without a space")
            .fix(Fix::safe(failure.edit(without_space)));
    }
}

/// Makes one text of the name of a secret that a space has made a mapping.
fn without_space(text: &str, span: Span) -> Option<Vec<Edit>> {
    let name = span.slice(text).strip_prefix("AWS_SECRETS_MANAGER:")?;
    let spaces = name.len() - name.trim_start_matches(' ').len();
    let is_name = |c: char| c.is_ascii_alphanumeric() || "/_+=.@-".contains(c);
    let is_certain = spaces > 0 && name.get(spaces..)?.chars().all(is_name);
    let start = span.end.checked_sub(u32::try_from(name.len()).ok()?)?;
    let end = start + u32::try_from(spaces).ok()?;
    is_certain.then(|| vec![Edit::replace(Span { start, end }, "")])
}
