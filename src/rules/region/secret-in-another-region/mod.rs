use crate::consoleme::{LoadNote, LoadNoteKind, Source};
use crate::finding::{Findings, Place, Rule};

pub(super) static RULE: Rule =
    Rule::warning("secret-in-another-region").consoleme("consoleme/config/config.py:167").not_tried("the variable EC2_REGION, which is no part of the file").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(note: &LoadNote, _sources: &[Source], findings: &mut Findings) {
    let LoadNoteKind::Secret { name } = &note.kind else { return };
    let Some(region) = name.strip_prefix("arn:").and_then(|arn| arn.split(':').nth(2)) else { return };
    if region != "us-east-1" {
        findings
            .report(&RULE, Place::at(note.source, note.span, "extends"))
            .message(format!("this secret is in {region}, and ConsoleMe looks for it in us-east-1, unless the variable EC2_REGION says otherwise; it does not start without it"))
            .help(format!("start ConsoleMe with `EC2_REGION={region}`; AWS_REGION is not looked at"));
    }
}
