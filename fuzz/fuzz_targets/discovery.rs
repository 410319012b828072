//! Any discovery document: no panic, and the secret goes only where the issuer is proven.

#![no_main]

mod provider;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &[u8]| provider::ask(Some(document), b"/login?client_id=client"));
