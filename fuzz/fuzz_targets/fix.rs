//! Any text and all its fixes: what is found afterwards is no worse, no comment is lost, and a
//! second run has nothing to do.

#![no_main]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use consoleme_cfg::consoleme::{Load, load_text};
use consoleme_cfg::examine::{Examined, Unexamined, examine};
use consoleme_cfg::finding::{Finding, Severity};
use consoleme_cfg::fix::{Fixed, fix};
use consoleme_cfg::rules::Selection;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // It would read files of the machine.
    if text.contains("extends") {
        return;
    }
    let Ok(before) = settled(load(text)) else {
        return;
    };
    let fixed = fixed(&before);
    let Some(after) = &fixed.examined else {
        assert!(fixed.changed.is_empty() && fixed.fixed == 0);
        return;
    };
    let [changed] = fixed.changed.as_slice() else {
        panic!("one text changes");
    };
    let new = changed.text.as_str();
    assert_ne!(new, text);
    if before.read.is_ok() {
        for least in [Severity::Info, Severity::Warning, Severity::Error] {
            assert!(count(after, least) <= count(&before, least), "{new}");
        }
        let now = comments(after);
        for (comment, times) in comments(&before) {
            assert!(now.get(&comment).is_some_and(|now| *now >= times), "{comment:?} of {new:?}");
        }
    }
    let again = settled(load(new)).expect("it was examined before");
    assert_eq!(found(&again), found(after), "{new}");
    assert!(fixed_again_is_nothing(&again), "{new}");
});

fn load(text: &str) -> Load {
    load_text(PathBuf::from("consoleme.yaml"), text, Path::new(""))
}

fn settled(load: Load) -> Result<Examined, Unexamined> {
    let mut examined = examine(load, None)?;
    examined.settle(&Selection::default());
    Ok(examined)
}

fn fixed(before: &Examined) -> Fixed {
    fix(before, &|finding: &Finding| finding.fix.is_some(), &settled)
}

fn fixed_again_is_nothing(examined: &Examined) -> bool {
    let again = fixed(examined);
    again.examined.is_none() && again.changed.is_empty()
}

fn count(examined: &Examined, least: Severity) -> usize {
    let findings = examined.findings.iter();
    findings.filter(|finding| finding.severity >= least).count()
}

fn found(examined: &Examined) -> Vec<(&str, &str)> {
    let findings = examined.findings.iter();
    findings
        .map(|finding| (finding.rule.id, finding.place.key.as_str()))
        .collect()
}

/// How often each comment stands there.
fn comments(examined: &Examined) -> BTreeMap<String, usize> {
    let mut comments = BTreeMap::new();
    if let Ok(config) = &examined.read {
        for &(source, span) in config.comments() {
            let text = &config.source(source).expect("a text").text;
            let comment = span.slice(text).trim_end().to_owned();
            *comments.entry(comment).or_default() += 1;
        }
    }
    comments
}
