use crate::cognito::{has_placeholder_word, is_placeholder};
use crate::finding::{Findings, Place, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("placeholder-left").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

/// The settings without which nobody logs in, or anybody does.
const NEEDED: [&str; 5] = [
    "get_user_by_oidc_settings.metadata_url",
    "jwt_secret",
    "oidc_secrets.client_id",
    "oidc_secrets.secret",
    "url",
];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    context.config.walk(&mut |node, key| {
        let Some(text) = node.as_str() else { return };
        let needed = NEEDED.contains(&key);
        if has_placeholder_word(text) || (needed && is_placeholder(text)) {
            let (severity, outcome) = if needed {
                (Severity::Error, "nobody can log in until it is replaced")
            } else {
                (Severity::Warning, "ConsoleMe takes it as it stands")
            };
            findings
                .report(&RULE, Place::of(node, key))
                .severity(severity)
                .message(format!("`{key}` is still a placeholder; {outcome}"))
                .help("write your own value, or let `consoleme-cfg init` write the file");
        }
    });
}
