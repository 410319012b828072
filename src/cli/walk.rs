//! Folders that are named, as the configurations in them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::consoleme;
use crate::input_file;

/// Every configuration in a folder and the folders below, in the order of their names. What is
/// hidden, or what git ignores, is not looked at; links are not followed. A file that another one
/// extends is examined through that one.
///
/// # Errors
/// The sentences that say what cannot be looked at, or that there is no configuration.
pub(super) fn configurations(folder: &Path) -> (Vec<PathBuf>, Vec<String>) {
    let mut found = Vec::new();
    let mut refused = Vec::new();
    let walk = WalkBuilder::new(folder)
        .follow_links(false)
        .git_global(false)
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if is_file && is_yaml(entry.path()) {
                    found.extend(candidate(entry.path()));
                }
            }
            Err(error) => refused.push(error.to_string()),
        }
    }
    let found = without_extended(found);
    if found.is_empty() && refused.is_empty() {
        refused.push(format!(
            "{}: no file in this folder is a configuration of ConsoleMe; name one",
            folder.display()
        ));
    }
    (found, refused)
}

fn is_yaml(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    extension == "yaml" || extension == "yml"
}

/// A file that is a configuration, and what it extends.
struct Candidate {
    path: PathBuf,
    extended: Vec<PathBuf>,
}

/// The file, if it is a configuration or extends one; also if nobody can tell: then it is said why
/// when it is examined.
fn candidate(path: &Path) -> Option<Candidate> {
    let path = path.strip_prefix(".").unwrap_or(path).to_owned();
    let mut extended = Vec::new();
    if let Ok(bytes) = input_file::read(&path) {
        let mut is_configuration = consoleme::is_configuration(&bytes);
        if consoleme::may_extend(&bytes) {
            let load = consoleme::load(&path);
            for source in load.sources().iter().skip(1) {
                is_configuration |= consoleme::is_configuration(source.text.as_bytes());
                extended.extend(source.name.canonicalize());
            }
        }
        if !is_configuration {
            return None;
        }
    }
    Some(Candidate { path, extended })
}

/// Those that no other one extends. Of several that extend each other in a circle, the first stays.
fn without_extended(found: Vec<Candidate>) -> Vec<PathBuf> {
    let real = |candidate: &Candidate| candidate.path.canonicalize().unwrap_or_default();
    let extended: HashSet<PathBuf> = found.iter().flat_map(|one| one.extended.clone()).collect();
    let mut reached: HashSet<PathBuf> = HashSet::new();
    for one in found.iter().filter(|one| !extended.contains(&real(one))) {
        reached.extend(one.extended.iter().cloned());
    }
    let mut kept = Vec::new();
    for one in found {
        let real = real(&one);
        if reached.contains(&real) {
            continue;
        }
        reached.extend(one.extended.into_iter().filter(|other| *other != real));
        kept.push(one.path);
    }
    kept
}
