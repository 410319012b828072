//! Walks the rules' folders, the schema's too: each one is registered, documented, fires where its
//! `bad.yaml` is marked and nowhere in its `good.yaml`.

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

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use consoleme_cfg::consoleme;
use consoleme_cfg::examine::{Examined, examine};
use consoleme_cfg::finding::Finding;
use consoleme_cfg::fix::{Fixed, fix};
use consoleme_cfg::live::RULES;
use consoleme_cfg::rules::{self, Selection};

fn folders() -> Vec<PathBuf> {
    let subfolders = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir()).collect()
    };
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let groups = subfolders(&source.join("rules"));
    let groups = groups.into_iter().chain([source.join("schema")]);
    let mut folders: Vec<_> = groups.flat_map(|group| subfolders(&group)).collect();
    folders.sort();
    assert!(folders.len() > 50, "the rules' folders were not found");
    folders
}

fn id(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

fn examined(path: &Path) -> Examined {
    let examined = examine(consoleme::load(path), None);
    let mut examined = examined.unwrap_or_else(|error| panic!("{error}"));
    examined.settle(&Selection::default());
    examined
}

/// Line and columns, counted from 1, the end exclusive, as in a finding of the JSON output.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Marked {
    line: usize,
    columns: (usize, usize),
}

/// The carets of a comment line mark characters of the line above that is no comment of carets; a
/// `#` right before them counts as one.
fn marks(text: &str) -> BTreeSet<Marked> {
    let mut marks = BTreeSet::new();
    let mut line_above = 0;
    for (line, number) in text.lines().zip(1..) {
        let carets = line
            .trim_start()
            .strip_prefix('#')
            .map(str::trim)
            .unwrap_or_default();
        if carets.is_empty() || !carets.bytes().all(|b| b == b'^') {
            line_above = number;
            continue;
        }
        let first = line.find("#^").or_else(|| line.find('^')).unwrap() + 1;
        marks.insert(Marked {
            line: line_above,
            columns: (first, line.trim_end().len() + 1),
        });
    }
    marks
}

fn place(examined: &Examined, finding: &Finding) -> Marked {
    let text = &examined.sources()[finding.place.source.0 as usize].text;
    let (start, end) = (
        finding.place.span.start as usize,
        finding.place.span.end as usize,
    );
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let column = |at: usize| text[line_start..at.min(line_end)].chars().count() + 1;
    Marked {
        line: text[..start].matches('\n').count() + 1,
        columns: (column(start), column(end)),
    }
}

#[test]
fn every_folder_is_a_rule_and_every_rule_a_folder() {
    let folders: BTreeSet<String> = folders().iter().map(|folder| id(folder)).collect();
    let live: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let rules = rules::all().map(|rule| rule.id.to_owned());
    let rules: Vec<String> = rules.filter(|id| !live.contains(&id.as_str())).collect();
    assert_eq!(
        rules.len(),
        folders.len(),
        "a rule is registered twice, or not at all"
    );
    assert_eq!(rules.into_iter().collect::<BTreeSet<_>>(), folders);
}

#[test]
fn a_group_is_a_folder_of_rules() {
    let parent = |folder: &PathBuf| id(folder.parent().unwrap());
    let folders = folders();
    let folders = folders.iter().map(|folder| (parent(folder), id(folder)));
    let live = RULES
        .iter()
        .map(|rule| ("live".to_owned(), rule.id.to_owned()));
    let wanted: BTreeSet<(String, String)> = folders.chain(live).collect();
    let listed = rules::grouped().map(|(group, rule)| (group.to_owned(), rule.id.to_owned()));
    assert_eq!(listed.collect::<BTreeSet<_>>(), wanted);
}

/// Rules that only the provider can tell have no example files: `tests/real/live` proves them.
#[test]
fn every_live_folder_is_a_rule_and_every_live_rule_a_folder() {
    let live = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/live");
    let entries = fs::read_dir(live)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let folders: BTreeSet<String> = entries
        .filter(|path| path.is_dir())
        .map(|path| id(&path))
        .collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(rules.len(), RULES.len(), "a rule is registered twice");
    assert_eq!(rules, folders);
    for rule in rules {
        let known = rules::all().filter(|known| known.id == rule);
        assert_eq!(known.count(), 1, "{rule}");
    }
}

#[test]
fn every_rule_is_documented() {
    for rule in rules::all() {
        let headings: Vec<&str> = rule
            .docs
            .lines()
            .filter(|line| line.starts_with('#'))
            .collect();
        let title = format!("# {}", rule.id);
        let sections = [
            title.as_str(),
            "## What is wrong",
            "## What ConsoleMe does",
            "## What to write instead",
        ];
        assert_eq!(headings, sections, "{}", rule.id);
    }
}

#[test]
fn bad_files_have_the_defect_where_it_is_marked_and_no_other() {
    for folder in folders() {
        let path = folder.join("bad.yaml");
        let examined = examined(&path);
        let wanted = marks(&fs::read_to_string(&path).unwrap());
        assert!(!wanted.is_empty(), "{} has no mark", path.display());
        let places: BTreeSet<Marked> = examined
            .findings
            .iter()
            .map(|finding| place(&examined, finding))
            .collect();
        assert_eq!(
            places,
            wanted,
            "{}: {:#?}",
            path.display(),
            examined.findings
        );
        for finding in examined.findings.iter() {
            assert_eq!(
                finding.rule.id,
                id(&folder),
                "{}: {finding:#?}",
                path.display()
            );
            assert!(
                !finding.message.is_empty() && !finding.help.is_empty(),
                "{finding:#?}"
            );
        }
    }
}

#[test]
fn nothing_is_told_of_twice() {
    let assert_once = |name: &str, examined: &Examined| {
        let mut places = BTreeMap::new();
        for finding in examined.findings.iter() {
            let place = &finding.place;
            let at = (place.source, place.span, place.missing, &place.key);
            let other = places.insert(at, finding.rule.id);
            assert_eq!(other, None, "{name}: {} at {}", finding.rule.id, place.key);
        }
    };
    for folder in folders() {
        let path = folder.join("bad.yaml");
        assert_once(&path.display().to_string(), &examined(&path));
    }
    // A letter of the name is a folder, which ends the start.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("consoleme.yaml");
    fs::write(&path, "extends: base.yaml\n").unwrap();
    let examined = examined(&path);
    assert_once("letters", &examined);
    let told: Vec<_> = examined
        .findings
        .iter()
        .map(|finding| (finding.rule.id, finding.severity.name()))
        .collect();
    assert_eq!(told, [("extends-is-a-string", "error")]);
}

#[test]
fn good_files_have_nothing() {
    for folder in folders() {
        let path = folder.join("good.yaml");
        let findings = examined(&path).findings;
        assert!(findings.is_empty(), "{}: {findings:#?}", path.display());
    }
}

/// What every fix of a rule, the unsafe ones too, makes of its `bad.yaml` without its marks.
fn fixed(folder: &Path) -> (Examined, Fixed) {
    let path = folder.join("bad.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let text = without_marks(&text);
    let bad = consoleme::load_text(path.clone(), text, folder);
    let examine = |load| {
        let mut examined = examine(load, None)?;
        examined.settle(&Selection::default());
        Ok(examined)
    };
    let bad = examine(bad).unwrap();
    let fixed = fix(&bad, &|finding| finding.rule.id == id(folder), &examine);
    (bad, fixed)
}

fn without_marks(text: &str) -> String {
    let is_mark = |line: &&str| {
        let carets = line.trim().strip_prefix('#').map(str::trim);
        carets.is_some_and(|carets| !carets.is_empty() && carets.bytes().all(|b| b == b'^'))
    };
    let lines = text.split_inclusive('\n').filter(|line| !is_mark(line));
    lines.collect()
}

/// A text whose new secret is the same in every run.
fn without_new_secret(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let secret = line.strip_prefix("jwt_secret: \"");
        match secret.and_then(|rest| rest.strip_suffix("\"\n")) {
            Some(secret) if secret.len() == 64 => "jwt_secret: \"[NEW]\"\n".to_owned(),
            _ => line.to_owned(),
        }
    });
    lines.collect()
}

/// `SNAPSHOTS=overwrite cargo test --test rules` writes what differs.
#[test]
fn fixed_files_are_what_the_fixes_make_of_the_bad_ones() {
    for folder in folders() {
        let path = folder.join("fixed.yaml");
        let (bad, fixed) = fixed(&folder);
        let is_offered = bad.findings.iter().any(|finding| finding.fix.is_some());
        if !is_offered {
            assert!(!path.exists(), "no fix makes {}", path.display());
            continue;
        }
        assert_eq!(fixed.left, [], "{}", folder.display());
        let changed: BTreeMap<&Path, &str> = fixed
            .changed
            .iter()
            .map(|source| (source.name.as_path(), source.text.as_str()))
            .collect();
        assert_eq!(changed.len(), 1, "{}: {changed:?}", folder.display());
        let text = changed[folder.join("bad.yaml").as_path()];
        let wanted = fs::read_to_string(&path).unwrap_or_default();
        let is_as_written = without_new_secret(text) == without_new_secret(&wanted);
        if env::var_os("SNAPSHOTS").is_some_and(|what| what == "overwrite") && !is_as_written {
            fs::write(&path, text).unwrap();
        } else {
            assert!(is_as_written, "{} is not\n{text}", path.display());
        }
        let unfixable = |examined: &Examined| {
            let findings = examined.findings.iter();
            let of_rule = findings.filter(|finding| finding.rule.id == id(&folder));
            let left = of_rule.filter(|finding| finding.fix.is_none());
            left.map(|finding| finding.message.clone())
                .collect::<Vec<_>>()
        };
        let after = fixed.examined.unwrap();
        assert_eq!(unfixable(&after), unfixable(&bad), "{}", path.display());
        let is_done = after
            .findings
            .iter()
            .all(|finding| finding.rule.id != id(&folder) || finding.fix.is_none());
        assert!(is_done, "{:#?}", after.findings);
    }
}

/// A rule sees the merged configuration, and points into the file that the value came from.
#[test]
fn a_defect_is_reported_in_the_file_that_it_stands_in() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (
            "consoleme.yaml",
            "extends: [login.yaml, base.yaml]\nurl: https://consoleme.example.org/\n",
        ),
        (
            "login.yaml",
            "extends: [secrets.yaml]
auth:
  get_user_by_oidc: true
  set_auth_cookie: false
get_user_by_oidc_settings:
  metadata_url: https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/openid-configuration
  jwt_groups_key: groups
",
        ),
        (
            "secrets.yaml",
            "oidc_secrets:
  client_id: 1example23456789abcdefghij
  secret: 1example0secret0of0an0app0client0abcdefghijklmnopqr
  client_scope: openid email
",
        ),
        (
            "base.yaml",
            "environment: production
application_admin: admin@example.org
auth:
  set_auth_cookie: true
  cookie:
    secure: false
get_user_by_oidc_settings:
  jwt_groups_key: cognito:groups
  jwt_verify: false
tornado:
  port: 8081
  debug: true
",
        ),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let examined = examined(&folder.path().join("consoleme.yaml"));
    let mut told = String::new();
    for finding in examined.findings.iter() {
        let source = &examined.sources()[finding.place.source.0 as usize];
        let file = source.name.file_name().unwrap().to_string_lossy();
        let line = place(&examined, finding).line;
        let id = finding.rule.id;
        writeln!(told, "{file}:{line} {id} {}", finding.place.key).unwrap();
    }
    insta::assert_snapshot!(told, @r"
    consoleme.yaml:1 session-secret-is-missing jwt_secret
    consoleme.yaml:2 url-with-trailing-slash url
    login.yaml:4 auth-cookie-is-off auth.set_auth_cookie
    login.yaml:7 wrong-groups-key get_user_by_oidc_settings.jwt_groups_key
    secrets.yaml:4 client-scope-is-a-string oidc_secrets.client_scope
    base.yaml:1 unknown-environment environment
    base.yaml:6 insecure-cookie auth.cookie.secure
    base.yaml:9 jwt-verify-is-off get_user_by_oidc_settings.jwt_verify
    base.yaml:12 debug-is-on tornado.debug
    ");
}
