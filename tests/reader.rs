//! Properties of the reader that hold for every text.

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

use std::collections::HashSet;
use std::io::Write;
use std::os::fd::AsRawFd;

use consoleme_cfg::consoleme::{self, LoadErrorKind, LoadNoteKind, Location};
use consoleme_cfg::yaml::{
    self, Edit, Lines, Node, NodeId, ReadErrorKind, SourceId, Span, Style, Tree, Value, WriteError,
};
use proptest::collection::vec;
use proptest::prelude::*;

const CONFIGURATIONS: [&str; 3] = [
    include_str!("data/cognito.yaml"),
    include_str!("data/extended.yaml"),
    include_str!("data/unicode.yaml"),
];

const PIECES: [&str; 56] = [
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "  ",
    "\t",
    "\r\n",
    ": ",
    ":",
    "- ",
    "? ",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "#",
    " # c",
    "'",
    "\"",
    "|\n",
    ">-\n",
    "|2+\n",
    "&a ",
    "*a",
    "!!str ",
    "!!set ",
    "!!omap ",
    "!x ",
    "<<: ",
    "=",
    "%",
    "@",
    "---\n",
    "...\n",
    "a",
    "b c",
    "key: value\n",
    "- item\n",
    "1",
    "012",
    "yes",
    "~",
    "1.5",
    "2001-01-01",
    "é",
    "名",
    "🎉",
    "\u{2028}",
    "\u{85}",
    "\u{feff}",
    "\\",
    "\\n",
    "\\x41",
    "\\\n",
    "aGk=",
];

/// Texts that are nearly YAML.
fn nearly_yaml() -> impl Strategy<Value = String> {
    let heap = vec(prop::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat());
    let part = (
        0..CONFIGURATIONS.len(),
        any::<prop::sample::Index>(),
        0..40_usize,
    )
        .prop_map(|(which, start, length)| {
            let lines: Vec<&str> = CONFIGURATIONS[which].split_inclusive('\n').collect();
            let start = start.index(lines.len());
            lines
                .into_iter()
                .skip(start)
                .take(length)
                .collect::<String>()
        });
    let broken =
        (part.clone(), any::<prop::sample::Index>(), heap.clone()).prop_map(|(part, at, heap)| {
            let at = (0..=at.index(part.len() + 1))
                .rev()
                .find(|&at| part.is_char_boundary(at));
            let (before, after) = part.split_at(at.expect("0 is a boundary"));
            format!("{before}{heap}{after}")
        });
    prop_oneof![heap, part, broken, any::<String>()]
}

/// Values without aliases, as YAML in many styles.
fn valid_yaml() -> impl Strategy<Value = String> {
    let word =
        prop::sample::select(&["a", "b1", "word", "two words", "é 名", "x:y", "1", "yes"][..]);
    let text = prop_oneof![
        word.prop_map(str::to_owned),
        any::<String>().prop_map(|text| yaml::quote(&text)),
        Just("'it''s'".to_owned()),
        Just("\"a\\tb\"".to_owned()),
    ];
    let leaf = text.prop_map(|text| format!(" {text}\n"));
    leaf.prop_recursive(4, 24, 4, |inner| {
        let block = prop_oneof![Just("|"), Just(">-"), Just("|+")]
            .prop_map(|sign| format!(" {sign}\n  a line\n\n  another # no comment\n"));
        let indented = |text: String| text.replace('\n', "\n  ").trim_end_matches(' ').to_owned();
        let map = vec(inner.clone(), 1..4).prop_map(move |values| {
            let entries = values.into_iter().enumerate();
            let entry = |(index, value)| format!("key{index}:{}", indented(value));
            format!("\n{}", entries.map(entry).collect::<String>())
        });
        let list = vec(inner, 1..4).prop_map(move |values| {
            let entry = |value| format!("-{}", indented(value));
            format!(
                "\n{}# comment\n",
                values.into_iter().map(entry).collect::<String>()
            )
        });
        prop_oneof![map, list, block]
    })
    .prop_map(|text| text.trim_start_matches(['\n', ' ']).to_owned())
}

/// All nodes below one, each once.
fn nodes(root: Node<'_>) -> Vec<Node<'_>> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if !seen.insert(node.id()) {
            continue;
        }
        all.push(node);
        let mut add = |ids: &[NodeId]| open.extend(ids.iter().map(|&id| node.other(id)));
        match node.value() {
            Value::List(items) | Value::Set(items) => add(items),
            Value::Pair(key, value) => add(&[*key, *value]),
            Value::Map(map) => map
                .entries
                .iter()
                .chain(&map.lost)
                .for_each(|entry| add(&[entry.key, entry.value])),
            _ => {}
        }
    }
    all
}

/// A value as text that tells all differences.
fn shown(node: Node<'_>) -> String {
    match node.value() {
        Value::List(items) | Value::Set(items) => {
            format!(
                "{:?}",
                items
                    .iter()
                    .map(|&id| shown(node.other(id)))
                    .collect::<Vec<_>>()
            )
        }
        Value::Pair(key, value) => format!(
            "({}, {})",
            shown(node.other(*key)),
            shown(node.other(*value))
        ),
        Value::Map(map) => {
            let entry = |entry: &yaml::Entry| {
                (shown(node.other(entry.key)), shown(node.other(entry.value)))
            };
            format!("{:?}", map.entries.iter().map(entry).collect::<Vec<_>>())
        }
        value => format!("{value:?}"),
    }
}

fn plain(tree: &mut Tree, text: &str) -> NodeId {
    yaml::read(text, SourceId(0), tree).unwrap_or_else(|error| panic!("{error}: {text:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nodes_and_errors_stand_in_the_text(text in nearly_yaml()) {
        let mut tree = Tree::default();
        match yaml::read(&text, SourceId(7), &mut tree) {
            Err(error) => {
                let Span { start, end } = error.span;
                prop_assert!(start <= end);
                prop_assert!(text.get(start as usize..end as usize).is_some(), "{error:?}");
                prop_assert!(!error.message.is_empty() && error.help.ends_with('.'));
                prop_assert!(Lines::new(&text).position(start) <= Lines::new(&text).position(end));
            }
            Ok(root) => for node in nodes(tree.node(root)) {
                prop_assert_eq!(node.source(), SourceId(7));
                let Span { start, end } = node.span();
                let written = text.get(start as usize..end as usize);
                prop_assert!(written.is_some(), "{:?}", node.span());
                let written = written.unwrap_or_default();
                let first = written.chars().next();
                match node.style() {
                    Style::SingleQuoted => prop_assert!(first == Some('\'') && written.ends_with('\'')),
                    Style::DoubleQuoted => prop_assert!(first == Some('"') && written.ends_with('"')),
                    Style::Literal => prop_assert_eq!(first, Some('|')),
                    Style::Folded => prop_assert_eq!(first, Some('>')),
                    Style::Plain => {
                        if let (Value::Str(held), false) = (node.value(), written.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])) {
                            prop_assert_eq!(&**held, written);
                        }
                    }
                    Style::Block | Style::Flow => {
                        for part in node.entries().flat_map(|(key, value)| [key, value]).chain(node.items()) {
                            // An alias stands elsewhere, what `<<` brings does, too.
                            let inside = start <= part.span().start && part.span().end <= end;
                            prop_assert!(inside || text.contains(['*', '&']), "{:?} in {:?}", part.span(), node.span());
                        }
                    }
                }
            },
        }
    }

    #[test]
    fn an_edit_changes_what_it_edits_and_nothing_else(
        text in valid_yaml(),
        which in any::<prop::sample::Index>(),
        new in any::<String>(),
    ) {
        let mut tree = Tree::default();
        let root = plain(&mut tree, &text);
        let leaves: Vec<Node<'_>> = nodes(tree.node(root))
            .into_iter()
            .filter(|node| node.as_str().is_some() && !is_key(tree.node(root), node.id()))
            .collect();
        prop_assume!(!leaves.is_empty());
        let leaf = leaves[which.index(leaves.len())].id();
        let edit = Edit { span: tree.node(leaf).span(), text: yaml::quote(&new) };
        let edited = yaml::apply(&text, &[edit]).expect("one edit in the text");

        let mut expected = tree.clone();
        *expected.value_mut(leaf).expect("it is there") = Value::Str(new.into());
        let mut after = Tree::default();
        let after_root = plain(&mut after, &edited);
        prop_assert_eq!(shown(after.node(after_root)), shown(expected.node(root)), "{}\n{}", text, edited);
    }

    #[test]
    fn edits_keep_what_is_between_them(text in any::<String>(), cuts in vec(any::<prop::sample::Index>(), 0..6)) {
        let boundaries: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| boundaries[cut.index(boundaries.len())]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let span = |start: usize, end: usize| Span { start: start as u32, end: end as u32 };
        let edits: Vec<Edit> = cuts
            .chunks_exact(2)
            .map(|cut| Edit { span: span(cut[0], cut[1]), text: "new".to_owned() })
            .collect();
        let mut expected = String::new();
        let mut at = 0;
        for edit in &edits {
            expected += &text[at..edit.span.start as usize];
            expected += "new";
            at = edit.span.end as usize;
        }
        expected += &text[at..];
        prop_assert_eq!(yaml::apply(&text, &edits), Ok(expected));
        if let (Some(first), Some(last)) = (edits.first(), edits.last()) {
            let all = Edit { span: span(first.span.start as usize, last.span.end as usize), text: String::new() };
            let mut overlapping = edits.clone();
            overlapping.push(all);
            prop_assert!(yaml::apply(&text, &overlapping).is_err());
        }
    }

    #[test]
    fn a_quoted_text_is_read_as_itself_everywhere(text in any::<String>()) {
        let quoted = yaml::quote(&text);
        prop_assert!(!quoted.contains(['\n', '\r']));
        let places = [
            quoted.clone(), format!("k: {quoted}\n"), format!("- {quoted} # c\n"), format!("[{quoted}]"),
            format!("{{k: {quoted}}}"), format!("{quoted}: 1"), format!("{{{quoted}: 1}}"),
        ];
        for place in places {
            let mut tree = Tree::default();
            let root = plain(&mut tree, &place);
            let found = nodes(tree.node(root)).iter().any(|node| node.as_str() == Some(&text));
            prop_assert!(found, "{place:?}");
        }
    }

    #[test]
    fn a_value_written_as_yaml_is_read_as_itself(text in nearly_yaml()) {
        let mut tree = Tree::default();
        if let Ok(root) = yaml::read(&text, SourceId(0), &mut tree) {
            let root = tree.node(root);
            // Tuples are written as lists.
            let pairs = nodes(root).iter().any(|node| matches!(node.value(), Value::Pair(..)));
            match yaml::to_yaml(root, "", &|_, _| false) {
                Err(error) => prop_assert_eq!(error, WriteError::Cycle),
                Ok(_) if pairs => {}
                Ok(written) => {
                    let mut again = Tree::default();
                    let read = plain(&mut again, &written);
                    prop_assert_eq!(shown(again.node(read)), shown(root), "{}", written);
                }
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused(bytes in vec(any::<u8>(), 0..200)) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("consoleme.yaml");
        std::fs::write(&path, &bytes).expect("it can be written");
        let load = consoleme::load(&path);
        if let Err(failure) = &load.result {
            let is_text = std::str::from_utf8(&bytes).is_ok();
            prop_assert_eq!(matches!(failure.error.kind, LoadErrorKind::NotUtf8), !is_text);
            let Span { start, end } = failure.error.span;
            prop_assert!(failure.sources[0].text.get(start as usize..end as usize).is_some());
        }
    }
}

fn is_key(root: Node<'_>, id: NodeId) -> bool {
    nodes(root)
        .iter()
        .any(|node| node.entries().any(|(key, _)| key.id() == id))
}

fn refusal(text: &str) -> ReadErrorKind {
    let read = yaml::read(text, SourceId(0), &mut Tree::default());
    read.expect_err("it is refused").kind
}

#[test]
fn a_hundred_thousand_levels_are_refused() {
    for level in [
        "[", "{a: ", "- ", "? ", "[[a], ", "{? ", "- - ? ", "!!seq [", "{<<: ",
    ] {
        let text = level.repeat(100_000);
        assert_eq!(refusal(&text), ReadErrorKind::Depth, "{level}");
    }
    let block: String = (0..2_000).map(|level| " ".repeat(level) + "a:\n").collect();
    assert_eq!(refusal(&block), ReadErrorKind::Depth);
}

#[test]
fn as_many_levels_as_python_takes_are_read() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("{<<: ", "}"), ("[[], ", "]")] {
        let levels = 481;
        let text = format!(
            "x: {}{{a: 1}}{}",
            open.repeat(levels - 1),
            close.repeat(levels - 1)
        );
        let mut tree = Tree::default();
        let root = plain(&mut tree, &text);
        assert!(yaml::to_json(tree.node(root), "", &|_, _| false).is_ok());
    }
}

#[test]
fn aliases_that_expand_without_end_are_not_written() {
    let mut bomb = "a0: &a0 [xxxxxxxxxx, xxxxxxxxxx]\n".to_owned();
    for level in 1..60 {
        let inside = format!("*a{}, ", level - 1).repeat(10);
        bomb += &format!("a{level}: &a{level} [{inside}]\n");
    }
    let mut tree = Tree::default();
    let root = plain(&mut tree, &bomb);
    let json = yaml::to_json(tree.node(root), "", &|_, _| false);
    assert_eq!(json, Err(WriteError::TooLarge));

    let mut tree = Tree::default();
    let root = plain(&mut tree, "a: &a {b: [*a]}");
    let written =
        [yaml::to_json, yaml::to_yaml].map(|write| write(tree.node(root), "", &|_, _| false));
    assert_eq!(written, [Err(WriteError::Cycle), Err(WriteError::Cycle)]);
}

#[test]
fn merges_that_copy_without_end_are_refused() {
    let keys: String = (0..10_000).map(|key| format!("k{key}, ")).collect();
    let text = format!("a: &a {{{keys}}}\nb: {{<<: [{}]}}", "*a, ".repeat(1_100));
    assert_eq!(refusal(&text), ReadErrorKind::Budget);

    // Python copies each entry ten times a level; a dictionary has it once.
    let mut bomb = "a0: &a0 {k0: 1, k1: 2}\n".to_owned();
    for level in 1..60 {
        let inside = format!("*a{}, ", level - 1).repeat(10);
        bomb += &format!("a{level}: &a{level} {{<<: [{inside}]}}\n");
    }
    let mut tree = Tree::default();
    let root = plain(&mut tree, &bomb);
    let last = tree.node(root).get("a59").expect("it is there");
    assert_eq!(last.entries().len(), 2);
}

#[test]
fn long_texts_are_read() {
    let long = 50 << 20;
    let mut tree = Tree::default();
    let root = plain(&mut tree, &format!("a: {}", "x".repeat(long)));
    assert_eq!(
        tree.node(root)
            .get("a")
            .and_then(Node::as_str)
            .map(str::len),
        Some(long)
    );

    let some = 1 << 19;
    for part in [
        "a ", "'' ", "\"\\n\" ", "1:", "1, ", "é", ": ", "? ", "[] ", "# ", "\n", " \n", "- a\n",
        "|\n", "{", "a: ", "&a ", "! ", "0", "_1", "x\n", "<<: ",
    ] {
        for opening in ["", "a: ", "[", "{", "'", "\"", "|\n ", "- "] {
            let text = format!("{opening}{}", part.repeat(some / part.len() / 4));
            let _ = yaml::read(&text, SourceId(0), &mut Tree::default());
        }
    }
    let keys: String = (0..100_000)
        .map(|key| format!("key{key}: {key}\n"))
        .collect();
    let root = plain(&mut tree, &keys);
    assert_eq!(tree.node(root).entries().len(), 100_000);
}

#[test]
fn keys_that_python_takes_for_one_are_one() {
    let mut tree = Tree::default();
    let root = plain(
        &mut tree,
        "{1: a, x: b, true: c, 1.0: d, x: e, .nan: f, .NaN: g}",
    );
    let Value::Map(map) = tree.node(root).value() else {
        panic!("a mapping")
    };
    let held: Vec<String> = map
        .entries
        .iter()
        .map(|entry| shown(tree.node(entry.value)))
        .collect();
    assert_eq!(held, ["Str(\"d\")", "Str(\"e\")", "Str(\"g\")"]);
    assert_eq!(map.lost.len(), 4);
    let key = tree.node(map.entries[1].key).span();
    assert_eq!(key.start, 30, "the key shows where the value is");

    let root = plain(&mut tree, "{1: a, 1.5: b, true: c}");
    assert_eq!(tree.node(root).entries().len(), 2);
    let root = plain(&mut tree, "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  x: 3\n");
    let Some(Value::Map(merged)) = tree.node(root).get("b").map(Node::value) else {
        panic!("a mapping")
    };
    assert!(
        merged.lost.is_empty(),
        "what `<<` brings is meant to be overridden"
    );
}

#[test]
fn a_tag_makes_of_a_text_what_it_names() {
    let mut tree = Tree::default();
    let tagged = "[!!timestamp 2001-01-02, !!str 12, !!int '12', !!float '1', !!bool 'yes']";
    let list = plain(&mut tree, tagged);
    let held: Vec<String> = tree.node(list).items().map(shown).collect();
    let date = plain(&mut tree, "2001-01-02");
    let date = shown(tree.node(date));
    assert_eq!(
        held,
        [&date, "Str(\"12\")", "Int(12)", "Float(1.0)", "Bool(true)"]
    );
    assert_eq!(refusal("!!timestamp [a]"), ReadErrorKind::Value);
    assert_eq!(refusal("!!int [a]"), ReadErrorKind::Value);
}

/// As PyYAML 6.0.3 reads them; `tests/real/reader` asks it about many more.
#[test]
fn numbers_have_every_form_of_yaml_1_1() {
    for (text, number) in [
        ("-5", "Int(-5)"),
        ("+5", "Int(5)"),
        ("012345670123", "Int(1402433619)"),
        ("-012", "Int(-10)"),
        ("0x1_f", "Int(31)"),
        ("-0b101", "Int(-5)"),
        ("1:30", "Int(90)"),
        ("-1:30:15", "Int(-5415)"),
        ("1_000", "Int(1000)"),
        ("-1.5", "Float(-1.5)"),
        ("1:30.5", "Float(90.5)"),
        ("-.inf", "Float(-inf)"),
        ("018", "Str(\"018\")"),
        ("1e3", "Str(\"1e3\")"),
        ("1.0e+3", "Float(1000.0)"),
    ] {
        let mut tree = Tree::default();
        let node = plain(&mut tree, text);
        assert_eq!(shown(tree.node(node)), number, "{text}");
    }
}

#[test]
fn files_that_cannot_be_examined_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let unexamined = |path: &std::path::Path| {
        let failure = consoleme::load(path).result.expect_err("it is no file");
        assert!(failure.error.kind.is_unexamined(), "{:?}", failure.error);
        failure.error.kind.to_string()
    };
    assert_eq!(
        unexamined(&folder.path().join("none.yaml")),
        "there is no such file"
    );
    assert_eq!(unexamined(folder.path()), "it is a directory");
    assert_eq!(
        unexamined("/dev/zero".as_ref()),
        "it is a device, not a regular file"
    );
    let pipe = folder.path().join("pipe");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .expect("mkfifo")
            .success()
    );
    assert_eq!(unexamined(&pipe), "it is a named pipe, not a regular file");
    let large = folder.path().join("large.yaml");
    let file = std::fs::File::create(&large).expect("it can be made");
    file.set_len((64 << 20) + 1).expect("a file with a hole");
    assert_eq!(unexamined(&large), "it is larger than 64 MiB");
}

#[test]
fn a_pipe_that_was_handed_over_is_read() {
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    let path = format!("/dev/fd/{}", reader.as_raw_fd());
    let writing = std::thread::spawn(move || {
        for _ in 0..10_000 {
            writer.write_all(b"- a line\n").expect("it is read");
        }
    });
    let failure = consoleme::load(path.as_ref()).result;
    writing.join().expect("it was written");
    let failure = failure.expect_err("a list is no configuration");
    assert!(matches!(
        failure.error.kind,
        LoadErrorKind::RootNotMapping { .. }
    ));
    assert_eq!(failure.sources[0].text.len(), 90_000);
}

#[test]
fn consoleme_looks_for_its_file_in_these_places() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join(".config/consoleme/config.yaml");
    let named = |name: &str| consoleme::locate(Some(name.into()), None);
    assert_eq!(named("none.yaml"), Location::File("none.yaml".into()));
    for remote in ["s3://bucket/key", "AWS_SECRETS_MANAGER:name"] {
        assert_eq!(named(remote), Location::Remote(remote.to_owned()));
    }
    let Location::Nowhere(places) = consoleme::locate(Some("".into()), Some(home.path().into()))
    else {
        panic!("there is none")
    };
    assert_eq!((places.len(), &places[1]), (4, &file));
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
    std::fs::write(&file, "").expect("it can be written");
    let found = consoleme::locate(None, Some(home.path().into()));
    assert_eq!(found, Location::File(file));
}

#[test]
fn what_consoleme_passes_over_is_noted() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("there.yaml"), "b: {c: 1}\n").expect("it can be written");
    let text = "extends: [none.yaml, there.yaml, AWS_SECRETS_MANAGER:a/b]\nb: {d: 2}\n";
    let load = consoleme::load_text("<stdin>".into(), text.to_owned(), folder.path());
    let noted: Vec<(&str, &LoadNoteKind)> = load
        .notes
        .iter()
        .map(|note| (note.span.slice(text), &note.kind))
        .collect();
    let path = folder.path().join("none.yaml");
    let missing = LoadNoteKind::MissingFile {
        name: "none.yaml".to_owned(),
        path,
    };
    let secret = LoadNoteKind::Secret {
        name: "a/b".to_owned(),
    };
    assert_eq!(
        noted,
        [
            ("none.yaml", &missing),
            ("AWS_SECRETS_MANAGER:a/b", &secret)
        ]
    );
    let config = load.result.expect("it is loaded");
    let value = config.get("b.c").expect("a mapping").expect("it is there");
    assert_eq!(
        config.sources()[value.source().0 as usize].name,
        folder.path().join("there.yaml")
    );
    let origins = consoleme::origins(&config, config.root(), "", &|path, _| path == "b.d");
    let told: Vec<String> = origins
        .expect("no alias")
        .iter()
        .map(|origin| {
            let file = origin.file.file_name().expect("a name").to_string_lossy();
            format!(
                "{file}:{} {} = {}",
                origin.position.line, origin.key, origin.value
            )
        })
        .collect();
    assert_eq!(
        told[3..],
        ["<stdin>:2 b.d = \"(hidden)\"", "there.yaml:1 b.c = 1"]
    );
}

#[test]
fn errors_name_the_likely_cause_on_the_right_characters() {
    use ReadErrorKind::*;
    let cases: &[(&str, ReadErrorKind, &str)] = &[
        ("a:\n\tb: 1\n", Tab, "\t"),
        ("a: 1\t# comment\n", Tab, "\t"),
        ("a:\t1\n", Tab, "\t"),
        ("format: %(asctime)s\n", Indicator, "%"),
        ("owner: @me\n", Indicator, "@"),
        ("code: `x`\n", Indicator, "`"),
        ("domain: *.example.com\n", Indicator, "*"),
        ("a: b: c\n", Colon, ":"),
        ("a: 1\nkey:value\nb: 2\n", Colon, ":"),
        ("key:value\nb: 2\n", Colon, ":"),
        ("a: 1\nlost words\nb: 2\n", Colon, "lost words"),
        ("a: 1\n  b: 2\n", Indentation, "b:"),
        ("a:\n  b: 1\n c: 2\n", Indentation, "c"),
        ("a: \"x\"\n \"b\": 1\n", Indentation, "\""),
        ("- a\nb: 1\n", Indentation, "b"),
        ("a: - b\n", Indentation, "-"),
        ("secret: {{ secret }}\n", Template, "{{"),
        ("url: {{ host }}/auth\n", Template, "{{"),
        ("x: {{ a | b }}\n", Template, "{{"),
        ("{% if x %}\na: 1\n", Template, "{%"),
        ("role: !Ref Role\n", Tag, "!Ref"),
        ("a: 1\n---\nb: 2\n", SecondDocument, "---"),
        ("a: \"x\nb: 1\n", Unclosed, "\""),
        ("a: 'it's'\n", Unclosed, "s"),
        ("a: [1, 2\nb: 3\n", Unclosed, "["),
        ("a: \"\\d+\"\n", Escape, "\\d"),
        ("a: *nothing\n", Alias, "*nothing"),
        ("a: &x 1\nb: &x 2\n", Anchor, "&x"),
        ("since: 2020-02-30\n", Value, "2020-02-30"),
        ("[a]: 1\n", UnhashableKey, "[a]"),
        ("<<: 1\n", Merge, "1"),
        ("a: <<\n", Merge, "<<"),
        ("a: \u{7}\n", Character, "\u{7}"),
        ("scopes: [a?b]\n", Indicator, "?"),
    ];
    for (text, kind, characters) in cases {
        let error = yaml::read(text, SourceId(0), &mut Tree::default()).expect_err(text);
        assert_eq!(
            (error.kind, error.span.slice(text)),
            (*kind, *characters),
            "{text:?} {error:?}"
        );
    }
}
