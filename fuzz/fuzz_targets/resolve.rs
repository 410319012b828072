//! Any text as one scalar: no panic, a text that is read as a text means itself, every other value
//! survives being written, and in quotes every text stays a text.

#![no_main]

mod shown;

use consoleme_cfg::yaml::{self, SourceId, Tree, Value};
use libfuzzer_sys::fuzz_target;
use shown::shown;

fuzz_target!(|text: &str| {
    let quoted = read(&format!("a: {}\n", yaml::quote(text))).expect("what is quoted is read");
    assert_eq!(quoted, shown_text(text));
    // What has only characters of a plain scalar is one.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._+~=<".contains(c);
    let is_mixed = |c: char| is_plain(c) || "-: ".contains(c);
    let starts = text.starts_with(is_plain) || text.starts_with('-');
    let is_key = text.contains(": ") || text.ends_with(':') || text.starts_with("- ");
    if !starts || !text.chars().all(is_mixed) || is_key || text.ends_with(' ') || text == "-" {
        return;
    }
    let Some(plain) = read(&format!("a: {text}\n")) else {
        return;
    };
    assert!(!plain.starts_with("Str") || plain == shown_text(text), "{plain}");
    assert_eq!(read(&format!("[{text}]")).expect("it is read in a list too"), plain);
});

/// How the only value is read, after it was written and read once more.
fn read(document: &str) -> Option<String> {
    let mut tree = Tree::default();
    let root = yaml::read(document, SourceId(0), &mut tree).ok()?;
    let written = yaml::to_yaml(tree.node(root), "", &|_, _| false).ok()?;
    let mut again = Tree::default();
    let root_again = yaml::read(&written, SourceId(0), &mut again).expect("what was written is read");
    assert_eq!(shown(again.node(root_again)), shown(tree.node(root)));
    let root = tree.node(root);
    let value = root.get("a").or_else(|| root.items().next());
    value.map(shown)
}

fn shown_text(text: &str) -> String {
    format!("{:?}", Value::Str(text.into()))
}
