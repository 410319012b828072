use crate::consoleme::{Failure, LoadErrorKind};
use crate::finding::{Findings, Fix, Place, Rule};
use crate::yaml;

pub(super) static RULE: Rule =
    Rule::error("unreadable-yaml").consoleme("consoleme/config/config.py:207").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(failure: &Failure, findings: &mut Findings) {
    let error = &failure.error;
    let (message, help, fix) = match &error.kind {
        LoadErrorKind::Read(read) => {
            let fix = failure.edit(|text, span| yaml::repair(text, read.kind, span));
            (read.message.clone(), read.help.clone(), fix)
        }
        LoadErrorKind::NotUtf8 => {
            (error.kind.to_string(), "save the file as UTF-8".to_owned(), None)
        }
        _ => return,
    };
    findings
        .report(&RULE, Place::at(error.source, error.span, ""))
        .message(format!("{}; ConsoleMe does not start", message.trim_end_matches('.')))
        .help(help)
        .fix(Fix::safe(fix));
}
