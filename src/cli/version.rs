//! `--version`: what this program is, and which ConsoleMe it knows.

/// The version, the commit it was built from (`build.rs`), and the ConsoleMe whose code the rules
/// and the catalogue of keys were derived from.
pub(super) const LONG: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\ncommit: ",
    env!("CONSOLEME_CFG_COMMIT"),
    "\nknows: ConsoleMe 1.4.0 (commit 011b0102)",
);
