use std::collections::HashMap;

use crate::finding::{Findings, Fix, Place, Rule, Severity};
use crate::rules::Context;
use crate::yaml::{Key, Node, Step};

pub(super) static RULE: Rule =
    Rule::warning("repeated-key").consoleme("consoleme/config/config.py:207").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    context.config.walk(&mut |node, parent| {
        if node.lost().next().is_none() {
            return;
        }
        let all_kept: HashMap<Key<'_>, Node<'_>> = node.entries().map(|(key, value)| (key.key(), value)).collect();
        for (name, value) in node.lost() {
            let written = context.config.written(name);
            let dot = if parent.is_empty() { "" } else { "." };
            let key = format!("{parent}{dot}{written}");
            let kept = all_kept.get(&name.key());
            let same = kept.is_some_and(|kept| kept.value() == value.value() && !kept.is_map());
            let (severity, outcome) = if same {
                (Severity::Info, "with the same value")
            } else {
                (Severity::Warning, "and ConsoleMe forgets what stands here")
            };
            let entry = Step { map: node, key: name, value };
            let twin = same.then(|| context.config.remove_entry(parent, entry)).flatten();
            findings
                .report(&RULE, Place::of(name, key.clone()))
                .severity(severity)
                .message(format!("`{key}` is written again further down, {outcome}"))
                .help("bring both under one key")
                .fix(Fix::safe(twin));
        }
    });
}
