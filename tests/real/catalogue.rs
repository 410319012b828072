//! Is every key that ConsoleMe's source names in the catalogue, and read where that says?

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use consoleme_cfg::consoleme::{Catalogue, Status};
use serde::Deserialize;

use crate::harness::python;

/// What `keys.py` finds in the source of the installed `consoleme` package.
#[derive(Deserialize)]
struct Found {
    keys: Vec<Read>,
    computed: Vec<Computed>,
}

/// A `config.get` with its key written out; `*` stands for what the code fills in.
#[derive(Deserialize)]
struct Read {
    key: String,
    file: String,
    line: u32,
}

/// A `config.get` whose key is only known at run time.
#[derive(Deserialize)]
struct Computed {
    expression: String,
}

fn found() -> Found {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/keys.py");
    let folder =
        "import os, sysconfig; print(os.path.join(sysconfig.get_path('purelib'), 'consoleme'))";
    let folder = output(Command::new(python()).args(["-c", folder]));
    let json = output(Command::new(python()).arg(program).arg(folder.trim()));
    serde_json::from_str(&json).expect("a list of keys")
}

fn output(command: &mut Command) -> String {
    let done = command.output().expect("python starts");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    String::from_utf8(done.stdout).expect("UTF-8")
}

#[test]
fn every_key_in_the_source_is_in_the_catalogue() {
    let found = found();
    assert!(found.keys.len() > 900, "{} keys", found.keys.len());
    let keys: BTreeSet<&str> = found.keys.iter().map(|read| read.key.as_str()).collect();
    let missing = keys.iter().filter(|key| {
        let known = Catalogue::at(&key.replace('*', "something"));
        let status = known.map(Catalogue::status);
        !matches!(
            status,
            Some(Status::Read | Status::Deprecated | Status::DynamicOnly)
        )
    });
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&&str>::new());
    // The two keys that a repository's own settings name: nobody can list those.
    let computed: Vec<&str> = found
        .computed
        .iter()
        .map(|read| read.expression.as_str())
        .collect();
    assert!(
        computed.iter().all(|read| read.contains("_config_key']")) && computed.len() == 2,
        "{computed:#?}"
    );
}

#[test]
fn keys_are_read_where_the_catalogue_says() {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Read { key, file, line } in found().keys {
        places
            .entry(key)
            .or_default()
            .insert(format!("{file}:{line}"));
    }
    let mut wrong = Vec::new();
    for (key, places) in &places {
        let known = Catalogue::at(&key.replace('*', "something")).expect("a key");
        let said: Vec<&str> = known.read_at().collect();
        if said.is_empty() || !said.iter().all(|place| places.contains(*place)) {
            wrong.push(format!("{key}: {said:?}, but {places:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
