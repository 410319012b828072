//! What ConsoleMe will do with a configuration: a rule for each defect that is known.
//!
//! A rule is a folder, `<group>/<rule-id>/`: its check (`mod.rs`), its documentation
//! (`README.md`), a configuration with the defect (`bad.yaml`; carets mark where it is reported),
//! one without (`good.yaml`) and, where it has a fix, what that makes of the first (`fixed.yaml`;
//! `SNAPSHOTS=overwrite cargo test --test rules` writes it). To add one, add the folder and its
//! line to the registry below.

mod context;
mod selection;

pub use context::Context;
pub use selection::{Name, Selection, UnknownName};

use crate::consoleme::{Failure, LoadNote, Source};
use crate::finding::{Findings, Rule, Suppression};
use crate::live;
use crate::schema;

/// Runs the rules on what stopped ConsoleMe from reading its configuration.
pub fn check_load(failure: &Failure, findings: &mut Findings) {
    for rule in LOAD_RULES {
        (rule.check)(failure, findings);
    }
}

/// Runs the rules on what ConsoleMe passed over while it read its configuration from these texts.
pub fn check_notes(notes: &[LoadNote], sources: &[Source], findings: &mut Findings) {
    for rule in NOTE_RULES {
        for note in notes {
            (rule.check)(note, sources, findings);
        }
    }
}

/// Runs the rules on a configuration that was read.
pub fn check(context: &Context<'_>, findings: &mut Findings) {
    for rule in CONFIG_RULES {
        (rule.check)(context, findings);
    }
}

/// Runs the rules on the comments that were meant to suppress findings.
pub fn check_suppressions(suppressions: &[Suppression], findings: &mut Findings) {
    for rule in SUPPRESSION_RULES {
        for suppression in suppressions {
            (rule.check)(suppression, findings);
        }
    }
}

/// Every rule, those that the schema stands for and those that only the provider can tell too.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    grouped().map(|(_, rule)| rule)
}

/// Every rule with the group that it belongs to: the folder that its own folder is in.
pub fn grouped() -> impl Iterator<Item = (&'static str, &'static Rule)> {
    let load = LOAD_RULES.iter().map(Registered::grouped);
    load.chain(NOTE_RULES.iter().map(Registered::grouped))
        .chain(CONFIG_RULES.iter().map(Registered::grouped))
        .chain(SUPPRESSION_RULES.iter().map(Registered::grouped))
        .chain(schema::RULES.map(|rule| ("schema", rule)))
        .chain(live::RULES.iter().map(|rule| ("live", *rule)))
}

/// Whether a rule tells of what keeps ConsoleMe from reading its configuration. Nothing else is
/// known of such a configuration, so these findings are always told.
fn ends_reading(rule: &Rule) -> bool {
    LOAD_RULES.iter().any(|ends| ends.rule.id == rule.id)
}

/// A rule's line in the registry.
struct Registered<C> {
    /// `<group>/<rule-id>/mod.rs`
    path: &'static str,
    rule: &'static Rule,
    check: C,
}

impl<C> Registered<C> {
    fn grouped(&self) -> (&'static str, &'static Rule) {
        let group = self.path.split('/').next().unwrap_or_default();
        (group, self.rule)
    }
}

macro_rules! registry {
    ($name:ident, $check:ty, $($path:literal => $module:ident,)*) => {
        $(#[path = $path] mod $module;)*

        static $name: &[Registered<$check>] = &[$(Registered {
            path: $path,
            rule: &$module::RULE,
            check: $module::check,
        }),*];
    };
}

registry! {
    LOAD_RULES, fn(&Failure, &mut Findings),
    "file/extends-cycle/mod.rs" => extends_cycle,
    "file/malformed-extends/mod.rs" => malformed_extends,
    "file/root-is-not-a-mapping/mod.rs" => root_is_not_a_mapping,
    "file/unreadable-yaml/mod.rs" => unreadable_yaml,
    "file/unusable-extended-file/mod.rs" => unusable_extended_file,
}

registry! {
    NOTE_RULES, fn(&LoadNote, &[Source], &mut Findings),
    "file/extends-is-a-string/mod.rs" => extends_is_a_string,
    "file/missing-extended-file/mod.rs" => missing_extended_file,
    "region/secret-in-another-region/mod.rs" => secret_in_another_region,
}

registry! {
    CONFIG_RULES, fn(&Context<'_>, &mut Findings),
    "accounts/account-id-is-not-text/mod.rs" => account_id_is_not_text,
    "accounts/organization-is-not-asked/mod.rs" => organization_is_not_asked,
    "accounts/role-name-is-an-arn/mod.rs" => role_name_is_an_arn,
    "accounts/role-name-is-missing/mod.rs" => role_name_is_missing,
    "accounts/swag-url-without-slash/mod.rs" => swag_url_without_slash,
    "alb/access-token-is-not-validated/mod.rs" => access_token_is_not_validated,
    "alb/access-token-is-trusted/mod.rs" => access_token_is_trusted,
    "alb/audience-behind-a-load-balancer/mod.rs" => audience_behind_a_load_balancer,
    "alb/groups-key-behind-a-load-balancer/mod.rs" => groups_key_behind_a_load_balancer,
    "alb/logout-that-logs-in/mod.rs" => logout_that_logs_in,
    "alb/no-session-behind-a-load-balancer/mod.rs" => no_session_behind_a_load_balancer,
    "auth/header-without-a-name/mod.rs" => header_without_a_name,
    "auth/identity-from-a-header/mod.rs" => identity_from_a_header,
    "auth/no-login-method/mod.rs" => no_login_method,
    "auth/saml-without-an-e-mail-attribute/mod.rs" => saml_without_an_e_mail_attribute,
    "auth/several-login-methods/mod.rs" => several_login_methods,
    "auth/strangers-can-register/mod.rs" => strangers_can_register,
    "auth/users-without-names/mod.rs" => users_without_names,
    "aws/one-table-for-two/mod.rs" => one_table_for_two,
    "celery/broker-without-a-scheme/mod.rs" => broker_without_a_scheme,
    "celery/broker-without-backend/mod.rs" => broker_without_backend,
    "celery/tasks-are-thrown-away/mod.rs" => tasks_are_thrown_away,
    "environment/debug-is-on/mod.rs" => debug_is_on,
    "environment/development-is-on/mod.rs" => development_is_on,
    "environment/environment-is-missing/mod.rs" => environment_is_missing,
    "environment/example-banner-is-on/mod.rs" => example_banner_is_on,
    "environment/full-debugging-is-on/mod.rs" => full_debugging_is_on,
    "environment/local-endpoint-left/mod.rs" => local_endpoint_left,
    "environment/override-user-left/mod.rs" => override_user_left,
    "environment/test-environment-in-production/mod.rs" => test_environment_in_production,
    "environment/unknown-environment/mod.rs" => unknown_environment,
    "environment/xsrf-is-off/mod.rs" => xsrf_is_off,
    "file/date-without-quotes/mod.rs" => date_without_quotes,
    "file/override-comes-too-late/mod.rs" => override_comes_too_late,
    "file/repeated-key/mod.rs" => repeated_key,
    "file/secret-cut-by-a-comment/mod.rs" => secret_cut_by_a_comment,
    "groups/groups-for-everybody/mod.rs" => groups_for_everybody,
    "groups/groups-in-two-files/mod.rs" => groups_in_two_files,
    "groups/lowercase-groups/mod.rs" => lowercase_groups,
    "groups/no-administrator/mod.rs" => no_administrator,
    "mail/sender-without-arn/mod.rs" => sender_without_arn,
    "oidc/audience-is-missing/mod.rs" => audience_is_missing,
    "oidc/audience-is-set/mod.rs" => audience_is_set,
    "oidc/client-id-is-missing/mod.rs" => client_id_is_missing,
    "oidc/client-scope-is-a-string/mod.rs" => client_scope_is_a_string,
    "oidc/client-scope-is-missing/mod.rs" => client_scope_is_missing,
    "oidc/client-scope-without-email/mod.rs" => client_scope_without_email,
    "oidc/client-scope-without-openid/mod.rs" => client_scope_without_openid,
    "oidc/client-secret-is-missing/mod.rs" => client_secret_is_missing,
    "oidc/endpoint-beside-metadata-url/mod.rs" => endpoint_beside_metadata_url,
    "oidc/endpoint-without-a-domain/mod.rs" => endpoint_without_a_domain,
    "oidc/endpoints-are-incomplete/mod.rs" => endpoints_are_incomplete,
    "oidc/grant-type-is-not-the-code/mod.rs" => grant_type_is_not_the_code,
    "oidc/groups-from-user-info/mod.rs" => groups_from_user_info,
    "oidc/jwt-verify-is-off/mod.rs" => jwt_verify_is_off,
    "oidc/malformed-client-id/mod.rs" => malformed_client_id,
    "oidc/malformed-client-secret/mod.rs" => malformed_client_secret,
    "oidc/malformed-metadata-url/mod.rs" => malformed_metadata_url,
    "oidc/metadata-url-is-missing/mod.rs" => metadata_url_is_missing,
    "oidc/metadata-url-over-http/mod.rs" => metadata_url_over_http,
    "oidc/pool-in-another-region/mod.rs" => pool_in_another_region,
    "oidc/unknown-client-scope/mod.rs" => unknown_client_scope,
    "oidc/unknown-email-claim/mod.rs" => unknown_email_claim,
    "oidc/wrong-groups-key/mod.rs" => wrong_groups_key,
    "oidc/wrong-token-response-key/mod.rs" => wrong_token_response_key,
    "placeholder/example-value-left/mod.rs" => example_value_left,
    "placeholder/placeholder-left/mod.rs" => placeholder_left,
    "redis/redis-host-is-a-url/mod.rs" => redis_host_is_a_url,
    "redis/redis-is-off/mod.rs" => redis_is_off,
    "region/celery-region-differs/mod.rs" => celery_region_differs,
    "region/ses-region-differs/mod.rs" => ses_region_differs,
    "server/forged-client-address/mod.rs" => forged_client_address,
    "server/hidden-xsrf-cookie/mod.rs" => hidden_xsrf_cookie,
    "server/log-file-without-folder/mod.rs" => log_file_without_folder,
    "server/malformed-sentry-dsn/mod.rs" => malformed_sentry_dsn,
    "server/port-is-missing/mod.rs" => port_is_missing,
    "server/port-is-not-a-port/mod.rs" => port_is_not_a_port,
    "server/unknown-plugin/mod.rs" => unknown_plugin,
    "session/auth-cookie-is-off/mod.rs" => auth_cookie_is_off,
    "session/challenge-from-another-address/mod.rs" => challenge_from_another_address,
    "session/cookie-without-a-name/mod.rs" => cookie_without_a_name,
    "session/insecure-cookie/mod.rs" => insecure_cookie,
    "session/invalid-samesite/mod.rs" => invalid_samesite,
    "session/samesite-none-without-secure/mod.rs" => samesite_none_without_secure,
    "session/session-expires-at-once/mod.rs" => session_expires_at_once,
    "session/session-secret-is-missing/mod.rs" => session_secret_is_missing,
    "session/session-that-outlasts-its-user/mod.rs" => session_that_outlasts_its_user,
    "session/weak-session-secret/mod.rs" => weak_session_secret,
    "url/loopback-address-as-url/mod.rs" => loopback_address_as_url,
    "url/malformed-url/mod.rs" => malformed_url,
    "url/url-is-missing/mod.rs" => url_is_missing,
    "url/url-on-another-port/mod.rs" => url_on_another_port,
    "url/url-over-http/mod.rs" => url_over_http,
    "url/url-with-trailing-slash/mod.rs" => url_with_trailing_slash,
}

registry! {
    SUPPRESSION_RULES, fn(&Suppression, &mut Findings),
    "suppression/malformed-suppression/mod.rs" => malformed_suppression,
    "suppression/unknown-suppressed-rule/mod.rs" => unknown_suppressed_rule,
    "suppression/unused-suppression/mod.rs" => unused_suppression,
}
