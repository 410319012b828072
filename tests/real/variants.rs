//! No error without a reason: 200 harmless variants of a good configuration, in which ConsoleMe
//! reads the same settings in other clothes, get no error, and a person logs in with each.

use std::fmt::Write;
use std::thread;

use consoleme_cfg::consoleme as model;
use consoleme_cfg::examine::examine;
use consoleme_cfg::finding::Severity;
use consoleme_cfg::yaml;

use crate::harness::{
    Client, LoadRequest, LoginRequest, PASSWORD, Provider, ProviderOptions, consoleme,
};

const VARIANTS: u64 = 200;
const EXTENDED: &str = "others.yaml";
const POOL: &str = "us-east-1_Example01";
const METADATA_URL: &str = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example01/.well-known/openid-configuration";

/// A value of a configuration, before it is written in one of many ways.
#[derive(Debug, Clone)]
enum Setting {
    Text(&'static str),
    Switch(bool),
    Number(u32),
    Null,
    List(Vec<Setting>),
    Section(Vec<(&'static str, Setting)>),
}

use Setting::{List, Null, Number, Section, Switch, Text};

fn needed() -> Vec<(&'static str, Setting)> {
    vec![
        ("environment", Text("prod")),
        ("url", Text("https://consoleme.example.com")),
        ("application_admin", Text("consoleme_admins@example.com")),
        (
            "jwt_secret",
            Text("0f5d8c1be27a4b3c9d6e8f7a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e"),
        ),
        (
            "auth",
            Section(vec![
                ("get_user_by_oidc", Switch(true)),
                ("set_auth_cookie", Switch(true)),
            ]),
        ),
        (
            "get_user_by_oidc_settings",
            Section(vec![
                ("metadata_url", Text(METADATA_URL)),
                ("jwt_groups_key", Text("cognito:groups")),
            ]),
        ),
        (
            "oidc_secrets",
            Section(vec![
                ("client_id", Text("1example23456789abcdefghij")),
                (
                    "secret",
                    Text("1example0secret0of0an0app0client0abcdefghijklmnopqr"),
                ),
                ("client_scope", List(vec![Text("openid"), Text("email")])),
            ]),
        ),
        ("tornado", Section(vec![("port", Number(8081))])),
    ]
}

/// Settings that change nothing about a login: each may be there or not.
fn optional() -> Vec<(&'static str, &'static str, Setting)> {
    vec![
        (
            "auth",
            "cookie",
            Section(vec![("samesite", Text("Lax")), ("httponly", Switch(true))]),
        ),
        ("auth", "extra_auth_cookies", List(vec![])),
        (
            "auth",
            "logout_redirect_url",
            Text("https://login.example.com/logout?client_id=1&x=2"),
        ),
        ("get_user_by_oidc_settings", "jwt_verify", Switch(true)),
        ("get_user_by_oidc_settings", "jwt_email_key", Text("email")),
        ("get_user_by_oidc_settings", "access_token_audience", Null),
        (
            "get_user_by_oidc_settings",
            "grant_type",
            Text("authorization_code"),
        ),
        (
            "get_user_by_oidc_settings",
            "get_groups_from_userinfo_endpoint",
            Switch(false),
        ),
        ("tornado", "debug", Switch(false)),
        ("tornado", "xsrf", Switch(true)),
        (
            "tornado",
            "xsrf_cookie_kwargs",
            Section(vec![("samesite", Text("strict"))]),
        ),
        ("jwt", "expiration_minutes", Number(120)),
        (
            "groups",
            "can_admin",
            List(vec![Text("admins"), Text("yes: # no")]),
        ),
        ("groups", "can_edit_config", List(vec![])),
        ("aws", "region", Text("us-east-1")),
        ("celery", "active_region", Text("us-east-1")),
        ("account_ids_to_name", "012345670123", Text("0x1F")),
        ("account_ids_to_name", "123456789012", Text("on")),
        ("policies", "role_name", Text("ConsoleMe")),
        (
            "celery",
            "broker",
            Section(vec![("global", Text("redis://localhost:6379/1"))]),
        ),
        (
            "celery",
            "backend",
            Section(vec![("global", Text("redis://localhost:6379/2"))]),
        ),
        (
            "redis",
            "host",
            Section(vec![("global", Text("localhost"))]),
        ),
        ("redis", "port", Number(6379)),
        ("plugins", "metrics", Text("default_metrics")),
        ("plugins", "auth", Text("default_auth")),
        ("site_config", "support_contact", Text("help@example.com")),
        (
            "dynamic_config",
            "role_cache",
            Section(vec![("cache_expiration", Number(60))]),
        ),
        (
            "get_user_by_oidc_settings",
            "id_token_response_key",
            Text("id_token"),
        ),
        ("logging", "level", Text("info")),
        ("logging_levels", "elasticsearch.trace", Text("ERROR")),
        ("challenge_url", "enabled", Switch(true)),
        ("ses", "region", Text("us-east-1")),
        (
            "cloud_credential_authorization_mapping",
            "role_tags",
            Section(vec![
                ("enabled", Switch(true)),
                (
                    "authorized_groups_tags",
                    List(vec![Text("consoleme-authorized")]),
                ),
            ]),
        ),
        (
            "our_own_plugin",
            "servers",
            List(vec![Text("a: b"), Number(3), Null]),
        ),
        (
            "our_own_plugin",
            "auth",
            Section(vec![("set_auth_cookies", Switch(false))]),
        ),
    ]
}

/// The same numbers for the same seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(limit).unwrap()).unwrap()
    }

    fn often(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

struct Writer {
    chance: Chance,
    /// Whether the section `auth` gets an anchor.
    anchored: bool,
    indent: usize,
    out: String,
}

impl Writer {
    fn scalar(&mut self, setting: &Setting) -> String {
        let pick =
            |chance: &mut Chance, words: &[&str]| words[chance.below(words.len())].to_owned();
        match setting {
            Switch(true) => pick(
                &mut self.chance,
                &["true", "True", "yes", "on", "ON", "!!bool yes"],
            ),
            Switch(false) => pick(&mut self.chance, &["false", "FALSE", "no", "Off"]),
            Null => pick(&mut self.chance, &["null", "~", "Null", "!!null null"]),
            Number(8081) => pick(
                &mut self.chance,
                &["8081", "8_081", "0x1F91", "2:14:41", "!!int '8081'"],
            ),
            Number(number) => number.to_string(),
            Text(text) => self.text(text),
            List(_) => "[]".to_owned(),
            Section(_) => "{}".to_owned(),
        }
    }

    fn text(&mut self, text: &str) -> String {
        match self.chance.below(4) {
            0 => format!("'{}'", text.replace('\'', "''")),
            1 => format!("\"{text}\""),
            2 => format!("!!str {}", yaml::quote(text)),
            _ => yaml::quote(text),
        }
    }

    fn flow(&mut self, setting: &Setting) -> String {
        match setting {
            List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Section(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", yaml::quote(key), self.flow(value)))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
            scalar => self.scalar(scalar),
        }
    }

    fn block(&mut self, setting: &Setting, depth: usize) {
        let pad = " ".repeat(self.indent * depth);
        match setting {
            Section(entries) if !entries.is_empty() && (depth == 0 || self.chance.often(75)) => {
                if depth > 0 {
                    self.out.push('\n');
                }
                for (key, value) in entries {
                    if self.chance.often(15) {
                        writeln!(self.out, "{pad}# about {key}: [x").unwrap();
                    }
                    let key = yaml::quote(key);
                    let anchor = if self.anchored && depth == 0 && key == "auth" {
                        " &auth"
                    } else {
                        ""
                    };
                    write!(self.out, "{pad}{key}:{anchor}").unwrap();
                    self.block(value, depth + 1);
                }
            }
            List(items) if !items.is_empty() && self.chance.often(60) => {
                self.out.push('\n');
                for item in items {
                    let item = self.flow(item);
                    writeln!(self.out, "{pad}- {item}").unwrap();
                }
            }
            other => {
                let value = self.flow(other);
                let comment = if self.chance.often(10) { "  # why" } else { "" };
                writeln!(self.out, " {value}{comment}").unwrap();
            }
        }
    }
}

/// A configuration, and a file that it extends where there is one.
struct Variant {
    text: String,
    extended: Option<String>,
}

fn variant(seed: u64) -> Variant {
    let mut chance = Chance(seed);
    let mut settings = needed();
    for (section, key, setting) in optional() {
        if !chance.often(40) {
            continue;
        }
        match settings.iter_mut().find(|(name, _)| *name == section) {
            Some((_, Section(entries))) => entries.push((key, setting)),
            _ => settings.push((section, Section(vec![(key, setting)]))),
        }
    }
    for (_, setting) in &mut settings {
        if let Section(entries) = setting {
            chance.shuffle(entries);
        }
    }
    chance.shuffle(&mut settings);
    let indent = 1 + chance.below(4);
    let anchored = chance.often(20);
    let mut writer = Writer {
        chance,
        anchored,
        indent,
        out: String::new(),
    };
    // A section that stands in both files is merged, and the first file's settings win.
    let extended = writer.chance.often(25).then(|| {
        let split = 1 + writer.chance.below(settings.len() - 1);
        let mut others = settings.split_off(split);
        let shared = settings.first().filter(|(_, section)| is_section(section));
        others.extend(shared.cloned());
        settings.push(("extends", List(vec![Text(EXTENDED)])));
        writer.block(&Section(others), 0);
        std::mem::take(&mut writer.out)
    });
    writer.block(&Section(settings), 0);
    let Writer {
        mut chance,
        mut out,
        ..
    } = writer;
    // An anchor is good for its own file.
    if out.contains("auth: &auth") {
        out.push_str("our_other_plugin:\n  <<: *auth\n  also: *auth\n");
    }
    if chance.often(25) {
        out = format!("---\n{out}");
    }
    if chance.often(15) {
        out.push_str("...\n");
    }
    if chance.often(20) {
        out = out.replace('\n', "\r\n");
    }
    if chance.often(10) {
        out.insert(0, '\u{feff}');
    }
    Variant {
        text: out,
        extended,
    }
}

fn is_section(setting: &Setting) -> bool {
    matches!(setting, Section(_))
}

#[test]
fn harmless_variants_get_no_error_and_log_in() {
    let provider = Provider::start(ProviderOptions {
        pool: POOL.to_owned(),
        clients: vec![Client {
            id: "1example23456789abcdefghij".to_owned(),
            secret: "1example0secret0of0an0app0client0abcdefghijklmnopqr".to_owned(),
            redirect_uris: vec!["https://consoleme.example.com/auth".to_owned()],
            scopes: vec!["openid".to_owned(), "email".to_owned()],
            code_grant: true,
        }],
        ..ProviderOptions::default()
    });
    let provider = &provider;
    thread::scope(|threads| {
        for worker in 0..2 {
            threads.spawn(move || {
                for seed in (0..VARIANTS).filter(|seed| seed % 2 == worker) {
                    is_harmless(&variant(seed), provider);
                }
            });
        }
    });
}

fn is_harmless(variant: &Variant, provider: &Provider) {
    let Variant { text, extended } = variant;
    let folder = tempfile::tempdir().unwrap();
    if let Some(extended) = extended {
        std::fs::write(folder.path().join(EXTENDED), extended).unwrap();
    }
    let load = model::load_text("consoleme.yaml".into(), text.as_str(), folder.path());
    let findings = examine(load, None).unwrap().findings;
    assert!(
        findings.worst() < Some(Severity::Error),
        "{text}\n{extended:?}\n{findings:#?}"
    );
    let real = |text: &str| text.replace(METADATA_URL, &provider.metadata_url());
    let mut start = LoadRequest::text(&real(text));
    if let Some(extended) = extended {
        start = start.with_file(EXTENDED, &real(extended));
    }
    let login = consoleme().login(&LoginRequest::new(start, "alice@example.com", PASSWORD));
    assert!(
        login.outcome.is_ok(),
        "{text}\n{extended:?}\n{:#?}",
        login.outcome
    );
}
