//! Live checks: against a real provider in two styles, against servers that mean harm, and against
//! Cognito's own names behind a proxy.

use std::path::{Path, PathBuf};
use std::time::Duration;

use consoleme_cfg::consoleme;
use consoleme_cfg::examine::{Examined, examine};
use consoleme_cfg::finding::{Check, CheckName, Verdict};
use consoleme_cfg::live::{Hosts, Network, Options};

use crate::harness::{Heard, Server};
use script::{but_for, configuration};

mod agreement;
mod answers;
mod endpoints;
mod formats;
mod hostile;
mod logins;
mod names;
mod pace;
mod script;

/// Examines a configuration and asks the provider, on these hosts too.
fn ask_within(timeout: Duration, text: &str, hosts: &[&str], options: &Options) -> Examined {
    let load = consoleme::load_text(
        PathBuf::from("consoleme.yaml"),
        text.as_bytes(),
        Path::new(""),
    );
    let mut examined = examine(load, None).expect("the text can be examined");
    let hosts = hosts.iter().map(|host| host.parse().expect("a host"));
    let network = Network::new(Hosts::new(hosts.collect()), timeout).expect("a network");
    examined.ask(&network, options, &|_| {});
    examined
}

fn ask(text: &str, hosts: &[&str], options: &Options) -> Examined {
    ask_within(Duration::from_secs(20), text, hosts, options)
}

/// With the secret shown.
fn with_secret() -> Options {
    Options {
        probe_secret: true,
        ..Options::default()
    }
}

/// Asks a server about a configuration that names it, with the secret shown.
fn ask_server(server: &Server) -> Examined {
    ask(
        &configuration(&server.origin()),
        &[server.address()],
        &with_secret(),
    )
}

/// Asks a provider in order, but for the answers at one path.
fn ask_but_for(
    path: &'static str,
    respond: impl Fn(&Heard) -> String + Send + Sync + 'static,
) -> Examined {
    ask_server(&but_for(path, respond))
}

/// The host and port of a URL.
fn authority(url: &str) -> &str {
    let (_, rest) = url.split_once("://").expect("a URL");
    rest.split('/').next().expect("a host")
}

/// The checks of one name.
fn checks(examined: &Examined, name: CheckName) -> Vec<&Check> {
    let all = examined.checks.iter();
    all.filter(|check| check.name == name).collect()
}

/// The only check of a name.
fn check(examined: &Examined, name: CheckName) -> &Check {
    match checks(examined, name)[..] {
        [check] => check,
        _ => panic!(
            "not one {name}: {:#?} {:#?}",
            examined.checks, examined.skipped
        ),
    }
}

fn verdict(examined: &Examined, name: CheckName) -> Verdict {
    check(examined, name).verdict
}

/// The rules of the findings, each once.
fn rules(examined: &Examined) -> Vec<&str> {
    let mut rules: Vec<&str> = examined
        .findings
        .iter()
        .map(|finding| finding.rule.id)
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Whether only the provider can tell of a rule's defect.
fn is_live(rule: &str) -> bool {
    consoleme_cfg::live::RULES
        .iter()
        .any(|live| live.id == rule)
}
