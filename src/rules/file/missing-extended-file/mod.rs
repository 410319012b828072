use crate::consoleme::{LoadNote, LoadNoteKind, Source};
use crate::finding::{Findings, Place, Rule};

pub(super) static RULE: Rule =
    Rule::warning("missing-extended-file").consoleme("consoleme/config/config.py:175").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(note: &LoadNote, _sources: &[Source], findings: &mut Findings) {
    if let LoadNoteKind::MissingFile { name, path } = &note.kind {
        findings
            .report(&RULE, Place::at(note.source, note.span, "extends"))
            .message(format!("there is no `{}`; ConsoleMe logs an error and goes on without it", path.display()))
            .help(format!("create the file, or take `{name}` out; names count from the folder of the first file"));
    }
}
