use crate::cognito::{has_placeholder_word, is_placeholder};
use crate::finding::{Findings, Place, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("placeholder-left").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    context.config.walk(&mut |node, key| {
        let Some(text) = node.as_str() else { return };
        let needed = needed(context, key);
        if has_placeholder_word(text) || (needed.is_some() && is_placeholder(text)) {
            let (severity, outcome) = match needed {
                Some(outcome) => (Severity::Error, outcome),
                None => (Severity::Warning, "ConsoleMe takes it as it stands"),
            };
            findings
                .report(&RULE, Place::of(node, key))
                .severity(severity)
                .message(format!("`{key}` is still a placeholder; {outcome}"))
                .help("write your own value, or let `consoleme-cfg init` write the file");
        }
    });
}

/// What happens with a placeholder for a setting that is needed to let people in, and nobody else.
fn needed(context: &Context<'_>, key: &str) -> Option<&'static str> {
    let is_read = match key {
        "url" => true,
        "jwt_secret" => return Some("whoever knows it can forge a session"),
        "get_user_by_oidc_settings.metadata_url" | "oidc_secrets.client_id" | "oidc_secrets.secret" => context.uses_oidc(),
        "get_user_by_aws_alb_auth_settings.access_token_validation.client_id"
        | "get_user_by_aws_alb_auth_settings.access_token_validation.metadata_url" => context.uses_load_balancer(),
        _ => false,
    };
    is_read.then_some("nobody can log in until it is replaced")
}
