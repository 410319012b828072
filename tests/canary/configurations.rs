//! Configurations that hold the canary, whole and broken.

use std::fs;
use std::path::Path;

use consoleme_cfg::consoleme::Catalogue;
use tempfile::TempDir;

use crate::{CANARY, FORMATS, NUMBER, files_that_tell, run};

/// What stands after `secret: `. `@` is the canary, `#` the number.
const VALUES: [&str; 58] = [
    "@",
    "\"@\"",
    "'@'",
    "#",
    "\"@",
    "'@",
    "[@",
    "{@",
    "[@]",
    "{@: x}",
    "{x: @}",
    "{x: {y: [@]}}",
    "[#]",
    "@: x",
    "x: @",
    "\"@\" @",
    "\"@\" x",
    "'@'x: y",
    "\"@\\q\"",
    "\"\\q@\"",
    "\"\\x@\"",
    "*@",
    "&@ x",
    "&@",
    "!@ x",
    "!!int @",
    "!!float @",
    "!!binary @",
    "!!timestamp @",
    "!!python/object:@ x",
    "!!set {@, @}",
    "!<@",
    "%@",
    "`@",
    "|\n    @\n  @",
    ">\n    @\n @",
    "|@\n    x",
    "|\n    @",
    "\"x\n    @",
    "\"@\n    @\n    x\"",
    "\t@",
    "\"\t@\"",
    "@\n   - @",
    "@\n    @: x",
    "@\n  @",
    "@\n @",
    "? @",
    "- @",
    "\u{7}@",
    "@\u{7}",
    "\" @\"",
    "\"@ \"",
    "CHANGEME # @",
    "\"x\" # @",
    "<your secret> # was @",
    "https://user:@@example.com/",
    "true # @",
    "{{ @ }}",
];

/// Whole files.
const FILES: [&str; 21] = [
    "oidc_secrets: @\n",
    "oidc_secrets: [@]\n",
    "oidc_secrets:\n  - secret: @\n",
    "oidc_secrets:\n  secret: @\n  secret: x\n",
    "oidc_secrets:\n  secret: @\n  secret:\n",
    "oidc_secrets: {secret: @, client_id: x\n",
    "oidc_secrets: {secret: @, client_scope: openid, oops: 1}\n",
    "oidc_secrets:\n  secret: &a @\n  client_id: *a\n  client_scope: *a\nurl: *a\n",
    "oidc_secrets:\n  secret: @\nurl: @\nenvironment: @\ntornado: {port: @}\n",
    "oidc_secrets:\n  secret: @\naccount_ids_to_name:\n  @: @\n",
    "oidc_secrets:\n  secret: @\nextends: [@.yaml, {@: @}]\n",
    "oidc_secrets:\n  secret: @\nextends: @\n",
    "oidc_secrets:\n  secret: @\n# the old one was @\nauth: yes # @\n",
    "oidc_secrets.secret: @\njwt_secert: @\noidc_secrets: {seret: @}\n",
    "oidc_secrets:\r\n  secret: @\r\n bad: [\r\n",
    "oidc_secrets:\r  secret: @\r bad: [\r",
    "- oidc_secrets: {secret: @}\n",
    "--- {oidc_secrets: {secret: @}}\n--- {oidc_secrets: {secret: @}}\n",
    "{\"oidc_secrets\": {\"secret\": \"@\",}, \"url\": 1, oops}\n",
    "oidc_secrets:\n  secret:\n    @\n  bad: [\n",
    "secret: @\njwt_secret: @\nx: [\n",
];

fn filled(text: &str) -> String {
    text.replace('@', CANARY).replace('#', NUMBER)
}

/// A text in which `#` begins a comment, as only some values have the number.
fn value(text: &str) -> String {
    if text.contains(" # ") {
        text.replace('@', CANARY)
    } else {
        filled(text)
    }
}

/// Every configuration, as names and texts.
fn all() -> Vec<(String, String)> {
    let around = |name: String, value: &str| {
        let text = format!(
            "environment: prod\nurl: https://consoleme.example.com/\noidc_secrets:\n  client_id: 1example23456789abcdefghij\n  secret: {value}\n  client_scope: openid email\njwt_secret: {CANARY}\n"
        );
        (name, text)
    };
    let values = VALUES.iter().enumerate();
    let values = values.map(|(at, text)| around(format!("value-{at}.yaml"), &value(text)));
    let files = FILES.iter().enumerate();
    let files = files.map(|(at, text)| {
        let text = text.replace('@', CANARY);
        (format!("file-{at}.yaml"), text)
    });
    let keys = Catalogue::keys().into_iter();
    let keys = keys.filter(|key| key.at.is_secret() && !key.path.contains(':'));
    let keys = keys.enumerate().flat_map(|(at, key)| {
        let text = at_key(&key.path, CANARY);
        let broken = format!("{text}\nextends: @\n");
        let of_a_wrong_type = at_key(&key.path, &format!("[{CANARY}, {{{CANARY}: 1}}]"));
        [
            (format!("key-{at}.yaml"), text),
            (format!("key-{at}-broken.yaml"), broken),
            (format!("key-{at}-typed.yaml"), of_a_wrong_type),
        ]
    });
    let extended = [
        (
            "extends-whole.yaml",
            "extends: [value-0.yaml, file-4.yaml]\n",
        ),
        ("extends-broken.yaml", "extends: [value-4.yaml]\n"),
        (
            "extends-typed.yaml",
            "extends: [file-0.yaml]\noidc_secrets: {}\n",
        ),
        (
            "extends-over.yaml",
            "extends: [value-0.yaml]\noidc_secrets: {secret: x, client_id: 5}\n",
        ),
        ("extends-no-map.yaml", "extends: [plain.yaml]\n"),
    ];
    let extended = extended.map(|(name, text)| (name.to_owned(), text.to_owned()));
    values.chain(files).chain(keys).chain(extended).collect()
}

/// A configuration that has nothing but this key, in block style.
fn at_key(path: &str, value: &str) -> String {
    let mut text = String::new();
    let mut indent = 0;
    for part in path.split('.') {
        let (name, is_list) = match part.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (part, false),
        };
        let name = name.trim_matches(['<', '>']);
        text.push_str(&format!("\n{}{name}:", "  ".repeat(indent)));
        indent += 1;
        if is_list {
            text.push_str(&format!("\n{}-", "  ".repeat(indent)));
            indent += 1;
            text.push_str(" other: 1");
        }
    }
    format!("{}: {value}\n", text.trim_start().trim_end_matches(':'))
}

fn folder(all: &[(String, String)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for (name, text) in all {
        fs::write(folder.path().join("in").join(name), text).unwrap();
    }
    fs::write(folder.path().join("in/plain.yaml"), CANARY).unwrap();
    folder
}

fn names(all: &[(String, String)]) -> Vec<String> {
    all.iter().map(|(name, _)| format!("in/{name}")).collect()
}

#[test]
fn validate_in_every_format() {
    let all = all();
    let folder = folder(&all);
    let names = names(&all);
    let files: Vec<&str> = names.iter().map(String::as_str).collect();
    let verbose = FORMATS.map(|format| ["--format", format, "--verbose"]);
    let others = [
        ["--format", "human", "--quiet"],
        ["--color", "always", "--jobs=1"],
    ];
    for how in verbose.iter().chain(&others) {
        let run = run(
            folder.path(),
            &[&["validate"], &how[..], &files].concat(),
            "",
        );
        run.assert_silent();
        assert_eq!(run.status, Some(1), "{}", run.text);
    }
    let outputs = FORMATS.map(|format| format!("--output={format}={format}.out"));
    let outputs: Vec<&str> = outputs.iter().map(String::as_str).collect();
    let arguments = [&["validate"], &outputs[..], &files].concat();
    run(folder.path(), &arguments, "").assert_silent();
    for format in FORMATS {
        assert!(folder.path().join(format!("{format}.out")).exists());
    }
    assert!(files_that_tell(folder.path()).is_empty());
}

#[test]
fn fixes_and_what_they_would_change() {
    let all = all();
    let folder = folder(&all);
    let names = names(&all);
    let files: Vec<&str> = names.iter().map(String::as_str).collect();
    let report = ["validate", "--format=json", "--output=json=old.json"];
    run(folder.path(), &[&report, &files[..]].concat(), "").assert_silent();
    for how in [
        &["--diff"][..],
        &["--diff", "--unsafe-fixes", "--color=always"],
        &["--baseline=old.json", "--verbose"],
        &["--fix"],
        &["--fix", "--unsafe-fixes"],
        &["--fix", "--unsafe-fixes", "--format=sarif"],
    ] {
        run(folder.path(), &[&["validate"], how, &files].concat(), "").assert_silent();
    }
    // The files themselves are in a folder of their own.
    assert!(files_that_tell(folder.path()).is_empty());
}

#[test]
fn validate_one_by_one_and_from_standard_input() {
    let all = all();
    let folder = folder(&all);
    for (name, text) in &all {
        let run = run(folder.path(), &["validate", "-", "--format=json"], text);
        run.assert_silent();
        assert!(
            run.status.is_some_and(|status| status < 2 || status == 3),
            "{name}: {}",
            run.text
        );
    }
}

#[test]
fn show_in_every_form() {
    let all = all();
    let folder = folder(&all);
    for name in names(&all) {
        for more in [
            &[][..],
            &["oidc_secrets.secret"],
            &["--origin", "--format=json", "--verbose"],
        ] {
            let arguments = [&["show", &name], more].concat();
            run(folder.path(), &arguments, "").assert_silent();
        }
    }
    assert!(files_that_tell(folder.path()).is_empty());
    let reveal = run(
        folder.path(),
        &["show", "in/value-0.yaml", "--reveal-secrets"],
        "",
    );
    assert!(reveal.text.contains(CANARY), "what is asked for is shown");
}

#[test]
fn every_secret_key_of_the_catalogue_is_there() {
    let keys = Catalogue::keys().into_iter();
    let secret = keys.filter(|key| key.at.is_secret() && !key.path.contains(':'));
    for key in secret {
        let text = at_key(&key.path, CANARY);
        let load = consoleme_cfg::consoleme::load_text("x".into(), text.as_bytes(), Path::new(""));
        let config = load
            .result
            .unwrap_or_else(|_| panic!("{}: {text}", key.path));
        let secrets = consoleme_cfg::consoleme::Secrets::of(&config);
        assert_eq!(secrets.values().len(), 1, "{}: {text}", key.path);
    }
}
