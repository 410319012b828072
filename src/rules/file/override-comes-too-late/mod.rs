use crate::finding::{Findings, Place, Rule};
use crate::rules::Context;
use std::path::Path;

pub(super) static RULE: Rule =
    Rule::warning("override-comes-too-late").consoleme("consoleme/config/config.py:32").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

/// What people call the file that others are to override.
const GENERAL: [&str; 5] = ["base", "common", "default", "global", "shared"];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(extends) = context.config.root().get("extends") else { return };
    let hidden = context.config.hidden();
    let name = |source| context.config.source(source).map(|source| source.name.as_path());
    for entry in extends.items() {
        let of_entry = |path: Option<&Path>| entry.as_str().is_some_and(|file| path.is_some_and(|path| path.ends_with(file)));
        let late = hidden.iter().filter(|hidden| of_entry(name(hidden.value.source())));
        let late: Vec<_> = late.filter(|hidden| name(hidden.winner.source()).is_some_and(is_general)).collect();
        let Some(first) = late.first() else { continue };
        let general = name(first.winner.source()).and_then(Path::file_name).unwrap_or_default();
        let others = match late.len() {
            1 => String::new(),
            2 => " and another key".to_owned(),
            count => format!(" and {} other keys", count - 1),
        };
        findings
            .report(&RULE, Place::of(entry, "extends"))
            .message(format!(
                "this file comes behind `{}`, and of two values ConsoleMe takes the first; `{}`{others} in it changes nothing",
                general.display(),
                first.key
            ))
            .help("move the file to the front of the list");
    }
}

fn is_general(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    path.parent().is_some() && GENERAL.iter().any(|word| stem.contains(word))
}
