use crate::consoleme::{LoadNote, LoadNoteKind};
use crate::finding::{Findings, Place, Rule};

pub(super) static RULE: Rule =
    Rule::warning("extends-is-a-string").consoleme("consoleme/config/config.py:160").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(note: &LoadNote, findings: &mut Findings) {
    if note.kind == LoadNoteKind::ExtendsIsText {
        findings
            .report(&RULE, Place::at(note.source, note.span, "extends"))
            .message("`extends` is a string; ConsoleMe takes each of its letters for the name of a file, and merges nothing")
            .help("put the name in brackets: `extends: [base.yaml]`");
    }
}
