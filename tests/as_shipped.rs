//! A Cognito configuration as ConsoleMe ships one: what its guide tells people to fill in and what
//! it forgets to mention is reported at its line, and nothing that is fine.

#![allow(
    clippy::string_slice,
    reason = "spans lie between characters, or the test fails"
)]

use consoleme_cfg::consoleme;
use consoleme_cfg::examine::examine;
use consoleme_cfg::finding::Severity::{self, Error, Info, Warning};

const AS_SHIPPED: &str = r##"application_admin: consoleme_admins@example.com
# jwt_secret: REPLACE_WITH_RANDOM_SECRET
auth:
  get_user_by_oidc: true
  set_auth_cookie: true
get_user_by_oidc_settings:
  metadata_url: https://cognito-idp.us-east-1.amazonaws.com/REPLACE_WITH_YOUR_POOL_ID/.well-known/openid-configuration
  #token_endpoint: https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/token
  jwt_verify: true
  jwt_email_key: email
  jwt_groups_key: cognito:groups
  grant_type: authorization_code
  id_token_response_key: id_token
  access_token_response_key: access_token
  access_token_audience: null # for Cognito
oidc_secrets:
  client_id: REPLACE_WITH_YOUR_CLIENT_ID
  secret: REPLACE_WITH_YOUR_SECRET
  client_scope:
    - openid
    - email
development: true
url: http://127.0.0.1:8081
tornado:
  debug: true
  port: 8081
  xsrf: true
  xsrf_cookie_kwargs:
    samesite: strict
#account_ids_to_name:
#  "123456789012": default_account
cloud_credential_authorization_mapping:
  role_tags:
    enabled: true
    authorized_groups_tags:
      - consoleme-authorized
    authorized_groups_cli_only_tags:
      - consoleme-owner-dl
      - consoleme-authorized-cli-only
aws:
  issuer: YourCompany
  region: "us-east-1"
celery:
  active_region: us-west-2
cli_auth:
  certificate_header: certificate_header
  required_headers:
    - RequiredMTLSHeader: RequiredMTLSHeaderValue
groups:
  can_edit_config:
    - configeditors@example.com
  can_admin_policies:
    - consoleme_admins@example.com
jwt:
  email_key: email
support_contact: consoleme-support@example.com
support_chat_url: https://www.example.com/slack/channel
documentation_page: https://github.com/Netflix/consoleme/
logging_levels:
  asyncio: WARNING
  boto3: CRITICAL
  elasticsearch.trace: ERROR
ses:
  support_reference: "Write to us."
  arn: "arn:aws:ses:us-east-1:123456789012:identity/example.com"
  region: "us-west-2"
  consoleme:
    name: ConsoleMe
    sender: consoleme_test@example.com
challenge_url:
  enabled: true
example_config:
  is_example_config: true
  title: "Warning:"
  text: |-
    Nobody has to log in here.
  routes: .*
"##;

/// Severity, the words at the place, and the rule.
const REPORTED: &[(Severity, &str, &str)] = &[
    (Warning, "application_admin", "environment-is-missing"),
    (Info, "application_admin", "session-secret-is-missing"),
    (
        Warning,
        "consoleme_admins@example.com",
        "example-value-left",
    ),
    (
        Error,
        "https://cognito-idp.us-east-1.amazonaws.com/REPLACE_WITH_YOUR_POOL_ID/.well-known/openid-configuration",
        "placeholder-left",
    ),
    (Error, "REPLACE_WITH_YOUR_CLIENT_ID", "placeholder-left"),
    (Error, "REPLACE_WITH_YOUR_SECRET", "placeholder-left"),
    (Warning, "true", "development-is-on"),
    (Info, "http://127.0.0.1:8081", "loopback-address-as-url"),
    (Warning, "true", "debug-is-on"),
    (Warning, "YourCompany", "example-value-left"),
    (Warning, "us-west-2", "celery-region-differs"),
    (Info, "certificate_header", "unread-key"),
    (Warning, "configeditors@example.com", "example-value-left"),
    (
        Warning,
        "consoleme_admins@example.com",
        "example-value-left",
    ),
    (Warning, "email_key", "renamed-key"),
    (
        Warning,
        "consoleme-support@example.com",
        "example-value-left",
    ),
    (
        Warning,
        "https://www.example.com/slack/channel",
        "example-value-left",
    ),
    (
        Warning,
        "\"arn:aws:ses:us-east-1:123456789012:identity/example.com\"",
        "example-value-left",
    ),
    (Warning, "\"us-west-2\"", "ses-region-differs"),
    (Warning, "consoleme_test@example.com", "example-value-left"),
    (Warning, "true", "example-banner-is-on"),
];

#[test]
fn every_trap_is_reported_where_it_is_and_nothing_else() {
    let load = consoleme::load_text("consoleme.yaml".into(), AS_SHIPPED, "".as_ref());
    let examined = examine(load, None).unwrap();
    let reported: Vec<(Severity, &str, &str)> = examined
        .findings
        .iter()
        .map(|finding| {
            let span = finding.place.span;
            let words = &AS_SHIPPED[span.start as usize..span.end as usize];
            (finding.severity, words, finding.rule.id)
        })
        .collect();
    assert_eq!(reported, REPORTED);
}
