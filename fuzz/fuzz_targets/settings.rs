//! Any text as `consoleme-cfg.toml`: settings, or characters of it to point at.

#![no_main]

use consoleme_cfg::settings::Settings;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(problem) = Settings::parse(text) {
        assert!(text.get(problem.span).is_some());
        assert!(!problem.message.is_empty());
    }
});
