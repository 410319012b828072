//! Is what we load what ConsoleMe loads?

use consoleme_cfg::consoleme::{self as ours, LoadErrorKind};
use consoleme_cfg::input_file::FileError;
use consoleme_cfg::yaml::ReadErrorKind;

use super::held::held;
use super::random::Random;
use crate::harness::{FileTree, consoleme};

const TREES: usize = 500;

/// Names that `extends` may have; not all of them are there.
const NAMES: [&str; 8] = [
    "root.yaml",
    "a.yaml",
    "b.yaml",
    "sub/c.yaml",
    "sub/d.yaml",
    "./b.yaml",
    "sub",
    "none.yaml",
];

/// The Python exceptions that our reason stands for.
fn classes(kind: &LoadErrorKind) -> &'static [&'static str] {
    match kind {
        LoadErrorKind::NotUtf8 => &["UnicodeDecodeError"],
        LoadErrorKind::Read(error) => match error.kind {
            ReadErrorKind::Value => &["ValueError", "ConstructorError", "KeyError"],
            ReadErrorKind::Depth => &["RecursionError"],
            _ => &[
                "ScannerError",
                "ParserError",
                "ComposerError",
                "ConstructorError",
                "ReaderError",
            ],
        },
        LoadErrorKind::RootNotMapping { .. } | LoadErrorKind::ExtendsNotIterable { .. } => {
            &["TypeError"]
        }
        LoadErrorKind::EntryNotText { .. } | LoadErrorKind::ExtendedNotMapping { .. } => {
            &["AttributeError"]
        }
        LoadErrorKind::ExtendedUnreadable(FileError::Directory) => &["IsADirectoryError"],
        LoadErrorKind::ExtendedUnreadable(_) => &["NotADirectoryError", "PermissionError"],
        LoadErrorKind::Cycle => &["RecursionError"],
        LoadErrorKind::EndlessMerge => &["RecursionError", "RuntimeError"],
        LoadErrorKind::Unexamined(_) | LoadErrorKind::Budget => &[],
    }
}

/// A value of few keys, so that files meet in many of them.
fn value(random: &mut Random, depth: usize) -> String {
    match random.below(8) {
        0 => "~".to_owned(),
        1 => "[1, 2]".to_owned(),
        2 => format!("text {}", random.below(100)),
        3 => format!("*x{}", random.below(3)),
        _ if depth > 0 => mapping(random, depth - 1),
        _ => random.below(100).to_string(),
    }
}

fn mapping(random: &mut Random, depth: usize) -> String {
    let entries: Vec<String> = (0..random.below(4))
        .map(|_| {
            let key = random.pick(&["p", "q", "r", "1", "true", "1.0", "'1'", "~"]);
            format!("{key}: {}", value(random, depth.saturating_sub(1)))
        })
        .collect();
    format!("{{{}}}", entries.join(", "))
}

/// What the file of this number extends: mostly later ones, which makes no circle.
fn extends(random: &mut Random, number: usize) -> String {
    let first = if random.percent(97) { number + 1 } else { 1 };
    let last = if random.percent(90) { 6 } else { NAMES.len() };
    let some = NAMES.get(first..last).unwrap_or(&["none.yaml"]);
    let names: Vec<&str> = (0..1 + random.below(3))
        .map(|_| random.pick(some))
        .collect();
    let list = format!("[{}]", names.join(", "));
    match random.below(80) {
        0 => "root.yaml".to_owned(),
        1 => "abc".to_owned(),
        2 => "7".to_owned(),
        3 => "yes".to_owned(),
        4 => "{none.yaml: 1, a.yaml: 2}".to_owned(),
        5 => "[a.yaml, 7]".to_owned(),
        6 => "[{AWS_SECRETS_MANAGER: x}]".to_owned(),
        7 => "2020-01-01".to_owned(),
        8 => "~".to_owned(),
        9 => "''".to_owned(),
        10 => "!!binary YQ==".to_owned(),
        11 => "[root.yaml]".to_owned(),
        12 => "[a.yaml/x]".to_owned(),
        13 => "!!omap [a.yaml: 1]".to_owned(),
        14 => "['']".to_owned(),
        15 => "[~]".to_owned(),
        _ => list,
    }
}

fn file(random: &mut Random, number: usize) -> String {
    let is_root = number == 0;
    if !is_root {
        match random.below(150) {
            0 => return String::new(),
            1 => return "# nothing\n".to_owned(),
            2 => return "[a]\n".to_owned(),
            3 => return "text\n".to_owned(),
            4 => return "a: b: c\n".to_owned(),
            _ => {}
        }
    }
    let shared = "[&x0 {p: 1, q: {r: 2}}, &x1 {q: {p: 3}, r: *x0}, &x2 {p: &y {p: *y}}]";
    let mut text = format!("{}: {shared}\n", random.pick(&["shared", "s", "anchors"]));
    if is_root {
        text += "environment: test\n";
    }
    for key in ["s", "t", "u"] {
        if random.percent(70) {
            text += &format!("{key}: {}\n", value(random, 3));
        }
    }
    if random.percent(if is_root { 95 } else { 30 }) {
        text += &format!("extends: {}\n", extends(random, number));
    }
    text
}

#[test]
fn files_are_merged_as_consoleme_merges_them() {
    let mut random = Random::from_environment();
    let trees: Vec<Vec<(&str, String)>> = (0..TREES)
        .map(|_| {
            let there = NAMES[..5].iter().enumerate();
            let there = there.filter(|&(index, _)| index == 0 || random.percent(85));
            let names: Vec<_> = there.collect();
            let text = |(index, name): (usize, &&'static str)| (*name, file(&mut random, index));
            names.into_iter().map(text).collect()
        })
        .collect();
    let requests: Vec<FileTree> = trees
        .iter()
        .map(|files| {
            let files: Vec<(&str, &str)> = files
                .iter()
                .map(|(name, text)| (*name, text.as_str()))
                .collect();
            FileTree::new(&files)
        })
        .collect();
    let theirs = consoleme().trees(&requests);
    let mut loaded = 0;
    for (files, theirs) in trees.iter().zip(theirs) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            std::fs::write(path, text).expect("it can be written");
        }
        let load = ours::load(&folder.path().join("root.yaml"));
        match (&load.result, &theirs) {
            (Ok(config), Ok(theirs)) => {
                let held = held(config.root());
                assert_eq!(format!("{held:?}"), format!("{theirs:?}"), "{files:#?}");
                loaded += 1;
            }
            (Err(failure), Err(raised)) => {
                let kind = &failure.error.kind;
                let classes = classes(kind);
                let class = raised.class.as_str();
                assert!(classes.contains(&class), "{kind:?} {raised:?} {files:#?}");
            }
            (_, theirs) => panic!("ours {:?}\ntheirs {theirs:?}\n{files:#?}", load.result),
        }
    }
    println!("{TREES} trees, of which ConsoleMe loads {loaded}");
    assert!(loaded > TREES / 4);
}
