//! What a panic shows and how it ends, seen from outside: this program starts itself again, and the
//! new one panics.

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

use consoleme_cfg::cli::guarded;

const CANARY: &str = "kq7w3Wv9xT5mB2nR8";
const VARIABLE: &str = "CONSOLEME_CFG_TEST_PANIC";

fn panicking(how: &str) -> ! {
    let canary = CANARY.to_owned();
    let outcome = guarded(|| match how {
        "here" => panic!("the secret is {canary}"),
        "index" => {
            let list: Vec<u8> = Vec::new();
            let status = list[canary.len()];
            panic!("there is no {status}")
        }
        _ => std::thread::scope(|scope| {
            let failed = scope.spawn(|| -> () { panic!("the secret is {canary}") });
            std::panic::resume_unwind(failed.join().unwrap_err())
        }),
    });
    std::process::exit(outcome.unwrap() as i32)
}

#[test]
fn a_panic_tells_its_place_and_nothing_else() {
    if let Ok(how) = std::env::var(VARIABLE) {
        panicking(&how);
    }
    for how in ["here", "index", "thread"] {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_panic_tells_its_place_and_nothing_else"])
            .arg("--nocapture")
            .env(VARIABLE, how)
            .env("RUST_BACKTRACE", "1")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(3), "{how}: {output:?}");
        let err = String::from_utf8(output.stderr).unwrap();
        let place = "error: consoleme-cfg has a defect at tests/defect.rs:";
        assert!(err.starts_with(place), "{how}: {err}");
        assert_eq!(err.lines().count(), 1, "{how}: {err}");
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(!format!("{out}{err}").contains(CANARY), "{how}: {out}{err}");
    }
}
