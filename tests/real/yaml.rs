//! Does the harness give what PyYAML holds, type by type?

use num_bigint::BigInt;

use crate::harness::{Raised, Value, consoleme};

fn one(text: &str) -> Result<Value, Raised> {
    consoleme().yaml(&[text]).remove(0)
}

#[test]
fn every_type_arrives_as_python_holds_it() {
    let text = r#"
none: ~
bool: yes
octal: 012345670123
large: 0xFFFFFFFFFFFFFFFFFFFFFFFF
negative: -9007199254740993
float: 1.5e+3
not a number: .nan
text: "012"
date: 2024-01-01
datetime: 2001-12-14t21:59:43.10-05:00
bytes: !!binary aGk=
set: !!set {b, a}
pairs: !!omap [{k: v}]
7: int key
surrogate: "\ud800"
list: [1, [2]]
"#;
    let value = one(text).expect("a document");
    let get = |key| value.get(key).cloned().expect("the key");
    assert_eq!(get("none"), Value::None);
    assert_eq!(get("bool"), true.into());
    assert_eq!(get("octal"), 1_402_433_619.into());
    assert_eq!(get("large"), Value::Int((BigInt::from(1) << 96) - 1));
    assert_eq!(get("negative"), (-9_007_199_254_740_993).into());
    assert_eq!(get("float"), Value::Float(1500.0));
    assert!(matches!(get("not a number"), Value::Float(number) if number.is_nan()));
    assert_eq!(get("text"), "012".into());
    assert_eq!(get("date"), Value::Date("2024-01-01".to_owned()));
    let moment = "2001-12-14 21:59:43.100000-05:00";
    assert_eq!(get("datetime"), Value::DateTime(moment.to_owned()));
    assert_eq!(get("bytes"), Value::Bytes(b"hi".to_vec()));
    assert_eq!(get("set"), Value::Set(vec!["a".into(), "b".into()]));
    let pair = Value::Tuple(vec!["k".into(), "v".into()]);
    assert_eq!(get("pairs"), Value::List(vec![pair]));
    assert_eq!(get("surrogate"), Value::Points(vec![0xD800]));
    assert_eq!(get("list"), Value::List(vec![1.into(), vec![2].into()]));
    let Value::Map(entries) = &value else {
        panic!("a map")
    };
    assert!(entries.contains(&(7.into(), "int key".into())));
}

#[test]
fn a_document_that_pyyaml_refuses_is_an_exception() {
    let tab = one("auth:\n\tget_user_by_oidc: true\n").expect_err("a tab");
    assert_eq!(tab.class, "ScannerError");
    assert!(
        tab.message.contains("'\\t' that cannot start any token"),
        "{}",
        tab.message
    );
    assert_eq!(
        one("a: 1\n---\nb: 2\n").expect_err("two documents").class,
        "ComposerError"
    );
    assert_eq!(
        one("d: 2020-02-30").expect_err("no such day").class,
        "ValueError"
    );
}

#[test]
fn values_that_hold_themselves_or_grow_without_end_are_told() {
    let itself = one("a: &a [*a]").expect("a document");
    assert_eq!(
        itself.get("a"),
        Some(&Value::List(vec![Value::Ancestor(1)]))
    );
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let inside = format!("*a{}, ", level - 1).repeat(10);
        bomb += &format!("a{level}: &a{level} [{inside}]\n");
    }
    assert_eq!(one(&bomb).expect_err("a bomb").class, "TooLarge");
    let deep = one(&("[".repeat(200) + &"]".repeat(200))).expect("a deep document");
    assert!(matches!(deep, Value::List(_)));
    let deeper = one(&"[".repeat(5000)).expect_err("too deep for Python");
    assert_eq!(deeper.class, "RecursionError");
}

#[test]
fn a_file_is_decoded_before_it_is_parsed() {
    let files: [&[u8]; 4] = [
        b"a: 1\r\nb: |\r\n  x\r\n  y\r\n",
        b"\xef\xbb\xbfa: 1\n",
        b"a: \xff\n",
        "k: ü".as_bytes(),
    ];
    let values = consoleme().yaml_files(&files);
    let lines = values[0].clone().expect("a document");
    assert_eq!(lines.get("b"), Some(&"x\ny\n".into()));
    assert_eq!(
        values[1].clone().expect("a byte-order mark").get("a"),
        Some(&1.into())
    );
    assert_eq!(
        values[2].clone().expect_err("not UTF-8").class,
        "UnicodeDecodeError"
    );
    assert_eq!(
        values[3].clone().expect("UTF-8").get("k"),
        Some(&"ü".into())
    );
}

#[test]
fn many_documents_keep_their_order() {
    let texts: Vec<String> = (0..2_000)
        .map(|number| format!("number: {number}"))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let values = consoleme().yaml(&texts);
    assert_eq!(values.len(), texts.len());
    for (number, value) in (0_i64..).zip(values) {
        assert_eq!(
            value.expect("a document").get("number"),
            Some(&number.into())
        );
    }
}
