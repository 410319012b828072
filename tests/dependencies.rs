//! Every dependency is named in docs/decisions.md, with its reason.

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

use std::collections::BTreeSet;

const MANIFEST: &str = include_str!("../Cargo.toml");
const DECISIONS: &str = include_str!("../docs/decisions.md");

fn in_manifest(tables: &[&str]) -> BTreeSet<String> {
    let manifest: toml::Table = MANIFEST.parse().unwrap();
    let tables = tables
        .iter()
        .filter_map(|table| manifest.get(*table)?.as_table());
    tables.flat_map(|table| table.keys().cloned()).collect()
}

fn listed(text: &str) -> BTreeSet<String> {
    text.split(", ").map(str::to_owned).collect()
}

#[test]
fn what_the_program_is_made_of_has_a_reason() {
    let section = DECISIONS
        .split("\n## ")
        .find(|section| section.starts_with("Dependencies"));
    let rows = section
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("| "));
    let rows = rows.filter(|row| !row.starts_with("crate |"));
    let mut named = BTreeSet::new();
    for row in rows {
        let (crates, reason) = row.split_once(" | ").unwrap();
        assert!(reason.trim_end_matches('|').trim().len() > 5, "{row}");
        named.extend(listed(crates));
    }
    assert_eq!(named, in_manifest(&["dependencies", "build-dependencies"]));
}

#[test]
fn what_only_the_tests_need_is_named() {
    let start = "Only for the tests: ";
    let line = DECISIONS.lines().find_map(|line| line.strip_prefix(start));
    let named = listed(line.unwrap().trim_end_matches('.'));
    assert_eq!(named, in_manifest(&["dev-dependencies"]));
}
