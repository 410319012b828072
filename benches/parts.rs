//! How long each part of a validation takes: `cargo bench --bench parts`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a bench that panics fails, as it should"
)]

use std::path::Path;

use consoleme_cfg::consoleme::{self, Config, Environment, Load};
use consoleme_cfg::examine::examine;
use consoleme_cfg::finding::Findings;
use consoleme_cfg::report::Outcome;
use consoleme_cfg::rules::{self, Context};
use consoleme_cfg::schema;
use consoleme_cfg::yaml::{self, SourceId, Tree};
use divan::{Bencher, black_box};

/// A configuration of a real size, without findings.
const TEXT: &str = include_str!("cognito.yaml");

fn main() {
    divan::main();
}

fn load(text: &str) -> Load {
    consoleme::load_text("cognito.yaml".into(), black_box(text), Path::new(""))
}

fn config() -> Config {
    load(TEXT).result.expect("the configuration is readable")
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let mut tree = Tree::default();
        let root = yaml::read(black_box(TEXT), SourceId(0), &mut tree);
        black_box((root.is_ok(), tree))
    });
}

#[divan::bench]
fn read_and_merge(bencher: Bencher<'_, '_>) {
    bencher.bench(|| load(TEXT));
}

#[divan::bench]
fn hold_against_the_rules(bencher: Bencher<'_, '_>) {
    let config = config();
    let (environment, because) = Environment::of(&config);
    let context = Context {
        config: &config,
        environment,
        because,
    };
    bencher.bench(|| {
        let mut findings = Findings::default();
        rules::check(black_box(&context), &mut findings);
        findings
    });
}

#[divan::bench]
fn hold_against_the_schema(bencher: Bencher<'_, '_>) {
    let config = config();
    bencher.bench(|| {
        let mut findings = Findings::default();
        schema::check(black_box(&config), &mut findings);
        findings
    });
}

#[divan::bench]
fn all_without_findings(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Outcome::of(examine(load(TEXT), None).expect("it can be examined")));
}

#[divan::bench]
fn all_with_findings(bencher: Bencher<'_, '_>) {
    let text = TEXT
        .replace("debug: false", "debug: true")
        .replace("support_contact", "support_contect");
    bencher.bench(|| Outcome::of(examine(load(&text), None).expect("it can be examined")));
}
