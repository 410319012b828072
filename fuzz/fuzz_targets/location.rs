//! Any `Location` of the authorization endpoint: no panic, and nothing odd in what is told of it.

#![no_main]

mod provider;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|location: &[u8]| provider::ask(None, location));
