//! Fixes of many defects at once, in texts of all kinds: fewer findings, every comment and every
//! other byte as before, and nothing left to do.

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

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use consoleme_cfg::consoleme::{Config, Load, load_text};
use consoleme_cfg::examine::{Examined, Unexamined, examine};
use consoleme_cfg::finding::{Finding, Safety, Severity};
use consoleme_cfg::fix::{Fixed, fix};
use consoleme_cfg::rules::Selection;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The sections of a configuration without a defect, and lines with a defect to write instead: in a
/// file of its own for each key, so that any of them go together.
const SECTIONS: [(&str, &[&str]); 14] = [
    (
        "environment: prod",
        &["environment: production", "environment: Prod"],
    ),
    (
        "url: https://consoleme.example.org",
        &[
            "url: \"https://consoleme.example.org/\"",
            "url: HTTPS://consoleme.example.org:443",
        ],
    ),
    ("application_admin: admin@example.org", &[]),
    (
        "jwt_secret: \"0f5d8c1be27a4b3c9d6e8f7a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e\"",
        &[
            "jwt_secret: 12345678901234567890123456789012345",
            "jwt_secret: secret",
        ],
    ),
    (
        "auth:\n  get_user_by_oidc: true\n  set_auth_cookie: true",
        &[
            "auth:\n  get_user_by_oidc: true",
            "auth:\n  get_user_by_oidc: true\n  set_auth_cookie: true\n  cookie:\n    secure: false",
            "auth: {get_user_by_oidc: true, set_auth_cookie: off}",
            "auth:\n    get_user_by_oidc: true\n    set_auth_cookie: \"true\"\n    logout_redirect: https://example.org/",
            "auth.get_user_by_oidc: true\nauth.set_auth_cookie: true",
        ],
    ),
    (
        "get_user_by_oidc_settings:\n  metadata_url: https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/openid-configuration\n  jwt_groups_key: cognito:groups",
        &[
            "get_user_by_oidc_settings:\n  metadata_url: https://cognito-idp.us-east-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/openid-configuration\n  jwt_verify: no\n  access_token_audience: consoleme",
            "get_user_by_oidc_settings: {jwt_groups_key: 'groups', grant_type: implicit, metadata_url: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/openid-configuration'}",
            "get_user_by_oidc_settings:\n  metadata_url: >-\n    https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/openid-configuration\n  jwt_groups_key: groups\n  token_endpoint: https://example.auth.eu-west-1.amazoncognito.com/oauth2/token",
        ],
    ),
    (
        "oidc_secrets:\n  client_id: 1example23456789abcdefghij\n  secret: 1example0secret0of0an0app0client0abcdefghijklmnopqr\n  client_scope:\n    - openid\n    - email",
        &[
            "oidc_secrets:\n  client_id: 1example23456789abcdefghij\n  secret: 1example0secret0of0an0app0client0abcdefghijklmnopqr\n  client_scope: openid email",
            "oidc_secrets:\n- # no list at all\n",
            "oidc_secrets:\n  client_id: 1example23456789abcdefghij\n  client_secret: 1example0secret0of0an0app0client0abcdefghijklmnopqr\n  client_scope:\n  - email\n  - groups",
            "oidc_secrets: {client_id: 1234567890123456789012345, secret: \"1example0secret0of0an0app0client0abcdefghijklmnopqr \", client_scope: [openid, phone]}",
        ],
    ),
    (
        "tornado:\n  port: 8081",
        &[
            "tornado:\n  debug: true\n  port: 8081\n  xsrf_cookie_kwargs:",
            "tornado:\n  xsrf: true",
        ],
    ),
    (
        "aws:\n  region: eu-west-1",
        &["aws:", "aws:\n  group_log_dynamo_table: logs"],
    ),
    (
        "account_ids_to_name:\n  \"012345670123\": first",
        &["account_ids_to_name: {012345670123: first, 123456789012: second}"],
    ),
    (
        "groups:\n  can_admin: [admins]",
        &[
            "groups:\n  can_admin: admins\n  can_edit_policies: [editors]",
            "groups:\n  can_admin: [admins]\ngroups:\n  can_admin: [admins]",
        ],
    ),
    (
        "logging:\n  level: INFO",
        &["logging:\n  level: info\n  file: consoleme.log"],
    ),
    (
        "redis:\n  host:\n    global: cache.internal",
        &["redis:\n  host: redis://cache.internal:6379"],
    ),
    (
        "",
        &[
            "_development_user_override: you@example.org",
            "dynamodb_server: http://localhost:8005",
            "development: true\n",
        ],
    ),
];

/// How the lines of a text are written.
#[derive(Debug, Clone, Copy)]
struct Style {
    line_break: &'static str,
    has_mark: bool,
    ends_in_line_break: bool,
}

fn style() -> impl Strategy<Value = Style> {
    (
        select(vec!["\n", "\r\n", "\r"]),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(line_break, has_mark, ends_in_line_break)| Style {
            line_break,
            has_mark,
            ends_in_line_break,
        })
}

/// A configuration with some defects, its sections in any order, with comments on and between its
/// lines.
fn configuration() -> impl Strategy<Value = String> {
    let order = Just(SECTIONS.to_vec()).prop_shuffle();
    let defects = subsequence((0..SECTIONS.len()).collect::<Vec<_>>(), 0..=6);
    let which = prop::collection::vec(any::<prop::sample::Index>(), SECTIONS.len());
    let comments = prop::collection::vec(0..6_u8, 80);
    (order, defects, which, comments, style()).prop_map(
        |(order, defects, which, comments, style)| {
            let sections = order.iter().enumerate().map(|(index, (good, bad))| {
                if defects.contains(&index) && !bad.is_empty() {
                    bad[which[index].index(bad.len())]
                } else {
                    good
                }
            });
            let sections: Vec<&str> = sections.filter(|text| !text.is_empty()).collect();
            let text = sections.join("\n");
            let mut lines = Vec::new();
            for ((line, comment), number) in text.lines().zip(comments).zip(0..) {
                let indent = line.len() - line.trim_start().len();
                let is_text =
                    line.ends_with(['-', '>']) || line.contains('#') || line.trim().is_empty();
                match comment {
                    0 => lines.push(format!("{}# c{number} äöü", &line[..indent])),
                    1 => lines.push(String::new()),
                    _ => {}
                }
                let is_folded = line.trim_start().starts_with("https://");
                if comment == 2 && !is_text && !is_folded {
                    lines.push(format!("{line}  # d{number}"));
                } else {
                    lines.push(line.to_owned());
                }
            }
            let mark = if style.has_mark { "\u{feff}" } else { "" };
            let end = if style.ends_in_line_break {
                style.line_break
            } else {
                ""
            };
            format!("{mark}{}{end}", lines.join(style.line_break))
        },
    )
}

fn examined(load: Load) -> Result<Examined, Unexamined> {
    let mut examined = examine(load, None)?;
    examined.settle(&Selection::default());
    Ok(examined)
}

fn of(text: &str) -> Examined {
    examined(load_text("consoleme.yaml".into(), text, Path::new(""))).unwrap()
}

/// What was found before, what came of the fixes, and all keys that anything was found at before,
/// after or between.
fn fixed(text: &str, most: Safety) -> (Examined, Fixed, BTreeSet<String>) {
    let before = of(text);
    let keys = RefCell::new(BTreeSet::new());
    let note = |examined: &Examined| {
        let found = examined
            .findings
            .iter()
            .map(|finding| finding.place.key.clone());
        keys.borrow_mut().extend(found);
    };
    note(&before);
    let examined = |load| {
        let examined = examined(load)?;
        note(&examined);
        Ok(examined)
    };
    let allows = |finding: &Finding| {
        let fix = finding.fix.as_ref();
        fix.is_some_and(|fix| fix.safety <= most)
    };
    let fixed = fix(&before, &allows, &examined);
    (before, fixed, keys.into_inner())
}

/// The comments of a text.
fn comments(text: &str) -> Vec<&str> {
    let lines = text.split(['\n', '\r']);
    lines
        .filter_map(|line| line.find('#').map(|at| &line[at..]))
        .collect()
}

/// What stands under each key, of those that are no collection.
fn values(config: &Config) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    config.walk(&mut |node, key| {
        if !node.is_map() && node.items().len() == 0 {
            values.insert(key.to_owned(), format!("{:?}", node.value()));
        }
    });
    values
}

fn count(examined: &Examined, least: Severity) -> usize {
    let findings = examined.findings.iter();
    findings.filter(|finding| finding.severity >= least).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn fixes_only_make_it_better(text in configuration(), is_safe in any::<bool>()) {
        let most = if is_safe { Safety::Safe } else { Safety::Unsafe };
        let (before, fixed, keys) = fixed(&text, most);
        let Some(after) = fixed.examined else {
            prop_assert_eq!(fixed.fixed, 0);
            return Ok(());
        };
        let new = &fixed.changed[0].text;
        prop_assert!(after.read.is_ok(), "{}", new);
        if before.read.is_ok() {
            for least in [Severity::Info, Severity::Warning, Severity::Error] {
                prop_assert!(count(&after, least) <= count(&before, least), "{new}");
            }
        }
        // As if it were read anew.
        let again = of(new);
        prop_assert_eq!(again.findings.iter().count(), after.findings.iter().count());
        let (mut old, mut now) = (comments(&text), comments(new));
        old.sort_unstable();
        now.sort_unstable();
        prop_assert_eq!(old, now, "{}", new);
        prop_assert_eq!(text.starts_with('\u{feff}'), new.starts_with('\u{feff}'));
        if let (Ok(old), Ok(now)) = (&before.read, &after.read) {
            let now = values(now);
            let told = |key: &str| {
                keys.iter().any(|of| key.starts_with(of.as_str()) || of.starts_with(key))
            };
            for (key, value) in values(old).iter().filter(|(key, _)| !told(key)) {
                prop_assert_eq!(now.get(key), Some(value), "{}\n{}", key, new);
            }
        }
        // A second run has nothing to do.
        let left = again.findings.iter().filter_map(|finding| finding.fix.as_ref());
        let left = left.filter(|fix| fix.safety <= most).count();
        prop_assert_eq!(left, fixed.left.len(), "{:?}\n{}", fixed.left, new);
        prop_assert!(fixed_again_is_nothing(new, most), "{}", new);
        // Line breaks are those of the file.
        let breaks = |text: &str| {
            let crlf = text.matches("\r\n").count();
            (crlf > 0, text.matches('\n').count() > crlf, text.matches('\r').count() > crlf)
        };
        let (old, now) = (breaks(&text), breaks(new));
        prop_assert!(old.0 >= now.0 && old.1 >= now.1 && old.2 >= now.2, "{new:?}");
    }
}

fn fixed_again_is_nothing(text: &str, most: Safety) -> bool {
    let (_, again, _) = fixed(text, most);
    again.fixed == 0 && again.changed.is_empty()
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_consoleme-cfg");

fn validate(folder: &Path, arguments: &[&str]) -> Output {
    let mut validate = Command::new(PROGRAM);
    validate.current_dir(folder).arg("validate").args(arguments);
    validate.stdin(Stdio::null()).output().unwrap()
}

const WITH_DEFECTS: &str = "\u{feff}# ours\r\nenvironment: production  # too\r\naccount_ids_to_name: {012345670123: \"größte\"}";

#[test]
fn a_fixed_file_keeps_its_mode_its_line_ends_and_all_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("consoleme.yaml");
    fs::write(&path, WITH_DEFECTS).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    let first = validate(folder.path(), &["--fix", "consoleme.yaml"]);
    assert_eq!(first.status.code(), Some(1), "{first:?}");
    let wanted = WITH_DEFECTS
        .replace("production", "prod")
        .replace("012345670123", "\"012345670123\"");
    assert_eq!(fs::read_to_string(&path).unwrap(), wanted);
    let metadata = fs::metadata(&path).unwrap();
    assert_eq!(metadata.mode() & 0o7777, 0o640);
    let second = validate(folder.path(), &["--fix", "consoleme.yaml"]);
    assert_eq!(second.stdout, first.stdout);
    assert_eq!(fs::metadata(&path).unwrap().ino(), metadata.ino());
}

#[test]
fn a_file_that_may_not_be_written_to_stays_and_so_do_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("base.yaml");
    let path = folder.path().join("consoleme.yaml");
    fs::write(&path, format!("{WITH_DEFECTS}\r\nextends: [base.yaml]\r\n")).unwrap();
    fs::write(&base, "url: https://consoleme.example.org/\n").unwrap();
    fs::set_permissions(&base, Permissions::from_mode(0o444)).unwrap();
    let before = [fs::read(&base).unwrap(), fs::read(&path).unwrap()];
    let output = validate(folder.path(), &["--fix", "-q", "consoleme.yaml"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        error,
        "error: base.yaml is read-only; allow writing to it first (chmod u+w), or name another file\n"
    );
    assert_eq!([fs::read(&base).unwrap(), fs::read(&path).unwrap()], before);
}

#[test]
fn a_diff_is_what_patch_makes_of_it_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("consoleme.yaml");
    let text = "environment: production\nurl: https://consoleme.example.org/";
    fs::write(&path, text).unwrap();
    let diff = validate(folder.path(), &["--diff", "consoleme.yaml"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    fs::write(folder.path().join("diff"), diff.stdout).unwrap();
    let mut patch = Command::new("patch");
    let patch = patch.current_dir(&folder).args(["-i", "diff"]).output();
    assert!(patch.unwrap().status.success());
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "environment: prod\nurl: https://consoleme.example.org"
    );
}

#[test]
fn no_output_shows_a_secret_that_a_fix_writes() {
    let folder = tempfile::tempdir().unwrap();
    let text = "environment: prod\noidc_secrets.secret: c4narycanary\noidc_secrets: {client_secret: \"canary5canary \"}\n";
    fs::write(folder.path().join("consoleme.yaml"), text).unwrap();
    for arguments in [
        ["--diff", "--unsafe-fixes"].as_slice(),
        &["--format", "json"],
        &["--format", "sarif"],
        &["--format", "human"],
    ] {
        let output = validate(folder.path(), &[arguments, &["consoleme.yaml"]].concat());
        let all = [output.stdout, output.stderr].concat();
        let all = String::from_utf8(all).unwrap();
        assert!(!all.contains("anary"), "{arguments:?}: {all}");
    }
}
