//! What needs the network: does the provider agree with this file?
//!
//! A handful of requests without anybody's credentials: the discovery document, the keys, and the
//! authorization endpoint as far as a browser gets before a person types anything. No redirect is
//! followed and the application is never opened; each verdict carries its evidence. A kind of
//! failure is a rule, and a folder here: what it reports (`mod.rs`) and its documentation
//! (`README.md`).

mod authorize;
mod discovery;
mod hosts;
mod keys;
mod landing;
mod login_page;
mod network;
mod probe;
mod resolver;
mod run;
mod scopes;
mod secret;
mod subject;

pub use hosts::{AllowedHost, Hosts, InvalidHost, Refused};
pub use network::{Network, NetworkError};
pub use run::{Options, Step};

use futures_util::future::join3;

use crate::consoleme::Config;
use crate::finding::{Check, CheckName, Findings, Rule, Skipped};
use discovery::Provider;
use run::{Report, Run};
use subject::Subject;

macro_rules! registry {
    ($($path:literal => $module:ident,)*) => {
        $(#[path = $path] mod $module;)*

        /// The rules whose defects only the provider can tell.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),*];
    };
}

registry! {
    "callback-is-not-registered/mod.rs" => callback_is_not_registered,
    "client-secret-is-refused/mod.rs" => client_secret_is_refused,
    "code-grant-is-off/mod.rs" => code_grant_is_off,
    "incomplete-discovery-document/mod.rs" => incomplete_discovery_document,
    "issuer-differs/mod.rs" => issuer_differs,
    "login-page-without-branding/mod.rs" => login_page_without_branding,
    "login-request-is-refused/mod.rs" => login_request_is_refused,
    "no-discovery-document/mod.rs" => no_discovery_document,
    "pool-does-not-exist/mod.rs" => pool_does_not_exist,
    "pool-without-domain/mod.rs" => pool_without_domain,
    "scope-is-not-allowed/mod.rs" => scope_is_not_allowed,
    "unknown-client/mod.rs" => unknown_client,
    "unusable-signing-key/mod.rs" => unusable_signing_key,
}

/// What the provider made of a configuration.
#[derive(Debug)]
pub struct Outcome {
    /// The checks that were made.
    pub checks: Vec<Check>,
    /// Those that were not.
    pub skipped: Vec<Skipped>,
    /// What is wrong, as findings.
    pub findings: Findings,
    /// What could not be looked at, each as a clause.
    pub unseen: Vec<String>,
}

/// Asks the provider that a configuration names. `watch` learns of each request.
pub fn check(
    config: &Config,
    network: &Network,
    options: &Options,
    watch: &dyn Fn(Step<'_>),
) -> Outcome {
    let run = Run {
        subject: Subject::new(config),
        network,
        options,
        deadline: network.deadline(),
        watch,
    };
    let (provider, mut report) = network.block_on(ask(run));
    report.checks.sort_by_key(|check| check.name);
    report.skipped.sort_by_key(|skipped| skipped.check);
    Outcome {
        unseen: unseen(network, &provider),
        checks: report.checks,
        skipped: report.skipped,
        findings: report.findings,
    }
}

/// Three requests deep at most: the document; keys, logins and secret at once; what those lead to.
async fn ask(run: Run<'_>) -> (Provider, Report) {
    let (provider, mut report) = discovery::discover(run).await;
    let Some(provider) = provider else {
        skip_rest(&mut report, "there is no discovery document to go by");
        return (Provider::default(), report);
    };
    if let Some(reason) = &provider.dead_end {
        skip_rest(&mut report, reason);
        return (provider, report);
    }
    // The logins go first, as something follows from them.
    let (logins, keys, secret) = join3(
        authorize::check(run, &provider),
        keys::check_all(run, &provider),
        secret::check(run, &provider),
    )
    .await;
    for part in [logins, keys, secret] {
        report.append(part);
    }
    (provider, report)
}

/// Notes that what was not made was not made.
fn skip_rest(report: &mut Report, reason: &str) {
    let known: Vec<CheckName> = report
        .checks
        .iter()
        .map(|check| check.name)
        .chain(report.skipped.iter().map(|skipped| skipped.check))
        .collect();
    for name in CheckName::ALL
        .into_iter()
        .filter(|name| !known.contains(name))
    {
        report.skip(name, reason);
    }
}

/// Where a proxy resolves the names, nobody here knows which addresses were asked.
fn unseen(network: &Network, provider: &Provider) -> Vec<String> {
    let mut hosts: Vec<String> = provider
        .endpoints()
        .filter(|url| network.is_proxied(url))
        .filter_map(|url| url.host_str().map(str::to_owned))
        .collect();
    hosts.sort();
    hosts.dedup();
    let told = |host| format!("a proxy resolves `{host}`, so its address was not checked");
    hosts.into_iter().map(told).collect()
}

/// The checks of a run that asks nobody.
pub fn not_asked() -> Vec<Skipped> {
    let skipped = |check| Skipped {
        check,
        reason: "the provider was not asked; `--online` asks it".to_owned(),
    };
    CheckName::ALL.into_iter().map(skipped).collect()
}
