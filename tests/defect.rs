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

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};

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

/// How a program ends that may leave a core file and is killed as by `abort` once it has begun to
/// speak, and what the system had set for it by then.
fn aborted(script: &str) -> (ExitStatus, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Command::new("sh")
        .args(["-c", &format!("ulimit -c unlimited; {script}")])
        .arg("sh")
        .arg(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = [0];
    let out = program.stdout.as_mut().unwrap();
    out.read_exact(&mut said).unwrap();
    let id = program.id().to_string();
    let limits = std::fs::read_to_string(format!("/proc/{id}/limits")).unwrap();
    let kill = Command::new("kill").args(["-ABRT", &id]).status();
    assert!(kill.unwrap().success());
    let status = program.wait().unwrap();
    assert_eq!(status.signal(), Some(6), "{status}");
    (status, limits)
}

/// The shell shows whether there would be one. The schema is longer than a pipe takes, so the
/// program waits.
#[test]
fn no_core_file_is_left() {
    let core = |limits: &str| {
        let mut lines = limits.lines();
        let line = lines.find(|line| line.starts_with("Max core file size"));
        let words = line.unwrap().split_whitespace().skip(4).take(2);
        words.collect::<Vec<_>>().join(" ")
    };
    let (shell, limits) = aborted("echo ready; read -r line");
    println!(
        "core files of others: {}, {}",
        shell.core_dumped(),
        core(&limits)
    );
    let (ours, limits) = aborted("exec \"$1\" schema");
    assert!(!ours.core_dumped(), "{ours}");
    assert_eq!(core(&limits), "0 0", "{limits}");
}
