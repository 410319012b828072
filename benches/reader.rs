//! How fast a commented configuration is read, and whether time grows with its length alone.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics fails, as it should"
)]

use consoleme_cfg::yaml::{self, SourceId, Tree};
use divan::{Bencher, black_box, counter::BytesCount};

fn main() {
    divan::main();
}

/// The commented example, as often as it takes to have so many bytes.
fn configuration(bytes: usize) -> String {
    let example = include_str!("../tests/data/cognito.yaml");
    let anchors = ["policy_admins", "spoke", "logging"];
    let mut text = String::with_capacity(bytes + 2 * example.len());
    for copy in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&format!("copy_{copy}:\n"));
        let mut own = example.to_owned();
        for anchor in anchors {
            own = own.replace(&format!("&{anchor}"), &format!("&{anchor}{copy}"));
            own = own.replace(&format!("*{anchor}"), &format!("*{anchor}{copy}"));
        }
        for line in own.lines() {
            text.extend(["  ", line, "\n"]);
        }
    }
    text
}

#[divan::bench(args = [5, 100, 1_000, 10_000, 100_000], sample_count = 5)]
fn kilobytes(bencher: Bencher<'_, '_>, kilobytes: usize) {
    let text = configuration(kilobytes * 1_000);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let mut tree = Tree::default();
        let root = yaml::read(black_box(&text), SourceId(0), &mut tree).expect("it is valid");
        black_box((root, tree))
    });
}
