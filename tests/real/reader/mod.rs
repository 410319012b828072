//! Is what we read what PyYAML and ConsoleMe read?

mod comments;
mod extends;
mod generate;
mod held;
mod random;

use std::collections::BTreeMap;

use consoleme_cfg::yaml::{self, ReadError, SourceId, Tree};

use crate::harness::{Raised, Value, consoleme};
use held::held;
use random::Random;

/// Documents of each kind: together at least 20,000.
const DOCUMENTS: usize = 6_000;

/// Everything that may differ has a reason in `docs/decisions.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    LoneSurrogate,
    Unknown,
}

fn read(text: &str) -> Result<Value, ReadError> {
    let mut tree = Tree::default();
    let root = yaml::read(text, SourceId(0), &mut tree)?;
    Ok(held(tree.node(root)))
}

/// Text without halves of characters, as we hold it.
fn without_surrogates(value: &Value) -> Value {
    let items = |items: &[Value]| items.iter().map(without_surrogates).collect();
    match value {
        Value::Points(points) => {
            let units = points.iter().flat_map(|&point| match u16::try_from(point) {
                Ok(unit) => vec![unit],
                Err(_) => {
                    let c = char::from_u32(point).expect("only surrogates are no characters");
                    c.encode_utf16(&mut [0; 2]).to_vec()
                }
            });
            let units: Vec<u16> = units.collect();
            Value::Str(String::from_utf16_lossy(&units))
        }
        Value::List(list) => Value::List(items(list)),
        Value::Tuple(tuple) => Value::Tuple(items(tuple)),
        Value::Set(set) => Value::Set(items(set)),
        Value::Map(entries) => {
            let both = |(key, value)| (without_surrogates(key), without_surrogates(value));
            Value::Map(
                entries
                    .iter()
                    .map(|(key, value)| both((key, value)))
                    .collect(),
            )
        }
        value => value.clone(),
    }
}

/// Compares one document; nothing where both agree.
fn difference(ours: &Result<Value, ReadError>, theirs: &Result<Value, Raised>) -> Option<Reason> {
    match (ours, theirs) {
        (Err(_), Err(_)) => None,
        // The harness carries no larger ones.
        (_, Err(raised)) if raised.class == "TooLarge" => None,
        (Ok(ours), Ok(theirs)) => {
            // Not `==`: a `nan` is one, and 0.0 is not -0.0.
            let ours = format!("{ours:?}");
            if ours == format!("{theirs:?}") {
                None
            } else if ours == format!("{:?}", without_surrogates(theirs)) {
                Some(Reason::LoneSurrogate)
            } else {
                Some(Reason::Unknown)
            }
        }
        _ => Some(Reason::Unknown),
    }
}

#[test]
fn documents_are_read_as_pyyaml_reads_them() {
    let mut random = Random::from_environment();
    let documents: Vec<String> = generate::documents(&mut random, DOCUMENTS);
    let files: Vec<&[u8]> = documents.iter().map(String::as_bytes).collect();
    let theirs = consoleme().yaml_files(&files);

    let mut refused = 0;
    let mut reasons: BTreeMap<Reason, Vec<String>> = BTreeMap::new();
    for (text, theirs) in documents.iter().zip(&theirs) {
        let ours = read(text);
        refused += usize::from(theirs.is_err());
        if let Some(reason) = difference(&ours, theirs) {
            let told = format!("{text:?}\n  ours   {ours:?}\n  theirs {theirs:?}");
            reasons.entry(reason).or_default().push(told);
        }
    }
    let differ: usize = reasons.values().map(Vec::len).sum();
    let agreement = 100.0 * (1.0 - differ as f64 / documents.len() as f64);
    println!(
        "{} documents, of which PyYAML refuses {refused}: {agreement:.3} % agree; {:?}",
        documents.len(),
        reasons
            .iter()
            .map(|(reason, told)| (reason, told.len()))
            .collect::<Vec<_>>()
    );
    let unknown = reasons.remove(&Reason::Unknown).unwrap_or_default();
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    assert!(documents.len() >= 20_000 && agreement >= 99.9);
}

#[test]
fn json_is_what_python_writes() {
    let mut random = Random::from_environment();
    let mut documents = generate::documents(&mut random, DOCUMENTS / 4);
    // Python has no order for sets, and their text is not in that of the document.
    documents.retain(|text| !text.contains("!!set"));
    let texts: Vec<&str> = documents.iter().map(String::as_str).collect();
    let mut same = 0;
    for (text, theirs) in documents.iter().zip(consoleme().json(&texts)) {
        let mut tree = Tree::default();
        let ours = yaml::read(text, SourceId(0), &mut tree)
            .map_err(|error| error.to_string())
            .and_then(|root| {
                let json = yaml::to_json(tree.node(root), "", &|_, _| false);
                json.map_err(|error| error.to_string())
            });
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => {
                let is_lone = ours.contains("\\ufffd");
                assert!(ours == theirs || is_lone, "{text:?}\n{ours}\n{theirs}");
                same += 1;
            }
            (Err(_), Err(_)) => {}
            (ours, theirs) => panic!("{text:?}\n  ours   {ours:?}\n  theirs {theirs:?}"),
        }
    }
    assert!(same > 1_000, "only {same} documents have JSON");
}
