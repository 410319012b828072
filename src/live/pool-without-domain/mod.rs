use crate::finding::{Findings, Rule};
use crate::live::subject::{METADATA_URL, Subject};

pub(in crate::live) static RULE: Rule =
    Rule::error("pool-without-domain").consoleme("consoleme/lib/oidc.py:137").docs(include_str!("README.md"));

pub(in crate::live) fn report(subject: Subject<'_>, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(METADATA_URL))
        .message("the pool has no domain, so it has no login page: everybody who comes is sent to an error")
        .help("in the Cognito console, open the pool and add one: Branding > Domain > Create Cognito domain");
}

/// Where the file itself names an endpoint on the issuer's host.
pub(in crate::live) fn report_endpoint(subject: Subject<'_>, key: &str, findings: &mut Findings) {
    findings
        .report(&RULE, subject.place(key))
        .message("this endpoint is on the issuer's host, which has no login page: everybody who comes is sent to an error")
        .help("write the one of the pool's domain, `https://PREFIX.auth.REGION.amazoncognito.com/oauth2/authorize`; or leave the endpoints out and write `metadata_url`");
}
