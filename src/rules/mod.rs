//! What ConsoleMe will do with a configuration: a rule for each defect that is known.
//!
//! A rule is a folder, `<group>/<rule-id>/`: its check (`mod.rs`), its documentation
//! (`README.md`), a configuration with the defect (`bad.yaml`; carets mark where it is reported)
//! and one without (`good.yaml`). To add one, add the folder and its line to the registry below.

mod context;

pub use context::Context;

use crate::consoleme::{LoadError, LoadNote};
use crate::finding::{Findings, Rule};
use crate::schema;

/// Runs the rules on what stopped ConsoleMe from reading its configuration.
pub fn check_load(error: &LoadError, findings: &mut Findings) {
    for (_, check) in LOAD_RULES {
        check(error, findings);
    }
}

/// Runs the rules on what ConsoleMe passed over while it read its configuration.
pub fn check_notes(notes: &[LoadNote], findings: &mut Findings) {
    for (_, check) in NOTE_RULES {
        for note in notes {
            check(note, findings);
        }
    }
}

/// Runs the rules on a configuration that was read.
pub fn check(context: &Context<'_>, findings: &mut Findings) {
    for (_, check) in CONFIG_RULES {
        check(context, findings);
    }
}

/// Every rule, those that the schema stands for too.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let load = LOAD_RULES.iter().map(|(rule, _)| *rule);
    let notes = NOTE_RULES.iter().map(|(rule, _)| *rule);
    load.chain(notes)
        .chain(CONFIG_RULES.iter().map(|(rule, _)| *rule))
        .chain(schema::RULES)
}

macro_rules! registry {
    ($name:ident, $check:ty, $($path:literal => $module:ident,)*) => {
        $(#[path = $path] mod $module;)*

        static $name: &[(&Rule, $check)] = &[$((&$module::RULE, $module::check)),*];
    };
}

registry! {
    LOAD_RULES, fn(&LoadError, &mut Findings),
    "file/extends-cycle/mod.rs" => extends_cycle,
    "file/malformed-extends/mod.rs" => malformed_extends,
    "file/root-is-not-a-mapping/mod.rs" => root_is_not_a_mapping,
    "file/unreadable-yaml/mod.rs" => unreadable_yaml,
    "file/unusable-extended-file/mod.rs" => unusable_extended_file,
}

registry! {
    NOTE_RULES, fn(&LoadNote, &mut Findings),
    "file/extends-is-a-string/mod.rs" => extends_is_a_string,
    "file/missing-extended-file/mod.rs" => missing_extended_file,
}

registry! {
    CONFIG_RULES, fn(&Context<'_>, &mut Findings),
    "accounts/account-id-is-not-text/mod.rs" => account_id_is_not_text,
    "auth/no-login-method/mod.rs" => no_login_method,
    "environment/debug-is-on/mod.rs" => debug_is_on,
    "environment/development-is-on/mod.rs" => development_is_on,
    "environment/environment-is-missing/mod.rs" => environment_is_missing,
    "environment/example-banner-is-on/mod.rs" => example_banner_is_on,
    "environment/unknown-environment/mod.rs" => unknown_environment,
    "file/empty-section/mod.rs" => empty_section,
    "oidc/audience-is-set/mod.rs" => audience_is_set,
    "oidc/client-id-is-missing/mod.rs" => client_id_is_missing,
    "oidc/client-scope-is-a-string/mod.rs" => client_scope_is_a_string,
    "oidc/client-scope-is-missing/mod.rs" => client_scope_is_missing,
    "oidc/client-scope-without-email/mod.rs" => client_scope_without_email,
    "oidc/client-scope-without-openid/mod.rs" => client_scope_without_openid,
    "oidc/client-secret-is-missing/mod.rs" => client_secret_is_missing,
    "oidc/jwt-verify-is-off/mod.rs" => jwt_verify_is_off,
    "oidc/malformed-client-id/mod.rs" => malformed_client_id,
    "oidc/malformed-client-secret/mod.rs" => malformed_client_secret,
    "oidc/malformed-metadata-url/mod.rs" => malformed_metadata_url,
    "oidc/metadata-url-is-missing/mod.rs" => metadata_url_is_missing,
    "oidc/metadata-url-over-http/mod.rs" => metadata_url_over_http,
    "oidc/pool-in-another-region/mod.rs" => pool_in_another_region,
    "oidc/unknown-client-scope/mod.rs" => unknown_client_scope,
    "oidc/wrong-groups-key/mod.rs" => wrong_groups_key,
    "placeholder/example-value-left/mod.rs" => example_value_left,
    "placeholder/placeholder-left/mod.rs" => placeholder_left,
    "region/celery-region-differs/mod.rs" => celery_region_differs,
    "region/ses-region-differs/mod.rs" => ses_region_differs,
    "server/port-is-missing/mod.rs" => port_is_missing,
    "server/port-is-not-a-port/mod.rs" => port_is_not_a_port,
    "session/auth-cookie-is-off/mod.rs" => auth_cookie_is_off,
    "session/insecure-cookie/mod.rs" => insecure_cookie,
    "session/session-secret-is-missing/mod.rs" => session_secret_is_missing,
    "session/weak-session-secret/mod.rs" => weak_session_secret,
    "url/loopback-address-as-url/mod.rs" => loopback_address_as_url,
    "url/malformed-url/mod.rs" => malformed_url,
    "url/url-is-missing/mod.rs" => url_is_missing,
    "url/url-over-http/mod.rs" => url_over_http,
    "url/url-with-trailing-slash/mod.rs" => url_with_trailing_slash,
}
