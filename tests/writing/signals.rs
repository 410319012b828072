//! Signals at any moment, and readers that go away.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::{
    ANSWERS, OLD, PROGRAM, assert_new, assert_new_as, in_folder, init, init_by, mode, names, put,
};

/// How long a whole run takes here and now.
fn whole_run() -> (Duration, String) {
    let folder = TempDir::new().unwrap();
    let begun = Instant::now();
    assert!(init(folder.path(), &[]).status.success());
    let took = begun.elapsed();
    (
        took,
        fs::read_to_string(folder.path().join("consoleme.yaml")).unwrap(),
    )
}

/// Sends a signal at many moments of a run; before and after its end too.
fn at_many_moments(signal: &str, old: Option<&str>, check: impl Fn(Option<i32>, &Path, &str)) {
    const MOMENTS: u32 = 40;
    let (took, reference) = whole_run();
    for moment in 0..MOMENTS {
        let folder = TempDir::new().unwrap();
        if let Some(old) = old {
            put(&folder.path().join("consoleme.yaml"), old, 0o600);
        }
        // The signal's own way takes time too, so the shell is there before the program is.
        let script = r#"
            "$@" > /dev/null 2> /dev/null & program=$!
            read -r _
            kill -$SIGNAL $program 2> /dev/null
            wait $program
        "#;
        let mut command = in_folder(folder.path(), "sh");
        command.args(["-c", script, "sh", PROGRAM]).args(ANSWERS);
        command.args(["--force"]).env("SIGNAL", signal);
        command.stdin(Stdio::piped()).stderr(Stdio::null());
        let mut shell = command.spawn().unwrap();
        thread::sleep(took * moment * 3 / 2 / MOMENTS);
        drop(shell.stdin.take());
        let status = shell.wait().unwrap();
        assert_eq!(status.signal(), None);
        check(status.code(), folder.path(), &reference);
    }
}

fn assert_old_or_new(folder: &Path, old: Option<&str>, reference: &str) {
    let path = folder.join("consoleme.yaml");
    match fs::read_to_string(&path).ok() {
        text if text.as_deref() == old => {}
        _ => assert_new_as(reference, &path),
    }
}

#[test]
fn a_signal_leaves_the_old_file_or_the_new_one() {
    for (signal, number) in [("TERM", 15), ("INT", 2), ("HUP", 1), ("QUIT", 3)] {
        for old in [Some(OLD), None] {
            at_many_moments(signal, old, |status, folder, reference| {
                assert!(
                    [Some(0), Some(128 + number)].contains(&status),
                    "{status:?}"
                );
                assert_old_or_new(folder, old, reference);
                let names = names(folder);
                assert!(
                    names.iter().all(|name| name == "consoleme.yaml"),
                    "{names:?}"
                );
            });
        }
    }
}

#[test]
fn even_a_kill_does() {
    at_many_moments("KILL", Some(OLD), |_, folder, reference| {
        assert_old_or_new(folder, Some(OLD), reference);
        // Nobody is left to take away what was begun, but nobody else may read it.
        for name in names(folder) {
            assert_eq!(mode(&folder.join(name)), 0o600);
        }
    });
}

#[test]
fn nobody_reads_the_output() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("consoleme.yaml");
    for (script, arguments) in [
        (r#"exec "$@" >&-"#, &["--force"][..]),
        (r#"exec "$@" >&- 2>&-"#, &["--force"]),
        (r#"exec "$@" >&- 2>&- <&-"#, &["--force"]),
        (r#"{ "$@"; echo $? > status; } | :"#, &["--force"]),
        (r#"{ "$@"; echo $? > status; } | head -1"#, &["--force"]),
        (r#"{ "$@"; echo $? > status; } | head -1"#, &["-o", "-"]),
        (r#"exec "$@" >&-"#, &["-o", "-"]),
        (r#"exec "$@" >&-"#, &["--dry-run"]),
    ] {
        put(&path, OLD, 0o600);
        let output = init_by(script, folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{script}: {output:?}");
        let messages = String::from_utf8(output.stderr).unwrap();
        assert!(!messages.contains("panicked"), "{script}: {messages}");
        assert!(!messages.contains("error"), "{script}: {messages}");
        if let Ok(status) = fs::read_to_string(folder.path().join("status")) {
            assert_eq!(status, "0\n", "{script}");
            fs::remove_file(folder.path().join("status")).unwrap();
        }
        if arguments == ["--force"] {
            assert_new(&path);
        }
        assert_eq!(names(folder.path()), ["consoleme.yaml"]);
    }
}

#[test]
fn findings_nobody_reads_are_findings() {
    let folder = TempDir::new().unwrap();
    put(&folder.path().join("consoleme.yaml"), OLD, 0o600);
    let script = r#"{ "$1" validate consoleme.yaml; echo $? > status; } | :"#;
    let output = init_by(script, folder.path(), &[]);
    assert!(output.stderr.is_empty(), "{output:?}");
    let status = fs::read_to_string(folder.path().join("status")).unwrap();
    assert_eq!(status, "1\n");
}

/// Runs the program with streams that everybody else has closed already.
fn closed(folder: &Path, arguments: &[&str], streams: &[&str]) -> Option<i32> {
    let stream = |name| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        if streams.contains(&name) {
            Stdio::from(writer)
        } else {
            Stdio::null()
        }
    };
    let mut command = in_folder(folder, PROGRAM);
    command.args(arguments);
    let command = command.stdout(stream("stdout")).stderr(stream("stderr"));
    command.status().unwrap().code()
}

#[test]
fn what_nobody_reads_does_not_change_how_a_run_ends() {
    let folder = TempDir::new().unwrap();
    put(&folder.path().join("bad.yaml"), OLD, 0o600);
    put(&folder.path().join("broken.yaml"), "a: [", 0o600);
    let dry = [&ANSWERS[..], &["--dry-run"]].concat();
    for (arguments, status) in [
        (&["validate", "bad.yaml"][..], 1),
        (&["validate", "bad.yaml", "--format=json", "--verbose"], 1),
        (&["validate", "broken.yaml", "--verbose"], 1),
        (&["validate", "none.yaml"], 3),
        (&["validate", "bad.yaml", "none.yaml"], 1),
        (&["validate", "bad.yaml", "--output=json=no/such/folder"], 2),
        (&["show", "bad.yaml"], 0),
        (&["show", "none.yaml"], 3),
        (&["show", "bad.yaml", "none"], 1),
        (&["init", "--no-input"], 2),
        (&dry, 0),
        (&["keys"], 0),
        (&["schema"], 0),
        (&["explain", "nonsense"], 2),
        (&["--help"], 0),
        (&["nonsense"], 2),
    ] {
        for streams in [&["stdout"][..], &["stderr"], &["stdout", "stderr"]] {
            let code = closed(folder.path(), arguments, streams);
            assert_eq!(code, Some(status), "{arguments:?} without {streams:?}");
        }
    }
}
