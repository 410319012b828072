use crate::finding::{Findings, Rule, Suppression};

pub(super) static RULE: Rule =
    Rule::warning("malformed-suppression").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(suppression: &Suppression, findings: &mut Findings) {
    let Err(malformed) = &suppression.rule else { return };
    findings
        .report(&RULE, suppression.place.clone())
        .message(format!("the comment suppresses nothing: {malformed}"))
        .help("write `# consoleme-cfg: ignore[rule-id] reason`, or `ignore-file[rule-id]` for the whole file");
}
