//! Which findings a comment takes out.

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

use std::path::{Path, PathBuf};

use consoleme_cfg::consoleme;
use consoleme_cfg::examine::{Examined, examine};
use consoleme_cfg::rules::Selection;
use proptest::collection::vec;
use proptest::prelude::*;

fn settled(text: &str, selection: &Selection) -> Examined {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let load = consoleme::load_text(PathBuf::from("consoleme.yaml"), text, &rules);
    let mut examined = examine(load, None).unwrap();
    examined.settle(selection);
    examined
}

/// A configuration that is good but for these lines.
fn beside_the_base(lines: &str) -> String {
    format!("extends: [base.yaml]\n{lines}")
}

/// The rules that found something, and those of them that a comment has taken out.
fn rules_of(examined: &Examined) -> (Vec<&str>, Vec<&str>) {
    let found = examined.findings.iter().map(|finding| finding.rule.id);
    let suppressed = examined.suppressed.iter();
    let suppressed = suppressed.map(|suppressed| suppressed.finding.rule.id);
    (found.collect(), suppressed.collect())
}

/// Whether the comments in these lines take out the only finding that they have without them.
#[track_caller]
fn is_suppressed(lines: &str) -> bool {
    let text = beside_the_base(lines);
    let examined = settled(&text, &Selection::default());
    match rules_of(&examined) {
        (found, suppressed) if found.is_empty() && suppressed.len() == 1 => true,
        (mut found, suppressed) if suppressed.is_empty() => {
            found.sort_unstable();
            assert_eq!(found.len(), 2, "{text}{found:?}");
            assert!(found.contains(&"unused-suppression"), "{text}{found:?}");
            false
        }
        other => panic!("{text}{other:?}"),
    }
}

#[test]
fn a_comment_is_about_its_line_or_the_next_one() {
    for lines in [
        "url: http://consoleme.example.org # consoleme-cfg: ignore[url-over-http] why\n",
        "url: http://consoleme.example.org   #consoleme-cfg:ignore[url-over-http]",
        "url: \"http://consoleme.example.org\" # said # consoleme-cfg: ignore[url-over-http]\n",
        "# consoleme-cfg: ignore[url-over-http]\nurl: http://consoleme.example.org\n",
        "    # consoleme-cfg: ignore[url-over-http]\n\n# why\n\nurl: http://consoleme.example.org\n",
        "# consoleme-cfg: ignore[url-over-http]\r\n# why\r\nurl: http://consoleme.example.org\r\n",
        "url: # consoleme-cfg: ignore[url-over-http]\n  http://consoleme.example.org\n",
        "url:\n  # consoleme-cfg: ignore[url-over-http]\n  http://consoleme.example.org\n",
        "# consoleme-cfg: ignore[url-over-http]\nurl:\n  http://consoleme.example.org\n",
        "url:\n  http://consoleme.example.org # consoleme-cfg: ignore[url-over-http]\n",
        "url: >- # consoleme-cfg: ignore[url-over-http]\n  http://consoleme.example.org\n",
        "\"url\": &here http://consoleme.example.org # consoleme-cfg: ignore[url-over-http]\n",
        "? url # consoleme-cfg: ignore[url-over-http]\n: http://consoleme.example.org\n",
        "url: http://consoleme.example.org\n# consoleme-cfg: ignore-file[url-over-http]\n",
    ] {
        assert!(is_suppressed(lines), "{lines}");
    }
    for lines in [
        "url: http://consoleme.example.org\n# consoleme-cfg: ignore[url-over-http]\n",
        "url: http://consoleme.example.org\ntornado: {debug: no} # consoleme-cfg: ignore[url-over-http]\n",
        "# consoleme-cfg: ignore[url-over-http]\ntornado: {debug: no}\nurl: http://consoleme.example.org\n",
        "url: http://consoleme.example.org # consoleme-cfg: ignore[url-with-trailing-slash]\n",
    ] {
        assert!(!is_suppressed(lines), "{lines}");
    }
}

#[test]
fn a_comment_in_any_line_of_what_is_wrong_counts() {
    for lines in [
        // A list where a text has to be.
        "application_admin:\n  - a\n  - b # consoleme-cfg: ignore[wrong-type]\n  - c\n",
        "application_admin: # consoleme-cfg: ignore[wrong-type]\n  - a\n  - b\n",
        "application_admin:\n  - a\n  # consoleme-cfg: ignore[wrong-type]\n  - b\n",
        "application_admin: [\n  a, # consoleme-cfg: ignore[wrong-type]\n  b,\n]\n",
        "application_admin: [\n  a,\n  b,\n] # consoleme-cfg: ignore[wrong-type]\n",
        // The name is wrong; its text spans lines.
        "oidc_secrets:\n  colour: \"red\n    and green\" # consoleme-cfg: ignore[unknown-key]\n",
        "oidc_secrets:\n  colour: # consoleme-cfg: ignore[unknown-key]\n    red\n",
    ] {
        assert!(is_suppressed(lines), "{lines}");
    }
    // A section is not all of its entries.
    for lines in [
        "oidc_secrets: # consoleme-cfg: ignore[unknown-key]\n  colour: red\n",
        "oidc_secrets:\n  colour: # red or green\n    a: 1\n    b: 2 # consoleme-cfg: ignore[unknown-key]\n",
    ] {
        assert!(!is_suppressed(lines), "{lines}");
    }
}

#[test]
fn what_is_missing_is_missing_in_its_section() {
    let base = include_str!("../src/rules/base.yaml");
    let text = base.replace(
        "tornado:",
        "tornado: # consoleme-cfg: ignore[port-is-missing] x",
    );
    let text = text.replace("  port: 8081", "  debug: false");
    let examined = settled(&text, &Selection::default());
    assert_eq!(rules_of(&examined), (vec![], vec!["port-is-missing"]));
}

#[test]
fn texts_are_no_comments() {
    let comment = "# consoleme-cfg: ignore-file[url-over-http]";
    for lines in [
        format!("url: http://consoleme.example.org\nx: |\n  {comment}\n"),
        format!("url: http://consoleme.example.org\nx: >\n  a\n\n  b {comment}\n"),
        format!("url: http://consoleme.example.org\nx: \"{comment}\"\n"),
        format!("url: http://consoleme.example.org\nx: 'a\n  {comment}'\n"),
    ] {
        let text = beside_the_base(&lines);
        let examined = settled(&text, &Selection::default());
        assert_eq!(
            rules_of(&examined),
            (vec!["url-over-http"], vec![]),
            "{text}"
        );
    }
}

#[test]
fn several_rules_in_one_comment_and_several_comments_for_one_line() {
    let text = beside_the_base(
        "# consoleme-cfg: ignore[unknown-key] it stays\n\
         oidc_secrets: {colour: red, client_scope: openid email} # consoleme-cfg: ignore[client-scope-is-a-string, unknown-key]\n",
    );
    let examined = settled(&text, &Selection::default());
    let (found, mut suppressed) = rules_of(&examined);
    suppressed.sort_unstable();
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(suppressed, ["client-scope-is-a-string", "unknown-key"]);
    let reasons = examined.suppressed.iter().map(|one| one.reason.as_str());
    assert!(reasons.eq(["it stays", ""]));
}

#[test]
fn a_document_may_start_after_a_comment() {
    for start in [
        "# consoleme-cfg: ignore[url-over-http]\n---\n",
        "\u{feff}# consoleme-cfg: ignore[url-over-http]\n",
        "--- # consoleme-cfg: ignore-file[url-over-http]\n",
    ] {
        let text = format!("{start}url: http://consoleme.example.org\nextends: [base.yaml]\n");
        let examined = settled(&text, &Selection::default());
        assert_eq!(
            rules_of(&examined),
            (vec![], vec!["url-over-http"]),
            "{text}"
        );
    }
}

#[test]
fn a_comment_is_about_its_own_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let base = include_str!("../src/rules/base.yaml");
    let base = base.replace("https://consoleme", "http://consoleme");
    let validated = |main: &str, base: &str| {
        write("base.yaml", base);
        write("consoleme.yaml", main);
        let load = consoleme::load(&folder.path().join("consoleme.yaml"));
        let mut examined = examine(load, None).unwrap();
        examined.settle(&Selection::default());
        let (found, suppressed) = rules_of(&examined);
        (found.join(" "), suppressed.join(" "))
    };
    let comment = "# consoleme-cfg: ignore-file[url-over-http]\n";
    assert_eq!(
        validated("extends: [base.yaml]\n", &format!("{comment}{base}")),
        (String::new(), "url-over-http".to_owned())
    );
    assert_eq!(
        validated(&format!("{comment}extends: [base.yaml]\n"), &base),
        ("unused-suppression url-over-http".to_owned(), String::new())
    );
}

#[test]
fn nobody_is_told_of_a_comment_whose_rule_was_not_looked_for() {
    let selection = |select: &[&str], ignore: &[&str]| {
        let names = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect();
        Selection {
            select: names(select),
            ignore: names(ignore),
        }
    };
    let text = beside_the_base(
        "url: https://consoleme.example.org # consoleme-cfg: ignore[url-over-http,unknown-client]\n",
    );
    for (selection, found) in [
        (selection(&[], &[]), vec!["unused-suppression"]),
        (selection(&[], &["url"]), vec![]),
        (selection(&["oidc"], &[]), vec![]),
        (selection(&["url"], &[]), vec![]),
        (selection(&[], &["unused-suppression"]), vec![]),
    ] {
        let examined = settled(&text, &selection);
        assert_eq!(rules_of(&examined).0, found, "{selection:?}");
    }
}

#[test]
fn what_ends_the_reading_is_not_suppressed() {
    let text = "# consoleme-cfg: ignore-file[unreadable-yaml]\na: [\n";
    let examined = settled(text, &Selection::default());
    assert_eq!(rules_of(&examined), (vec!["unreadable-yaml"], vec![]));
}

/// Lines with defects, none of which needs another.
const DEFECTS: [(&str, &str); 6] = [
    (
        "url-with-trailing-slash",
        "url: https://consoleme.example.org/",
    ),
    (
        "wrong-type",
        "application_admin:\n  - a@example.org\n  - b@example.org",
    ),
    (
        "unknown-key",
        "oidc_secrets:\n  colour: |\n    red # no comment\n    green",
    ),
    (
        "swag-url-without-slash",
        "retrieve_accounts_from_swag:\n  base_url: https://swag.example.org",
    ),
    (
        "account-id-is-not-text",
        "account_ids_to_name:\n  012345670123: first\n  123456789012: second",
    ),
    (
        "wrong-groups-key",
        "get_user_by_oidc_settings: {\n  jwt_groups_key: groups,\n}",
    ),
];

/// What was found, in an order that has nothing to do with lines.
fn told(examined: &Examined, except: &str) -> Vec<(&'static str, String)> {
    let suppressed = examined.suppressed.iter().map(|one| &one.finding);
    let all = examined.findings.iter().chain(suppressed);
    let mut told: Vec<_> = all
        .map(|finding| (finding.rule.id, finding.message.clone()))
        .filter(|(rule, _)| *rule != except)
        .collect();
    told.sort();
    told
}

proptest! {
    /// Comments between lines, for any rules: each finding is told or suppressed as before, what is
    /// suppressed was named, and what is told was not.
    #[test]
    fn comments_change_nothing_but_what_they_name(
        comments in vec((any::<prop::sample::Index>(), 0..DEFECTS.len(), any::<bool>(), 0..8_usize), 0..8),
    ) {
        let lines: Vec<&str> = DEFECTS.iter().flat_map(|(_, lines)| lines.lines()).collect();
        let text = beside_the_base(&(lines.join("\n") + "\n"));
        let without = settled(&text, &Selection::default());
        let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
        let mut named = Vec::new();
        for (at, defect, whole_file, indent) in comments {
            let (rule, _) = DEFECTS[defect];
            let at = at.index(lines.len() + 1);
            let is_in_text = lines.get(at).is_some_and(|line| {
                line.contains("red # no") || line.contains("green")
            });
            prop_assume!(!is_in_text);
            let word = if whole_file { "ignore-file" } else { "ignore" };
            let indent = " ".repeat(indent);
            lines.insert(at, format!("{indent}# consoleme-cfg: {word}[{rule}] why"));
            named.push(rule);
        }
        let text = beside_the_base(&(lines.join("\n") + "\n"));
        let with = settled(&text, &Selection::default());
        prop_assert_eq!(told(&with, "unused-suppression"), told(&without, ""));
        for suppressed in &with.suppressed {
            prop_assert!(named.contains(&suppressed.finding.rule.id));
        }
    }
}
