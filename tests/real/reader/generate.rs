//! Documents: mutated configurations, documents of a grammar, every scalar in every place, and
//! heaps of fragments.

use consoleme_cfg::yaml::{self, SourceId, Tree};

use super::random::Random;

/// Configurations to mutate.
const CONFIGURATIONS: [&str; 3] = [
    include_str!("../../data/cognito.yaml"),
    include_str!("../../data/extended.yaml"),
    include_str!("../../data/unicode.yaml"),
];

/// Scalars of every kind, and what looks like one.
#[rustfmt::skip]
const SCALARS: [&str; 117] = [
    "", "~", "null", "Null", "NULL", "nULL", "none", "yes", "Yes", "YES", "yEs", "no", "on", "On", "off",
    "OFF", "true", "True", "TRUE", "tRUE", "false", "y", "n", "Y", "0", "-0", "+0", "00", "7", "-7", "+7",
    "007", "08", "012345670123", "012345678901", "123456789012", "1_000", "_1", "1_", "0_", "0b11", "-0b1_0",
    "0b", "0b_", "0b2", "0x1F", "0xg", "0x_", "+0x_f", "0o17", "190:20:30", "22:22", "60:60", "1:5",
    "-1:30:00", "0:30", "1:2:3:4.5", "190:20:30.15", "1:60", "1.", ".5", "+.5", "-.5", "-1.5", "1.5e+3",
    "1.5E-3", "1.5e3", "1e3", "1e+3", "1_0.5_0", ".", "..", "._5", "1._", ".inf", "-.INF", "+.Inf", ".iNF",
    ".nan", ".NaN", "-.nan", "685_230.15", "2012-10-17", "2012-1-7", "2020-02-30",
    "2001-12-14t21:59:43.10-05:00", "0000-01-01", "2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43.10",
    "2001-12-14T21:59:43Z", "=", "<<", "2001-12-14 24:00:00", "2001-12-14 01:02:03.1234567 +23:59",
    "2001-12-14 01:02:03 +24:00", "'q'", "\"q\"", "''", "\"\"", "'it''s'", "\"a\\tb\\x41\\u00e9\\U0001f600\"",
    "\"\\d\"", "'a\n\n  b'", "\"a \\\n  b\n  c\"", "plain text", "two\n  lines", "a#b",
    "http://a.example/b?c=d#e", "{{ x }}", "é 名 🎉", "a: b", "a:b", "-", "- a", "?", "!Ref x", "%a",
];

/// Places for a scalar.
#[rustfmt::skip]
const PLACES: [&str; 30] = [
    "@", "@\n", "a: @", "a: @\nb: 1", "a:\n  @\n", "- @", "- @\n- 1", "@: 1", "@ : 1", "? @\n: 1", "[@]",
    "[@, 1]", "[a, @]", "{@}", "{a: @}", "{a: @, b: 1}", "{@: 1}", "[@: 1]", "{? @ : 1}", "a: @ # c",
    "a: &x @\nb: *x", "a: !!str @", "a: ! @", "a: !!int @", "a: !!float @", "a: {<<: {b: @}}", "!!set {@}",
    "!!omap [@: 1]", "a: !!timestamp @", "--- @\n...\n",
];

/// What mutations put in.
#[rustfmt::skip]
const FRAGMENTS: [&str; 108] = [
    "\t", " ", "  ", "\n", "\n\n", "\r\n", "\r", ":", ": ", "- ", "? ", "#", " # c", "\"", "'", "''", "|",
    ">", "|-\n", ">+\n", "|2\n", ">-1\n", "|+ # c\n", "&a ", "&b ", "*a", "*b ", "!", "! ", "!!str ",
    "!!int ", "!!float ", "!!bool ", "!!null ", "!!map ", "!!seq ", "!!set ", "!!omap ", "!!pairs ",
    "!!binary ", "!!merge ", "!!value ", "!e!x ", "!x ", "!a,b", "!%41 ", "!<tag:yaml.org,2002:str> ",
    "!<tag:yaml.org,2002:int> ", "<<: *a", "<<: ", "<<: [*a, *b]", "<<: {k: v}", "=: ", "= ", "{", "}", "[",
    "]", ",", ", ", "%", "%YAML 1.1\n---\n", "%YAML 1.3\n---\n", "%YAML 2.0\n",
    "%TAG ! tag:yaml.org,2002:\n---\n", "%FOO bar\n", "---\n", "--- ", "...\n", "@", "`", "é", "\u{2028}",
    "\u{2029}", "\u{85}", "\u{a0}", "\u{feff}", "\u{1f600}", "\u{0}", "\u{7}", "\u{7f}", "\u{fffe}", "\\",
    "\\n", "\\\n", "\\x4", "\\ud800", "\\U00110000", "{a:}", "[a:]", "[a?b]", "{? a}", "[? a : b]",
    "{a: 1, a: 2}", "? [a]\n: b\n", "{[a]: b}", "{1: a, true: b, 1.0: c}", "{.nan: 1, .NaN: 2}", "{=: a}",
    "!!str {=: a}", "$", "^", "aGk=", "aGk", "&a [*a]", "&a {b: *a}", "&a {<<: *a}", "x: 1",
];

/// Documents of all kinds, about this many of each of the four.
pub fn documents(random: &mut Random, each: usize) -> Vec<String> {
    let mut documents = vec![
        long_key('a', 1022),
        long_key('a', 1025),
        long_key('é', 1023),
    ];
    for scalar in SCALARS {
        for place in PLACES {
            documents.push(place.replace('@', scalar));
        }
    }
    for _ in 0..each {
        documents.push(mutated(random));
        documents.push(document(random));
        let well_formed = document(random);
        documents.push(mutate(random, well_formed));
        let count = 1 + random.below(12);
        documents.push((0..count).map(|_| fragment(random)).collect());
    }
    for document in &mut documents {
        if random.percent(4) {
            document.insert(0, '\u{feff}');
        }
        match random.below(20) {
            0 => *document = document.replace('\n', "\r\n"),
            1 => *document = document.replace('\n', "\r"),
            _ => {}
        }
    }
    documents
}

fn long_key(c: char, length: usize) -> String {
    format!("{}: 1", String::from(c).repeat(length))
}

fn fragment(random: &mut Random) -> &'static str {
    match random.below(3) {
        0 => random.pick(&SCALARS),
        1 => random.pick(&["a", "b", "c d", "\n", " ", ": "]),
        _ => random.pick(&FRAGMENTS),
    }
}

/// A scalar; mostly one that can be a value without breaking the document.
fn scalar(random: &mut Random) -> &'static str {
    let stands = |scalar: &str| {
        let text = format!("a: {scalar}");
        yaml::read(&text, SourceId(0), &mut Tree::default()).is_ok()
    };
    loop {
        let scalar = random.pick(&SCALARS);
        if random.percent(3) || stands(scalar) {
            return scalar;
        }
    }
}

/// A part of a configuration, with mistakes.
fn mutated(random: &mut Random) -> String {
    let lines: Vec<&str> = random.pick(&CONFIGURATIONS).lines().collect();
    let start = random.below(lines.len());
    let length = random.pick(&[3, 8, 20, 60]);
    let part = lines.iter().skip(start).take(length);
    let mut text: String = part.flat_map(|line| [*line, "\n"]).collect();
    if random.percent(80) {
        text = mutate(random, text);
    }
    text
}

fn mutate(random: &mut Random, text: String) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for _ in 0..random.pick(&[1, 1, 1, 2, 3]) {
        let at = random.below(text.len() + 1);
        let rest = text.len() - at;
        let put: Vec<char> = match random.below(10) {
            0..4 => fragment(random).chars().collect(),
            // Another part of the same text.
            4 => {
                let from = random.below(text.len() + 1);
                let length = random.pick(&[3, 10, 40]);
                text.iter().skip(from).take(length).copied().collect()
            }
            _ => Vec::new(),
        };
        let gone = match random.below(10) {
            0..3 => 0,
            3..9 => random.pick(&[1, 1, 2, 5, 20]),
            _ if random.percent(20) => rest,
            _ => 1,
        };
        text.splice(at..at + gone.min(rest), put);
    }
    text.into_iter().collect()
}

/// A document with something behind its aliases.
fn document(random: &mut Random) -> String {
    let (start, is_list) = random.pick(&[("anchors:", false), ("-", true)]);
    let anchors = "[&n0 {k1: 1, k2: {k3: x}}, &n1 text, &n2 [{k4: 4}, *n0], &n3 {<<: *n0, k2: ~}]";
    format!("{start} {anchors}\n{}", block(random, 3, 0, is_list))
}

/// A node that starts on a line of its own.
fn block(random: &mut Random, depth: usize, indent: usize, is_list: bool) -> String {
    let pad = " ".repeat(indent);
    let mut text = String::new();
    for index in 0..1 + random.below(4) {
        let deeper = indent + random.pick(&[1, 2, 2, 2, 4]);
        if is_list {
            text += &format!("{pad}-");
        } else {
            let key = match random.below(12) {
                0 => {
                    text += &format!("{pad}<<: *n{}\n", random.pick(&[0, 0, 3, 3, 2, 1]));
                    format!("k{index}")
                }
                1 => format!("? k{index}\n{pad}"),
                2 => format!("\"q {index}\""),
                3 => (scalar(random)).replace('\n', " "),
                4 => "same".to_owned(),
                _ => format!("key_{index}"),
            };
            text += &format!("{pad}{key}:");
        }
        if random.percent(6) {
            text += &format!(" &n{}", 4 + random.below(1_000));
        }
        if random.percent(3) {
            text += random.pick(&[
                " !!map", " !!seq", " !!str", " !!set", " !!pairs", " !!omap",
            ]);
        }
        text += &match random.below(10) {
            0..4 if depth > 0 => {
                let is_list = random.percent(30);
                format!("\n{}", block(random, depth - 1, deeper, is_list))
            }
            4 if depth > 0 && is_list => {
                // The first entry in the line of the dash.
                let is_list = random.percent(30);
                let inner = block(random, depth - 1, indent + 2, is_list);
                format!(" {}", inner.trim_start_matches(' '))
            }
            5 => format!(" {}", flow(random, 2)),
            6 => multiline(random, deeper),
            7 => format!(" *n{}", random.below(4)),
            _ => format!(" {}", scalar(random).replace('\n', &format!("\n{pad}"))),
        };
        if !text.ends_with('\n') {
            text += random.pick(&["\n", "\n", "\n", "\n\n", " # comment\n", "   \n"]);
        }
    }
    text
}

fn flow(random: &mut Random, depth: usize) -> String {
    if depth == 0 || random.percent(40) {
        return scalar(random).replace('\n', " ");
    }
    let items: Vec<String> = (0..random.below(4))
        .map(|_| {
            let (a, b) = (flow(random, depth - 1), flow(random, depth - 1));
            match random.below(7) {
                0 => format!("? {a} : {b}"),
                1 => format!("\"{}\":{b}", random.below(9)),
                2 => format!("<<: {b}"),
                3..5 => format!("k{}: {b}", random.below(5)),
                _ => a,
            }
        })
        .collect();
    let items = items.join(random.pick(&[", ", ",", " ,\n  "]));
    match random.percent(50) {
        true => format!("{{{items}}}"),
        false => format!("[{items}]"),
    }
}

fn multiline(random: &mut Random, indent: usize) -> String {
    let sign = random.pick(&["|", ">", "|-", ">-", "|+", ">+", "|1", ">2-", "| # comment"]);
    let mut text = format!(" {sign}\n");
    for _ in 0..1 + random.below(4) {
        let extra = random.pick(&["", "", "", " ", "  ", "\t"]);
        let line = random.pick(&["a line", "# none", "é: x", "", "- item", "trailing  "]);
        match line.is_empty() {
            true => text += "\n",
            false => text += &format!("{}{extra}{line}\n", " ".repeat(indent)),
        }
    }
    text
}
