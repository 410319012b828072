//! Is the severity of the schema's findings true? A key of the road to a login gets values that do
//! not belong there. Where a finding says error, nobody logs in; where it says less, a person does.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use consoleme_cfg::consoleme::{self, Catalogue, Status};
use consoleme_cfg::examine::examine;
use consoleme_cfg::finding::Severity;

use crate::harness::{LoadRequest, LoginRequest, PASSWORD, Provider, ProviderOptions, consoleme};

/// The sections and keys that a start up to the login reads.
const ROAD: [&str; 22] = [
    "_development_groups_override",
    "_development_user_override",
    "_security_risk_full_debugging",
    "application_admin",
    "application_name",
    "auth",
    "auth_cookie_name",
    "boto3",
    "development",
    "dynamodb_server",
    "environment",
    "errors",
    "get_user_by_oidc_settings",
    "groups",
    "jwt",
    "jwt_secret",
    "logging",
    "logging_levels",
    "oidc_secrets",
    "redis",
    "tornado",
    "url",
];

/// What this login cannot tell: the keys, and why.
const BEYOND: [(&str, &str); 10] = [
    (
        "auth.cookie.samesite",
        "browsers read what Python's cookie parser refuses",
    ),
    (
        "auth.get_user_by_password",
        "anything that is not empty switches it on, and it needs settings of its own",
    ),
    (
        "auth.get_user_by_saml",
        "anything that is not empty switches it on, and it needs settings of its own",
    ),
    (
        "auth.groups_to_add_for_all_users",
        "it is for people in no group; this one is in two",
    ),
    (
        "boto3.client_kwargs.aws_session_token",
        "the AWS mock takes any token",
    ),
    ("groups", "the pages ask for these after the login"),
    (
        "jwt.expiration_minutes",
        "true is one minute, long enough here; false is none",
    ),
    (
        "oidc_secrets.secret",
        "a number may be the secret; none of these is",
    ),
    (
        "redis.host",
        "the tests' closed network refuses a host before Python looks at its type",
    ),
    (
        "tornado.address",
        "the server listens at an address of the test's",
    ),
];

/// Wrong for some keys each, in YAML.
const VALUES: [&str; 7] = [
    "null",
    "true",
    "5",
    "1.5",
    "some text",
    "[some]",
    "{some: text}",
];

/// A value that the schema finds something in.
#[derive(Debug, Clone)]
struct Case {
    key: String,
    value: &'static str,
    severity: Severity,
}

impl Case {
    fn is_beyond(&self) -> bool {
        let is_it = |key: &str| self.key == key || self.key.starts_with(&format!("{key}."));
        BEYOND.iter().any(|(key, _)| is_it(key))
    }
}

fn configuration(provider: &Provider) -> String {
    let (metadata_url, client) = (provider.metadata_url(), provider.client());
    let (id, secret) = (&client.id, &client.secret);
    format!(
        "environment: test
url: https://consoleme.example.com
jwt_secret: a-text-of-32-characters-or-more-that-nobody-knows
application_admin: somebody@example.com
auth: {{get_user_by_oidc: true, set_auth_cookie: true}}
get_user_by_oidc_settings: {{metadata_url: '{metadata_url}', jwt_groups_key: 'cognito:groups'}}
oidc_secrets: {{client_id: {id}, secret: {secret}, client_scope: [openid, email]}}
tornado: {{port: 8081}}
aws: {{region: us-east-1}}
"
    )
}

/// `a.b` and `[c]` as `a: {b: [c]}`, all cases in one mapping.
fn overriding(cases: &[Case]) -> String {
    let mut root = Section::default();
    for case in cases {
        root.put(&case.key.split('.').collect::<Vec<_>>(), case.value);
    }
    let mut text = String::new();
    for (name, part) in &root.0 {
        writeln!(text, "{name}: {}", part.text()).expect("a text grows");
    }
    text
}

#[derive(Default)]
struct Section(Vec<(String, Part)>);

enum Part {
    Value(&'static str),
    Section(Section),
}

impl Section {
    fn put(&mut self, names: &[&str], value: &'static str) {
        let (first, rest) = names.split_first().expect("a name");
        let found = self.0.iter().position(|(name, _)| name == first);
        if rest.is_empty() {
            self.0.push(((*first).to_owned(), Part::Value(value)));
            return;
        }
        let index = found.unwrap_or_else(|| {
            let section = Part::Section(Section::default());
            self.0.push(((*first).to_owned(), section));
            self.0.len() - 1
        });
        match &mut self.0[index].1 {
            Part::Section(section) => section.put(rest, value),
            Part::Value(_) => panic!("{first} has a value already"),
        }
    }
}

impl Part {
    fn text(&self) -> String {
        match self {
            Self::Value(value) => (*value).to_owned(),
            Self::Section(section) => {
                let parts = section.0.iter();
                let parts = parts.map(|(name, part)| format!("{name}: {}", part.text()));
                format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// The keys of the road, and the values at which the schema finds something.
fn cases(base: &str) -> Vec<Case> {
    let keys = Catalogue::keys().into_iter().filter(|key| {
        let first = key.path.split(['.', ':']).next().unwrap_or_default();
        ROAD.contains(&first)
            && !key.path.contains(['<', '['])
            && matches!(key.at.status(), Status::Read | Status::Deprecated)
    });
    let keys: Vec<String> = keys.map(|key| key.path).collect();
    assert!(keys.len() > 120, "{} keys", keys.len());
    let mut cases = Vec::new();
    for key in keys {
        for value in VALUES {
            let mut case = Case {
                key: key.clone(),
                value,
                severity: Severity::Info,
            };
            if let Some(severity) = judged(base, &case) {
                case.severity = severity;
                cases.push(case);
            }
        }
    }
    cases
}

/// The first and the last case of each key: each costs a login of its own.
fn two_of_each(cases: Vec<Case>) -> Vec<Case> {
    let of_each = cases.chunk_by(|one, next| one.key == next.key);
    let two = of_each.flat_map(|of_one| match of_one {
        [first, .., last] => vec![first.clone(), last.clone()],
        few => few.to_vec(),
    });
    two.collect()
}

/// What the schema says of a case; nothing where it is silent, or leaves the word to a rule.
fn judged(base: &str, case: &Case) -> Option<Severity> {
    let text = format!(
        "{}{}",
        "extends: [base.yaml]\n",
        overriding(std::slice::from_ref(case))
    );
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("base.yaml"), base).expect("a file");
    let load = consoleme::load_text(PathBuf::from("some.yaml"), text, folder.path());
    let examined = examine(load, None).unwrap_or_else(|error| panic!("{error}"));
    let ours = examined.findings.iter().filter(|finding| {
        let rule = finding.rule.id;
        finding.place.key == case.key && ["wrong-type", "unusable-value"].contains(&rule)
    });
    ours.map(|finding| finding.severity).max()
}

/// What becomes of a login with all of the cases in force.
fn outcome(base: &str, cases: &[Case]) -> Result<(), String> {
    let text = format!("extends: [base.yaml]\n{}", overriding(cases));
    let start = LoadRequest::text(&text).with_file("base.yaml", base);
    let login = consoleme().login(&LoginRequest::new(start, "alice@example.com", PASSWORD));
    login.outcome.map(|_| ()).map_err(|failure| {
        let cause = failure.exception;
        let cause =
            cause.map(|raised| format!("{}: {} {:?}", raised.class, raised.message, raised.place));
        format!("{:?} {}", failure.stage, cause.unwrap_or_default())
    })
}

/// The cases that keep people from logging in, found by halving.
fn culprits(base: &str, cases: &[Case]) -> Vec<String> {
    match (outcome(base, cases), cases) {
        (Ok(()), _) => Vec::new(),
        (Err(error), [one]) => vec![format!(
            "{} = {}: {:?}, but {error}",
            one.key, one.value, one.severity
        )],
        (Err(_), _) => {
            let (left, right) = cases.split_at(cases.len() / 2);
            // Two may do together what neither does alone; that is nobody's severity.
            [culprits(base, left), culprits(base, right)].concat()
        }
    }
}

#[test]
fn an_error_keeps_people_out_and_anything_less_does_not() {
    let mut options = ProviderOptions::default();
    options.clients[0].redirect_uris = vec!["https://consoleme.example.com/auth".to_owned()];
    let provider = Provider::start(options);
    let base = configuration(&provider);
    assert_eq!(outcome(&base, &[]), Ok(()), "the base works");
    let cases = cases(&base);
    let (errors, others): (Vec<_>, Vec<_>) = cases
        .into_iter()
        .filter(|case| !case.is_beyond())
        .partition(|case| case.severity == Severity::Error);
    let errors = two_of_each(errors);
    assert!(
        errors.len() > 70 && others.len() > 300,
        "{} and {}",
        errors.len(),
        others.len()
    );
    let next = AtomicUsize::new(0);
    let mut wrong: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let mut wrong = Vec::new();
                    while let Some(case) = errors.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if outcome(&base, std::slice::from_ref(case)).is_ok() {
                            wrong.push(format!(
                                "{} = {}: error, but a person logs in",
                                case.key, case.value
                            ));
                        }
                    }
                    wrong
                })
            })
            .collect();
        let wrong = workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("no panic"));
        wrong.collect()
    });
    let sections = Catalogue::keys();
    let is_section = |case: &Case| {
        let below = format!("{}.", case.key);
        sections.iter().any(|key| key.path.starts_with(&below))
    };
    for value in VALUES {
        let same = others.iter().filter(|case| case.value == value).cloned();
        let (sections, keys): (Vec<Case>, Vec<Case>) = same.partition(is_section);
        wrong.extend(culprits(&base, &keys));
        wrong.extend(
            sections
                .iter()
                .flat_map(|one| culprits(&base, std::slice::from_ref(one))),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
