//! The picture in the README is what the program prints.

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

use std::process::Command;

use snapbox::{Assert, Data, data::DataFormat};

#[test]
fn the_readme_shows_what_validate_prints() {
    let output = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/picture"))
        .args(["validate", "consoleme.yaml", "--color", "always"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stdout).unwrap();
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/validate.svg");
    let picture = Data::read_from(picture.as_ref(), Some(DataFormat::TermSvg));
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(Data::text(printed).coerce_to(DataFormat::TermSvg), picture);
}
