//! Is what we take for a comment what PyYAML passes over?

use consoleme_cfg::yaml::{self, SourceId, Span, Tree};

use super::random::Random;
use super::{DOCUMENTS, generate};
use crate::harness::consoleme;

/// What is put behind lines.
const COMMENT: &str = " # consoleme-cfg: ignore[port-is-missing] why not";

/// The comments of a text, where it can be read.
fn comments(text: &str) -> Option<Vec<Span>> {
    let mut tree = Tree::default();
    yaml::read(text, SourceId(0), &mut tree).ok()?;
    Some(tree.comments().iter().map(|&(_, span)| span).collect())
}

/// The text with other words in its comments.
fn with_other_comments(text: &str, comments: &[Span]) -> String {
    let mut out = text.to_owned();
    for comment in comments.iter().rev() {
        let range = comment.start as usize + 1..comment.end as usize;
        out.replace_range(range, " other: [words");
    }
    out
}

#[test]
fn what_comments_say_changes_nothing_that_pyyaml_reads() {
    let mut random = Random::from_environment();
    let mut pairs = Vec::new();
    for text in generate::documents(&mut random, DOCUMENTS / 3) {
        if let Some(comments) = comments(&text).filter(|comments| !comments.is_empty()) {
            let other = with_other_comments(&text, &comments);
            pairs.push((text, other));
        }
    }
    let files: Vec<&[u8]> = pairs
        .iter()
        .flat_map(|(text, other)| [text.as_bytes(), other.as_bytes()])
        .collect();
    let read = consoleme().yaml_files(&files);
    for (pair, read) in pairs.iter().zip(read.chunks(2)) {
        // Not `==`: a `nan` is one.
        let [one, other] = [&read[0], &read[1]].map(|value| format!("{value:?}"));
        assert_eq!(one, other, "{pair:?}");
    }
    assert!(pairs.len() > 500, "only {} have comments", pairs.len());
}

#[test]
fn what_pyyaml_passes_over_behind_a_line_is_a_comment() {
    let mut random = Random::from_environment();
    let mut cases = Vec::new();
    for text in generate::documents(&mut random, DOCUMENTS / 3) {
        // Behind an unknown directive PyYAML passes over everything. Of a set it drops the values,
        // and of two values under one key the first.
        let drops = ["%", "!!set", "same:"]
            .iter()
            .any(|sign| text.contains(sign));
        if drops || comments(&text).is_none() {
            continue;
        }
        // An empty line may belong to a text above it.
        let is_written = |at: &usize| !text[..*at].ends_with(['\n', '\r', ' ', '\t']);
        let ends = text.match_indices("\n").map(|(at, _)| at);
        let ends: Vec<usize> = ends.filter(is_written).collect();
        let Some(&at) = ends.get(random.below(ends.len().max(1))) else {
            continue;
        };
        let at = if text[..at].ends_with('\r') {
            at - 1
        } else {
            at
        };
        let with = format!("{}{COMMENT}{}", &text[..at], &text[at..]);
        cases.push((text, with, at + 1));
    }
    let files: Vec<&[u8]> = cases
        .iter()
        .flat_map(|(text, with, _)| [text.as_bytes(), with.as_bytes()])
        .collect();
    let read = consoleme().yaml_files(&files);
    let (mut passed_over, mut text) = (0, 0);
    for ((_, with, at), read) in cases.iter().zip(read.chunks(2)) {
        let [without, value] = [&read[0], &read[1]].map(|value| format!("{value:?}"));
        let covers = |span: &Span| (span.start as usize..span.end as usize).contains(at);
        let is_comment = comments(with).is_some_and(|comments| comments.iter().any(covers));
        assert_eq!(is_comment, without == value, "{with:?}");
        passed_over += usize::from(is_comment);
        text += usize::from(!is_comment);
    }
    println!("{passed_over} comments, {text} texts");
    assert!(passed_over > 1_000 && text > 50);
}
