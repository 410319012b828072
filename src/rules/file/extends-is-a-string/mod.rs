use crate::consoleme::{Change, LoadNote, LoadNoteKind, Source};
use crate::finding::{Findings, Fix, Place, Rule};
use crate::yaml::{self, Edit};

pub(super) static RULE: Rule =
    Rule::warning("extends-is-a-string").consoleme("consoleme/config/config.py:160").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(note: &LoadNote, sources: &[Source], findings: &mut Findings) {
    if note.kind == LoadNoteKind::ExtendsIsText {
        findings
            .report(&RULE, Place::at(note.source, note.span, "extends"))
            .message("`extends` is a string; ConsoleMe takes each of its letters for the name of a file, and merges nothing")
            .help("put the name in brackets: `extends: [base.yaml]`")
            .fix(Fix::safe(in_brackets(note, sources)));
    }
}

/// A name that stands right behind its key, so that no anchor or tag belongs to it.
fn in_brackets(note: &LoadNote, sources: &[Source]) -> Option<Change> {
    let text = &sources.get(note.source.0 as usize)?.text;
    let written = note.span.slice(text);
    let before = text.get(..note.span.start as usize)?;
    let is_certain = before.ends_with("extends: ") && yaml::quote(written) == written;
    is_certain.then(|| Change {
        source: note.source,
        edits: vec![Edit::insert(note.span.start, "["), Edit::insert(note.span.end, "]")],
    })
}
