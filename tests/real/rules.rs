//! The promise of the severities: with a rule's `bad.yaml` the real ConsoleMe does not start or
//! nobody logs in where the rule says error, and a person logs in with everything else.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use consoleme_cfg::consoleme as model;
use consoleme_cfg::examine::examine;
use consoleme_cfg::finding::Severity;
use tempfile::TempDir;

use crate::harness::{
    Client, LoadRequest, Login, LoginRequest, PASSWORD, Provider, ProviderOptions, consoleme,
};

/// Errors that a login through a provider on this machine cannot show, with the reason.
const NOT_SHOWN_BY_A_LOGIN: [(&str, &str); 9] = [
    ("debug-is-on", "people log in; strangers see tracebacks"),
    (
        "development-is-on",
        "people log in; strangers are one setting from doing so too",
    ),
    (
        "full-debugging-is-on",
        "people log in; their tokens are written down",
    ),
    (
        "port-is-missing",
        "the login runs without ConsoleMe's own web server, on a free port",
    ),
    (
        "port-is-not-a-port",
        "the login runs without ConsoleMe's own web server, on a free port",
    ),
    (
        "unknown-client-scope",
        "the provider leaves unknown scopes out, where Cognito refuses them",
    ),
    (
        "url-over-http",
        "the provider registers any callback URL, where Cognito takes https only",
    ),
    (
        "xsrf-is-off",
        "people log in; other web pages can act as them",
    ),
    (
        "weak-session-secret",
        "people log in; strangers can forge a session",
    ),
];

/// What the fixes make of a `bad.yaml`.
const FIXED: &str = "fixed.yaml";

/// The rule whose fixed file names a provider that there is none of.
const LOGS_IN_ELSEWHERE: &str = "metadata-url-over-http";

/// The group whose rules are about a load balancer that logs people in; there is none here, so its
/// files are not tried.
const BEHIND_A_LOAD_BALANCER: &str = "alb";

const METADATA_URL: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/openid-configuration";

fn folders() -> Vec<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir()).collect()
    };
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut groups = below(&rules);
    groups.retain(|group| !group.ends_with(BEHIND_A_LOAD_BALANCER));
    groups.iter().flat_map(|group| below(group)).collect()
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
        redirect_uris: urls.iter().map(|url| format!("{url}/auth")).collect(),
        scopes: ["openid", "email", "phone"].map(str::to_owned).to_vec(),
        code_grant: true,
    };
    Provider::start(ProviderOptions {
        pool: "eu-west-1_AbCdEfGhI".to_owned(),
        clients: vec![client],
        ..ProviderOptions::default()
    })
}

/// The rules' files, with the pool's metadata URL turned into the provider's.
struct Copies(TempDir);

impl Copies {
    fn new(provider: &Provider) -> Self {
        let copies = Self(tempfile::tempdir().unwrap());
        let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
        let mut files = vec![rules.join("base.yaml")];
        for folder in folders() {
            let here = ["bad.yaml", "good.yaml", FIXED].map(|name| folder.join(name));
            files.extend(here.into_iter().filter(|path| path.exists()));
        }
        for file in files {
            let copy = copies.0.path().join(file.strip_prefix(&rules).unwrap());
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
            let text = fs::read_to_string(&file).unwrap();
            fs::write(copy, text.replace(METADATA_URL, &provider.metadata_url())).unwrap();
        }
        copies
    }

    fn login(&self, folder: &Path, name: &str) -> Login {
        let group = folder.parent().unwrap().file_name().unwrap();
        let file = self.0.path().join(group).join(id(folder)).join(name);
        let start = LoadRequest::file(&file).with_secret("consoleme", "{}");
        consoleme().login(&LoginRequest::new(start, "alice@example.com", PASSWORD))
    }
}

/// Whether the program finds an error in a file as it stands.
fn is_error(file: &Path) -> bool {
    let examined = examine(model::load(file), None).unwrap();
    examined.findings.worst() == Some(Severity::Error)
}

#[test]
fn the_verdict_on_every_bad_file_is_what_consoleme_does() {
    let provider = provider();
    let copies = Copies::new(&provider);
    let outcomes = in_parallel(&folders(), |folder| {
        let error = is_error(&folder.join("bad.yaml"));
        let hidden = NOT_SHOWN_BY_A_LOGIN
            .iter()
            .any(|(rule, _)| *rule == id(folder));
        let login = copies.login(folder, "bad.yaml");
        (error && !hidden) == login.outcome.is_err() || {
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
        let error = is_error(&folder.join(FIXED));
        let login = copies.login(folder, FIXED);
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
        let login = copies.login(folder, "good.yaml");
        login.outcome.is_ok() || {
            eprintln!("{}: {:#?}", id(folder), login);
            false
        }
    });
    assert!(outcomes.iter().all(|ok| *ok));
}

#[test]
fn the_list_of_what_a_login_cannot_show_is_no_longer_than_needed() {
    let folders = folders();
    for (rule, reason) in NOT_SHOWN_BY_A_LOGIN {
        let folder = folders.iter().find(|folder| id(folder) == rule);
        let folder = folder.unwrap_or_else(|| panic!("there is no rule {rule}: {reason}"));
        assert!(is_error(&folder.join("bad.yaml")), "{rule} is no error");
    }
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
