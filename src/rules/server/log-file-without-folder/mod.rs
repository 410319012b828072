use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;
use crate::yaml::quote;

pub(super) static RULE: Rule =
    Rule::error("log-file-without-folder").consoleme("consoleme/config/config.py:315").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "logging.file";
    let Some(file) = context.text(key) else { return };
    if !file.is_empty() && !file.contains(['/', '~']) {
        findings
            .report(&RULE, context.place(key))
            .message("`logging.file` has no folder in it; ConsoleMe tries to make a folder without a name and does not start")
            .help("write the folder too, such as `./consoleme.log`")
            .fix(Fix::safe(context.config.set(key, &quote(&format!("./{file}")))));
    }
}
