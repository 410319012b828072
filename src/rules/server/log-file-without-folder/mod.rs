use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("log-file-without-folder").consoleme("consoleme/config/config.py:315").docs(include_str!("README.md"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "logging.file";
    if context.text(key).is_some_and(|file| !file.is_empty() && !file.contains(['/', '~'])) {
        findings
            .report(&RULE, context.place(key))
            .message("`logging.file` has no folder in it; ConsoleMe tries to make a folder without a name and does not start")
            .help("write the folder too, such as `./consoleme.log`");
    }
}
