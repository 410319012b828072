//! The documentation holds together: the book has every page, no link leads nowhere, and what a page
//! quotes is what stands there.

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
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use snapbox::{Assert, Data, data::DataFormat};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of the book, by name.
fn pages() -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("docs")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| name.ends_with(".md") && name != "SUMMARY.md")
        .collect()
}

/// Every page, the front page and the changes too.
fn documents() -> Vec<PathBuf> {
    let pages = pages()
        .into_iter()
        .map(|name| root().join("docs").join(name));
    let others = ["README.md", "CHANGELOG.md", "docs/SUMMARY.md"];
    pages.chain(others.map(|name| root().join(name))).collect()
}

/// A page's lines outside code blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    })
}

/// Where the links of a page lead.
fn links(text: &str) -> Vec<&str> {
    let mut links = Vec::new();
    for line in prose(text) {
        let mut rest = line;
        while let Some((_, after)) = rest.split_once("](") {
            let (target, after) = after.split_once(')').expect("a link ends");
            links.push(target);
            rest = after;
        }
    }
    links
}

/// The names that a link may have behind its `#`: those of GitHub and mdBook for headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for line in prose(text) {
        if let Some((_, after)) = line.split_once("<a id=\"") {
            anchors.insert(after.split('"').next().unwrap().to_owned());
        }
        if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim().to_lowercase();
            let kept = heading
                .chars()
                .filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
            anchors.insert(kept.map(|c| if c == ' ' { '-' } else { c }).collect());
        }
    }
    anchors
}

#[test]
fn the_book_has_every_page() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let listed: Vec<String> = links(&summary).into_iter().map(str::to_owned).collect();
    let once: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(once.len(), listed.len(), "a page is listed twice");
    assert_eq!(once, pages());
}

#[test]
fn every_link_leads_somewhere() {
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for link in links(&text) {
            if link.starts_with("https://") {
                continue; // the tests need no network
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => document.clone(),
                file => document.parent().unwrap().join(file),
            };
            let name = document.display();
            assert!(target.exists(), "{name}: `{link}`");
            if !anchor.is_empty() {
                let text = fs::read_to_string(&target).unwrap();
                assert!(anchors(&text).contains(anchor), "{name}: `{link}`");
            }
        }
    }
}

/// A page with its quotes as they have to be. The comments `<!-- file: … -->` and
/// `<!-- part of: … -->` say where the code block below is from.
fn quoted(text: &str) -> String {
    let mut parts = text.split("<!-- ");
    let mut page = parts.next().unwrap().to_owned();
    for part in parts {
        let (comment, after) = part.split_once(" -->\n\n```").unwrap();
        let (language, after) = after.split_once('\n').unwrap();
        let (block, after) = after.split_once("\n```\n").unwrap();
        let (kind, file) = comment.split_once(": ").unwrap();
        let source = fs::read_to_string(root().join(file)).unwrap();
        let block = match kind {
            "file" => source.trim_end(),
            "part of" if source.contains(block) => block,
            "part of" => panic!("{file} has no {block}"),
            other => panic!("{other}"),
        };
        page.push_str(&format!(
            "<!-- {comment} -->\n\n```{language}\n{block}\n```\n{after}"
        ));
    }
    page
}

#[test]
fn what_is_quoted_stands_there() {
    let page = root().join("docs/contributing.md");
    let text = fs::read_to_string(&page).unwrap();
    assert_ne!(text.matches("<!-- file: ").count(), 0);
    let there = Data::read_from(&page, Some(DataFormat::Text)).raw();
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(quoted(&text), there);
}

/// The names of all fields, with those of what they hold.
fn fields(json: &Json, path: &str, found: &mut BTreeSet<String>) {
    match json {
        Json::Object(entries) => {
            for (name, value) in entries {
                let path = format!("{path}.{name}");
                fields(value, &path, found);
                found.insert(path);
            }
        }
        Json::Array(items) => {
            for item in items {
                fields(item, &format!("{path}[]"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_json_that_is_shown_has_the_fields_of_the_real_one() {
    let page = fs::read_to_string(root().join("docs/formats.md")).unwrap();
    let (_, block) = page.split_once("```json\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(root().join("tests/picture"))
        .args(["validate", "consoleme.yaml", "--format", "json"])
        .output()
        .unwrap();
    let (mut shown, mut real) = (BTreeSet::new(), BTreeSet::new());
    fields(&serde_json::from_str(block).unwrap(), "", &mut shown);
    fields(
        &serde_json::from_slice(&output.stdout).unwrap(),
        "",
        &mut real,
    );
    assert_eq!(shown, real);
}
