use crate::finding::{Findings, Place, Rule};
use crate::rules::Context;
use crate::yaml::Value;

pub(super) static RULE: Rule =
    Rule::info("groups-in-two-files").consoleme("consoleme/config/config.py:32").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for hidden in context.config.hidden() {
        let lists = matches!((hidden.winner.value(), hidden.value.value()), (Value::List(_), Value::List(_)));
        let missed = hidden.value.items().any(|item| hidden.winner.items().all(|taken| taken.value() != item.value()));
        let groups = ["groups.", "dynamic_config.groups."].iter().any(|section| hidden.key.starts_with(section));
        if !(lists && missed && groups) {
            continue;
        }
        let file = context.config.source(hidden.value.source()).and_then(|source| source.name.file_name()).unwrap_or_default();
        findings
            .report(&RULE, Place::of(hidden.winner, hidden.key.clone()))
            .message(format!("`{}` stands in `{}` too, with other groups; ConsoleMe does not join lists, and those have no rights", hidden.key, file.display()))
            .help("write all groups into this list, or remove it");
    }
}
