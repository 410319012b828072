//! `docs/keys.md` says what the catalogue says, and `docs/rules.md` what the rules' folders say.
//! Where this fails, write the pages anew: `SNAPSHOTS=overwrite cargo test --test reference`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics fails, as it should"
)]

use std::collections::BTreeMap;
use std::fmt::Write;

use consoleme_cfg::consoleme::{Catalogue, Key};
use consoleme_cfg::finding::Rule;
use consoleme_cfg::report::{key_page, rule_page};
use consoleme_cfg::rules;
use snapbox::{assert_data_eq, file};

const TOP: &str = "Top level";

/// The part of the page that a key belongs in.
fn section(key: &Key) -> String {
    match key.path.split_once([':', '.', '[']) {
        Some((first, _)) => first.to_owned(),
        None if key.at.named().next().is_some() => key.path.clone(),
        None => TOP.to_owned(),
    }
}

fn page_of_keys() -> String {
    let keys = Catalogue::keys();
    let (inside, outside): (Vec<_>, Vec<_>) = keys.iter().partition(|key| !key.path.contains(':'));
    let mut sections: BTreeMap<String, Vec<&Key>> = BTreeMap::new();
    for key in &inside {
        sections.entry(section(key)).or_default().push(key);
    }
    // A key with free names below it belongs to these.
    let top = sections.remove(TOP).expect("keys at the top level");
    let (alone, heads): (Vec<_>, Vec<_>) = top
        .into_iter()
        .partition(|key| !sections.contains_key(&key.path));
    for head in heads {
        sections
            .entry(head.path.clone())
            .or_default()
            .insert(0, head);
    }
    let mut parts = vec![(TOP.to_owned(), alone)];
    parts.extend(sections);
    let mut kinds: BTreeMap<String, Vec<&Key>> = BTreeMap::new();
    for key in &outside {
        kinds
            .entry(format!("Not in the file: {}", section(key)))
            .or_default()
            .push(key);
    }
    parts.extend(kinds);

    let mut page = String::from(
        "# The keys of a ConsoleMe configuration\n\n\
         Every key that ConsoleMe 1.4.0 reads, and those that stand in examples and are read by nothing. This page is\n\
         written from `schemas/consoleme.schema.json`; `consoleme-cfg explain KEY` shows one key of it.\n\n",
    );
    for (name, keys) in &parts {
        writeln!(page, "- [{name}](#{}) ({})", anchor(name), keys.len()).expect("a text grows");
    }
    for (name, keys) in &parts {
        let anchor = anchor(name);
        write!(page, "\n<a id=\"{anchor}\"></a>\n\n## {name}\n").expect("a text grows");
        for key in keys {
            let path = &key.path;
            let here = (*path != anchor).then(|| format!("<a id=\"{}\"></a>\n\n", id(path)));
            let here = here.unwrap_or_default();
            let about = key_page(key);
            write!(page, "\n{here}### `{path}`\n\n{about}").expect("a text grows");
        }
    }
    page
}

fn anchor(name: &str) -> String {
    name.to_lowercase().replace(": ", "-").replace(' ', "-")
}

fn id(path: &str) -> String {
    path.replace(['<', '>'], "").replace(' ', "-")
}

fn page_of_rules() -> String {
    let mut groups: BTreeMap<&str, BTreeMap<&str, &Rule>> = BTreeMap::new();
    for (group, rule) in rules::grouped() {
        groups.entry(group).or_default().insert(rule.id, rule);
    }
    let mut page = String::from(
        "# Rules\n\n\
         Every defect that `validate` knows, by group; those of the group `live` are found with `--online` only. This\n\
         page is written from the rules' own folders; `consoleme-cfg explain RULE` shows one rule of it.\n\n\
         | rule | group | severity | in one sentence |\n|---|---|---|---|\n",
    );
    for (group, rules) in &groups {
        for (id, rule) in rules {
            let severity = rule.severity.name();
            let summary = rule.summary().replace('|', "\\|");
            writeln!(page, "| [{id}](#{id}) | {group} | {severity} | {summary} |")
                .expect("a text grows");
        }
    }
    for (group, rules) in &groups {
        write!(page, "\n## {group}\n").expect("a text grows");
        for rule in rules.values() {
            write!(page, "\n{}", below(&rule_page(rule), "##")).expect("a text grows");
        }
    }
    page
}

/// Markdown with its headings this much further down.
fn below(text: &str, deeper: &str) -> String {
    let mut code = false;
    let mut page = String::new();
    for line in text.lines() {
        code ^= line.starts_with("```");
        let is_heading = !code && line.starts_with('#');
        let deeper = if is_heading { deeper } else { "" };
        writeln!(page, "{deeper}{line}").expect("a text grows");
    }
    page
}

#[test]
fn the_reference_is_current() {
    assert_data_eq!(page_of_keys(), file!["../docs/keys.md"].raw());
}

#[test]
fn the_rules_page_is_current() {
    assert_data_eq!(page_of_rules(), file!["../docs/rules.md"].raw());
}
