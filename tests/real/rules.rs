//! The promise of the severities: with a rule's `bad.yaml` the real ConsoleMe does not start or
//! nobody logs in where the rule says error, and a person logs in with everything else.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use consoleme_cfg::consoleme as model;
use consoleme_cfg::examine::examine;
use consoleme_cfg::finding::{Login as Shows, Rule, Severity};
use consoleme_cfg::rules;
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::harness::{
    Client, LoadRequest, Login, LoginRequest, PASSWORD, Provider, ProviderOptions, consoleme, tool,
};

/// What the fixes make of a `bad.yaml`.
const FIXED: &str = "fixed.yaml";

/// The rule whose fixed file names a provider that there is none of.
const LOGS_IN_ELSEWHERE: &str = "metadata-url-over-http";

/// The group whose rules are about a load balancer that logs people in.
const BEHIND_A_LOAD_BALANCER: &str = "alb";

/// Where the provider sends people back to a load balancer; `server/load_balancer.py` is one.
const LOAD_BALANCER: &str = "https://load-balancer.example.com/oauth2/idpresponse";

/// What stands in the files for the provider.
const ISSUER: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI";

fn folders() -> Vec<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir()).collect()
    };
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    below(&rules)
        .iter()
        .flat_map(|group| below(group))
        .collect()
}

fn id(folder: &Path) -> &str {
    folder.file_name().unwrap().to_str().unwrap()
}

fn provider() -> Provider {
    let urls = [
        "https://consoleme.example.org",
        "https://consoleme.example.org:443",
        "http://consoleme.example.org",
        "http://127.0.0.1:8081",
        "http://localhost:3000",
        "http://localhost:8081",
    ];
    let client = Client {
        id: "1example23456789abcdefghij".to_owned(),
        secret: "1example0secret0of0an0app0client0abcdefghijklmnopqr".to_owned(),
        redirect_uris: urls
            .iter()
            .map(|url| format!("{url}/auth"))
            .chain([LOAD_BALANCER.to_owned()])
            .collect(),
        scopes: ["openid", "email", "phone"].map(str::to_owned).to_vec(),
        code_grant: true,
    };
    // The one that `malformed-client-id` has, of digits alone.
    let digits = Client {
        id: "12345678901234567890123456".to_owned(),
        ..client.clone()
    };
    Provider::start(ProviderOptions {
        pool: "eu-west-1_AbCdEfGhI".to_owned(),
        clients: vec![client, digits],
        ..ProviderOptions::default()
    })
}

/// The rules' files, with the pool's issuer turned into the provider's.
struct Copies(TempDir);

impl Copies {
    fn new(provider: &Provider) -> Self {
        let copies = Self(tempfile::tempdir().unwrap());
        let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
        let mut files = vec![rules.join("base.yaml")];
        for folder in folders() {
            let entries = fs::read_dir(&folder).unwrap();
            let paths = entries.map(|entry| entry.unwrap().path());
            files.extend(paths.filter(|path| path.extension().is_some_and(|name| name == "yaml")));
        }
        for file in files {
            let copy = copies.0.path().join(file.strip_prefix(&rules).unwrap());
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
            let text = fs::read_to_string(&file).unwrap();
            fs::write(copy, text.replace(ISSUER, provider.issuer())).unwrap();
        }
        copies
    }

    fn login(&self, provider: &Provider, folder: &Path, name: &str) -> Login {
        let group = folder.parent().unwrap().file_name().unwrap();
        let file = self.0.path().join(group).join(id(folder)).join(name);
        let start = LoadRequest::file(&file).with_secret("consoleme", "{}");
        let mut request = LoginRequest::new(start, "alice@example.com", PASSWORD);
        if group == BEHIND_A_LOAD_BALANCER {
            request = request.behind_load_balancer(provider);
        }
        consoleme().login(&request)
    }
}

/// Whether the program finds an error in a file as it stands.
fn is_error(file: &Path) -> bool {
    let examined = examine(model::load(file), None).unwrap();
    examined.findings.worst() == Some(Severity::Error)
}

fn rule(folder: &Path) -> &'static Rule {
    let rule = rules::all().find(|rule| rule.id == id(folder));
    rule.unwrap_or_else(|| panic!("{} is no rule", id(folder)))
}

#[test]
fn the_verdict_on_every_bad_file_is_what_consoleme_does() {
    let provider = provider();
    let copies = Copies::new(&provider);
    let outcomes = in_parallel(&folders(), |folder| {
        let error = is_error(&folder.join("bad.yaml"));
        let fails = match rule(folder).login {
            Shows::Tells => error,
            Shows::Hides(_) => false,
            Shows::Needs(_) => return true,
        };
        let login = copies.login(&provider, folder, "bad.yaml");
        fails == login.outcome.is_err() || {
            eprintln!("{}: error is {error}, but {:#?}", id(folder), login.outcome);
            false
        }
    });
    assert!(outcomes.iter().all(|as_said| *as_said));
}

#[test]
fn the_verdict_on_every_fixed_file_is_what_consoleme_does() {
    let provider = provider();
    let copies = Copies::new(&provider);
    let mut folders = folders();
    folders.retain(|folder| folder.join(FIXED).exists());
    assert!(folders.len() > 30, "the fixed files were not found");
    let outcomes = in_parallel(&folders, |folder| {
        if let Shows::Needs(_) = rule(folder).login {
            return true;
        }
        let error = is_error(&folder.join(FIXED));
        let login = copies.login(&provider, folder, FIXED);
        let elsewhere = id(folder) == LOGS_IN_ELSEWHERE;
        (error || elsewhere) == login.outcome.is_err() || {
            eprintln!("{}: error is {error}, but {:#?}", id(folder), login.outcome);
            false
        }
    });
    assert!(outcomes.iter().all(|as_said| *as_said));
}

#[test]
fn a_person_logs_in_with_every_good_file() {
    let provider = provider();
    let copies = Copies::new(&provider);
    let outcomes = in_parallel(&folders(), |folder| {
        let login = copies.login(&provider, folder, "good.yaml");
        login.outcome.is_ok() || {
            eprintln!("{}: {:#?}", id(folder), login);
            false
        }
    });
    assert!(outcomes.iter().all(|ok| *ok));
}

/// The errors that a login does not show, each with the reason that its rule gives.
#[test]
fn the_list_of_what_a_login_does_not_show_is_no_longer_than_needed() {
    let mut list = String::new();
    for rule in rules::all() {
        match rule.login {
            Shows::Tells => {}
            Shows::Hides(outcome) => {
                writeln!(list, "{}: people log in; {outcome}", rule.id).unwrap();
            }
            Shows::Needs(what) => writeln!(list, "{}: needs {what}", rule.id).unwrap(),
        }
    }
    insta::assert_snapshot!(list, @r"
    secret-in-another-region: needs the variable EC2_REGION, which is no part of the file
    access-token-is-trusted: people log in; strangers can write the token that tells their groups
    saml-without-an-e-mail-attribute: needs a SAML provider
    strangers-can-register: needs the users' table of ConsoleMe's own passwords
    debug-is-on: people log in; strangers see tracebacks
    development-is-on: people log in; strangers are one setting from doing so too
    full-debugging-is-on: people log in; their tokens are written down
    xsrf-is-off: people log in; other web pages can act as them
    unknown-client-scope: people log in; the provider of the tests leaves unknown scopes out, where Cognito refuses them
    malformed-sentry-dsn: people log in; the tests do not start Sentry's library, which refuses it
    weak-session-secret: people log in; strangers can forge a session
    url-over-http: people log in; the provider of the tests registers any callback URL, where Cognito takes https only
    ");
    for folder in folders() {
        if let Shows::Hides(_) = rule(&folder).login {
            assert!(is_error(&folder.join("bad.yaml")), "{}", folder.display());
        }
    }
}

/// What the README says of a checker that knows the schema alone.
#[test]
fn a_schema_checker_reports_as_few_examples_as_the_readme_says() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let examples: Vec<PathBuf> = folders()
        .iter()
        .map(|folder| folder.join("bad.yaml"))
        .collect();
    let mut check = tool("check-jsonschema");
    check.args(["--output-format", "json", "--schemafile"]);
    check.arg(repository.join("schemas/consoleme.schema.json"));
    let output = check.args(&examples).output().unwrap();
    let report: Json = serde_json::from_slice(&output.stdout).unwrap();
    let named = ["errors", "parse_errors"].map(|kind| report[kind].as_array().unwrap());
    let reported: BTreeSet<&str> = named
        .into_iter()
        .flatten()
        .map(|error| error["filename"].as_str().unwrap())
        .collect();
    let figures = format!(
        "of the {} examples of the rules, {} are reported",
        examples.len(),
        reported.len()
    );
    let readme = fs::read_to_string(repository.join("README.md")).unwrap();
    assert!(readme.contains(&figures), "{figures}");
}

fn in_parallel<T: Send>(folders: &[PathBuf], work: impl Fn(&Path) -> T + Sync) -> Vec<T> {
    let work = &work;
    thread::scope(|threads| {
        let half = folders.len().div_ceil(2);
        let workers: Vec<_> = folders
            .chunks(half)
            .map(|some| {
                threads.spawn(move || some.iter().map(|folder| work(folder)).collect::<Vec<_>>())
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}
