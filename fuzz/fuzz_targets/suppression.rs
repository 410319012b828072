//! Any text, and any comment behind its last line: no panic, places that fit the text, and nothing
//! is suppressed that the comment does not name.

#![no_main]

use std::path::{Path, PathBuf};

use consoleme_cfg::consoleme;
use consoleme_cfg::examine::examine;
use consoleme_cfg::finding::directive;
use consoleme_cfg::rules::Selection;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (text, comment) = input;
    if let Some((span, Ok(said))) = directive(comment) {
        assert!(comment.get(span).is_some());
        for id in said.ids {
            assert!(comment.get(id).is_some_and(|id| !id.is_empty()));
        }
    }
    if text.contains("extends") {
        return;
    }
    let text = format!("{text} # consoleme-cfg: {comment}\n");
    let load = consoleme::load_text(PathBuf::from("a"), text.as_str(), Path::new(""));
    let Ok(mut examined) = examine(load, None) else {
        return;
    };
    let before = examined.findings.iter().count();
    examined.settle(&Selection::default());
    let told = examined.findings.iter();
    let told = told.filter(|finding| !finding.rule.id.ends_with("suppression"));
    let told = told.filter(|finding| finding.rule.id != "unknown-suppressed-rule");
    assert_eq!(told.count() + examined.suppressed.len(), before);
    for suppressed in &examined.suppressed {
        assert!(text.contains(suppressed.finding.rule.id));
    }
});
