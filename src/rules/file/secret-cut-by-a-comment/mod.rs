use crate::consoleme::Catalogue;
use crate::finding::{Findings, Place, Rule};
use crate::rules::Context;
use crate::yaml::{Node, Style};

pub(super) static RULE: Rule =
    Rule::warning("secret-cut-by-a-comment").consoleme("consoleme/config/config.py:207").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    context.config.walk(&mut |node, key| {
        if node.style() != Style::Plain || !is_glued(context, node) {
            return;
        }
        // Asked last: whatever asks the catalogue first has it parsed.
        if Catalogue::at(key).is_some_and(Catalogue::is_secret) {
            findings
                .report(&RULE, Place::of(node, key))
                .message(format!("`{key}` ends at the ` #` behind it, where a comment begins; ConsoleMe takes what stands before that for the whole secret"))
                .help("put the secret in quotes; if it is a comment, write a space behind the `#`");
        }
    });
}

/// Whether a `#` with a word right behind it follows. Somebody who writes a comment leaves a space.
fn is_glued(context: &Context<'_>, node: Node<'_>) -> bool {
    let Some(source) = context.config.source(node.source()) else { return false };
    let behind = source.text.get(node.span().end as usize..).unwrap_or_default();
    let comment = behind.trim_start_matches([' ', '\t']).strip_prefix('#');
    comment.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_alphanumeric()))
}
