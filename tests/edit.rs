//! Edits by key: what they make of a text, what they leave alone, and when there is none.

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

use std::path::Path;

use consoleme_cfg::consoleme::{Change, Config, load_text};
use consoleme_cfg::yaml::{Node, Step, apply};

fn config(text: &str) -> Config {
    let load = load_text("consoleme.yaml".into(), text, Path::new(""));
    load.result
        .unwrap_or_else(|failure| panic!("{text:?}: {failure:?}"))
}

/// The text after an edit; it has to be read again.
fn edited(text: &str, edit: impl FnOnce(&Config) -> Option<Change>) -> Option<String> {
    let change = edit(&config(text))?;
    let after = apply(text, &change.edits).unwrap();
    config(&after);
    Some(after)
}

#[track_caller]
fn assert_edit(text: &str, edit: impl FnOnce(&Config) -> Option<Change>, wanted: &str) {
    assert_eq!(edited(text, edit).as_deref(), Some(wanted), "{text:?}");
}

#[track_caller]
fn assert_none(text: &str, edit: impl FnOnce(&Config) -> Option<Change>) {
    assert_eq!(edited(text, edit), None, "{text:?}");
}

fn at<'c>(config: &'c Config, key: &str) -> Node<'c> {
    config.get(key).unwrap().unwrap()
}

/// The last entry of a mapping at the top, or of the root for an empty name.
fn entry<'c>(config: &'c Config, section: &str, name: &str) -> Step<'c> {
    let map = match section {
        "" => config.root(),
        section => at(config, section),
    };
    let (key, value) = map.entry(name).unwrap();
    Step { map, key, value }
}

#[test]
fn a_value_is_replaced_and_keeps_its_quotes() {
    let set =
        |key: &'static str, value: &'static str| move |config: &Config| config.set(key, value);
    assert_edit("a: 1 # one\r\n", set("a", "2"), "a: 2 # one\r\n");
    assert_edit("a: \"x\"\n", set("a", "y"), "a: \"y\"\n");
    assert_edit("a: 'x'", set("a", "y"), "a: 'y'");
    assert_edit("a: \"x\"\n", set("a", "true"), "a: true\n");
    assert_edit("a: # none\nb: 1\n", set("a", "2"), "a: 2 # none\nb: 1\n");
    assert_edit("{a: , b: 1}\n", set("a", "2"), "{a: 2 , b: 1}\n");
    assert_edit(
        "a: {b: {c: no}}\n",
        set("a.b.c", "yes"),
        "a: {b: {c: yes}}\n",
    );
    assert_edit("a: |\n  x\n  y\nb: 1\n", set("a", "z"), "a: z\nb: 1\n");
    assert_edit("a: [1,\n  2]\n", set("a", "[3]"), "a: [3]\n");
    assert_edit("\u{feff}ä: 1\n", set("ä", "2"), "\u{feff}ä: 2\n");
    assert_none("a: &x 1\nb: *x\n", set("a", "2"));
    assert_none("a: &x 1\nb: *x\n", set("b", "2"));
    assert_none("a: &x {b: 1}\nc: *x\n", set("a.b", "2"));
    assert_none("x: &x {b: 1}\nc:\n  <<: *x\n", set("c.b", "2"));
    assert_none("a: !!str 1\n", set("a", "2"));
    assert_none("a: [1, # one\n  2]\n", set("a", "[3]"));
    assert_none("a: > # folded\n  x\n", set("a", "y"));
    assert_none("a:\n| \n x\n", set("a", "y"));
    assert_none("a:\n  b: 1\n", set("a", "2"));
}

#[test]
fn a_missing_key_goes_to_the_end_of_its_section() {
    let set = |key: &'static str| move |config: &Config| config.set(key, "v");
    assert_edit(
        "a:\n  b: 1 # c\n# d\ne: 1\n",
        set("a.x"),
        "a:\n  b: 1 # c\n  x: v\n# d\ne: 1\n",
    );
    assert_edit("a: 1", set("x"), "a: 1\nx: v");
    assert_edit(
        "a: 1\r\nb:\r\n    c: 1\r\n",
        set("x.y.z"),
        "a: 1\r\nb:\r\n    c: 1\r\nx:\r\n    y:\r\n        z: v\r\n",
    );
    assert_edit("a:\n- b\nc: [1]\n", set("a2"), "a:\n- b\nc: [1]\na2: v\n");
    assert_edit(
        "a:\n  b: |+\n    x\n\nc: 1\n",
        set("a.x"),
        "a:\n  x: v\n  b: |+\n    x\n\nc: 1\n",
    );
    assert_edit("a: {}\n", set("a.x"), "a: {x: v}\n");
    assert_edit("a: {b: 1}\n", set("a.x.y"), "a: {b: 1, x: {y: v}}\n");
    assert_edit(
        "a: {\n  b: 1, # one\n}\n",
        set("a.x"),
        "a: {x: v, \n  b: 1, # one\n}\n",
    );
    assert_edit("a: 1\n...\n", set("x"), "a: 1\nx: v\n...\n");
    assert_edit(
        "x: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n",
        set("c.e"),
        "x: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n  e: v\n",
    );
    assert_none("a:\nb: 1\n", set("a.x"));
    assert_none("a: &x {b: 1}\nc: *x\n", set("c.d"));
}

#[test]
fn an_entry_goes_with_its_line_and_no_comment() {
    let remove = |key: &'static str| move |config: &Config| config.remove(key);
    assert_edit("a: 1\nb: 2\nc: 3\n", remove("b"), "a: 1\nc: 3\n");
    assert_edit(
        "a: 1\n# about b\nb: 2 # too\nc: 3\n",
        remove("b"),
        "a: 1\n# about b\n# too\nc: 3\n",
    );
    assert_edit("a: 1\r\nb: 2", remove("b"), "a: 1\r\n");
    assert_edit(
        "a:\n  b: 1\n  c:\n    d: |\n      x\n\n      y\ne: 1\n",
        remove("a.c"),
        "a:\n  b: 1\ne: 1\n",
    );
    assert_edit("a:\n  b:\n    c: 1\nd: 1\n", remove("a.b.c"), "d: 1\n");
    assert_edit("a:\n  # only\nb: 1\n", remove("a"), "  # only\nb: 1\n");
    assert_edit("{a: 1, b: 2, c: 3}\n", remove("a"), "{b: 2, c: 3}\n");
    assert_edit("{a: 1, b: 2, c: 3}\n", remove("c"), "{a: 1, b: 2}\n");
    assert_edit("a: {b: {c: 1}}\nd: 1\n", remove("a.b.c"), "d: 1\n");
    assert_edit(
        "x: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n",
        remove("c.d"),
        "x: &x {b: 1}\nc:\n  <<: *x\n",
    );
    assert_none("a: 1\n", remove("a"));
    assert_none("a:\n  # why\n  b: 1\n  # more\n  c: 2\nd: 1\n", remove("a"));
    assert_none("a: &x 1\nb: *x\n", remove("a"));
    assert_none("a: &x 1\nb: *x\n", remove("b"));
    assert_none("a: {b: &x 1}\nb: *x\n", remove("a"));
    assert_none("? a\n: 1\nb: 1\n", remove("a"));
    assert_none("a: {b: 1, # one\n  c: 2}\n", remove("a.b"));
}

#[test]
fn an_item_is_added_or_goes() {
    let push = |config: &Config| config.push(at(config, "a"), "x");
    assert_edit("a: [1]\n", push, "a: [1, x]\n");
    assert_edit("a: []\n", push, "a: [x]\n");
    assert_edit("a: [1, 2,]\n", push, "a: [x, 1, 2,]\n");
    assert_edit("a:\n- 1 # one\nb: 1\n", push, "a:\n- 1 # one\n- x\nb: 1\n");
    assert_edit(
        "a:\n  - b: 1\n    c: 1",
        push,
        "a:\n  - b: 1\n    c: 1\n  - x",
    );
    let remove = |config: &Config| {
        let list = at(config, "a");
        config.remove_item(list, list.items().next()?)
    };
    assert_edit("a: [1, 2]\n", remove, "a: [2]\n");
    assert_edit("a:\n  - 1 # one\n  - 2\n", remove, "a:\n  # one\n  - 2\n");
    assert_none("a: [1]\n", remove);
    assert_none("a: [&x 1, *x]\n", remove);
}

#[test]
fn a_text_gets_quotes_or_brackets_around_it() {
    let quote = |config: &Config| config.quote(at(config, "a"));
    assert_edit("a: 012 # c\n", quote, "a: \"012\" # c\n");
    assert_edit("{a: yes}\n", quote, "{a: \"yes\"}\n");
    assert_edit("a: x\"y\n", quote, "a: 'x\"y'\n");
    assert_none("a: x\"'y\n", quote);
    assert_none("a: x\n  y\n", quote);
    assert_none("a: 'x'\n", quote);
    assert_none("a:\n", quote);
    let list = |config: &Config| config.wrap_in_list(at(config, "a"));
    assert_edit("a: x # c\n", list, "a: [x] # c\n");
    assert_edit("a: x, y\n", list, "a: [\"x, y\"]\n");
    assert_edit("a: \"x\"\n", list, "a: [\"x\"]\n");
    assert_edit("a: {b: 1}\n", list, "a: [{b: 1}]\n");
    assert_edit(
        "a:\n  b: 1\n\n  c: |\n    x\n  # c\nd: 1\n",
        list,
        "a:\n  - b: 1\n\n    c: |\n      x\n  # c\nd: 1\n",
    );
    assert_none("a: &x y\nb: *x\n", list);
    let section = |config: &Config| config.wrap_in_section(at(config, "a"), "b");
    assert_edit("a: redis://x:1/2\n", section, "a: {b: redis://x:1/2}\n");
}

#[test]
fn an_entry_is_renamed_unless_the_name_is_taken() {
    let rename = |config: &Config| config.rename(entry(config, "a", "b"), "c");
    assert_edit("a:\n  b: 1 # c\n", rename, "a:\n  c: 1 # c\n");
    assert_edit("a: {\"b\": 1}\n", rename, "a: {\"c\": 1}\n");
    assert_none("a: {b: 1, c: 1}\n", rename);
    assert_none("a: &x {b: 1}\nd: *x\n", rename);
}

#[test]
fn an_entry_moves_or_becomes_sections() {
    let dotted = |config: &Config| config.relocate("", entry(config, "", "a.b.c"), "a.b.c");
    assert_edit(
        "a.b.c: 1 # c\nd: 1\n",
        dotted,
        "a:\n  b:\n    c: 1 # c\nd: 1\n",
    );
    assert_edit(
        "a.b.c:\n  - x\n  - y\nd: 1\n",
        dotted,
        "a:\n  b:\n    c:\n      - x\n      - y\nd: 1\n",
    );
    assert_edit("{a.b.c: 1, d: 1}\n", dotted, "{a: {b: {c: 1}}, d: 1}\n");
    assert_edit(
        "a:\n  x: 1\na.b.c: 1\n",
        dotted,
        "a:\n  x: 1\n  b:\n    c: 1\n",
    );
    assert_edit("a.x: 1\na.b.c: 1\n", dotted, "a.x: 1\na:\n  b:\n    c: 1\n");
    assert_none("a:\na.b.c: 1\n", dotted);
    let up = |config: &Config| config.relocate("a", entry(config, "a", "b"), "b");
    assert_edit("a:\n  b: 1\n  c: 2\nd: 3\n", up, "a:\n  c: 2\nd: 3\nb: 1\n");
    assert_edit("a:\n  b: 1\nd: 3\n", up, "d: 3\nb: 1\n");
    assert_none("a:\n  b: [1,\n  2]\nd: 3\n", up);
}

#[test]
fn an_edit_goes_into_the_file_that_the_value_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("base.yaml");
    std::fs::write(&base, "a: {b: 1, c: 2}\nd:\n  e: 1\nf.g: 1\n").unwrap();
    let name = folder.path().join("consoleme.yaml");
    let text = "extends: [base.yaml]\na:\n  c: 3\n";
    let config = load_text(name, text, folder.path()).result.unwrap();
    let after = |change: Option<Change>| {
        let change = change.unwrap();
        let source = config.source(change.source).unwrap();
        (change.source.0, apply(&source.text, &change.edits).unwrap())
    };
    let base = |text: &str| (1, text.to_owned());
    assert_eq!(
        after(config.remove("a.b")),
        base("a: {c: 2}\nd:\n  e: 1\nf.g: 1\n")
    );
    assert_eq!(
        after(config.remove("d.e")),
        base("a: {b: 1, c: 2}\nf.g: 1\n")
    );
    assert_eq!(
        after(config.set("d.x", "1")),
        base("a: {b: 1, c: 2}\nd:\n  e: 1\n  x: 1\nf.g: 1\n")
    );
    let dotted = entry(&config, "", "f.g");
    assert_eq!(
        after(config.relocate("", dotted, "f.g")),
        base("a: {b: 1, c: 2}\nd:\n  e: 1\nf:\n  g: 1\n")
    );
    let root = |text: &str| (0, text.to_owned());
    assert_eq!(
        after(config.set("a.c", "4")),
        root("extends: [base.yaml]\na:\n  c: 4\n")
    );
    assert_eq!(
        after(config.set("x", "1")),
        root("extends: [base.yaml]\na:\n  c: 3\nx: 1\n")
    );
}
