//! What there is to say of a rule.

use crate::finding::Rule;

/// A rule in full, as Markdown: its documentation, then its examples without what only tests need.
pub fn rule_page(rule: &Rule) -> String {
    let mut page = rule.docs.trim_end().to_owned();
    page.push_str(&format!("\n\nSeverity: {}", rule.severity.name()));
    if !rule.consoleme.is_empty() {
        page.push_str(&format!(", in ConsoleMe: `{}`", rule.consoleme));
    }
    for (heading, example) in [
        ("Example", rule.bad),
        ("Example without the defect", rule.good),
    ] {
        if example.is_empty() {
            continue;
        }
        let example = shown(example);
        page.push_str(&format!("\n\n## {heading}\n\n```yaml\n{example}\n```"));
    }
    page.push('\n');
    page
}

/// An example without the marks of the place, and without the file that it adds to.
fn shown(example: &str) -> String {
    let is_mark = |line: &str| line.contains('^') && line.chars().all(|c| "#^ ".contains(c));
    let is_base = |line: &str| line.starts_with("extends: [../../") && line.ends_with("base.yaml]");
    let lines: Vec<&str> = example
        .trim()
        .lines()
        .filter(|line| !is_mark(line) && !is_base(line))
        .collect();
    if lines.is_empty() {
        "# nothing of it".to_owned()
    } else {
        lines.join("\n")
    }
}
