use crate::finding::{Findings, Place, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("empty-section").consoleme("consoleme/config/config.py:251").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

/// The sections that ConsoleMe looks into at its start, at a login or on every request; a look
/// through anything but a mapping is a `TypeError` that nothing catches.
const SECTIONS: [&str; 33] = [
    "_security_risk_full_debugging",
    "account_ids_to_name",
    "auth",
    "aws",
    "boto3",
    "cache_iam_resources_for_account",
    "celery",
    "challenge",
    "config",
    "dynamic_config",
    "ed25519",
    "event_bridge",
    "example_config",
    "get_employee_photo_url",
    "get_notifications_for_user",
    "get_user_by_aws_alb_auth_settings",
    "get_user_by_oidc_settings",
    "google_analytics",
    "group_mapping_config",
    "groups",
    "headers",
    "jwt",
    "logging",
    "logging_levels",
    "metrics",
    "oidc_secrets",
    "plugins",
    "policies",
    "process_cloudtrail_errors",
    "redis",
    "ses",
    "tornado",
    "webpack",
];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for key in SECTIONS {
        let Some(section) = context.get(key).filter(|section| !section.is_map()) else { continue };
        let what = if section.is_null() { "empty" } else { section.type_name() };
        findings
            .report(&RULE, Place::name(context.config, key))
            .message(format!(
                "`{key}` is {what}; ConsoleMe looks for settings in it and fails with a TypeError"
            ))
            .help(format!("write settings under `{key}`, or remove the line"));
    }
}
