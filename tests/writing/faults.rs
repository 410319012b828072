//! Every system call of a write is once the last that the program makes, and once one that fails.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::{ANSWERS, OLD, PROGRAM, in_folder, mode, names, put};

/// What every run that writes is given, and what stands in its folder before.
struct Case {
    command: &'static [&'static str],
    arguments: &'static [&'static str],
    old: &'static [(&'static str, &'static str)],
}

const CASES: [Case; 6] = [
    Case {
        command: &ANSWERS,
        arguments: &[],
        old: &[],
    },
    Case {
        command: &ANSWERS,
        arguments: &["--force"],
        old: &[("consoleme.yaml", OLD)],
    },
    Case {
        command: &ANSWERS,
        arguments: &["--secrets=file"],
        old: &[],
    },
    Case {
        command: &ANSWERS,
        arguments: &["--secrets=file", "--force"],
        old: &[("consoleme.yaml", OLD), ("consoleme.secrets.yaml", OLD)],
    },
    Case {
        command: &FIX,
        arguments: &[],
        old: &[("consoleme.yaml", "environment: production # ours\n")],
    },
    Case {
        command: &FIX,
        arguments: &[],
        old: &[
            (
                "consoleme.yaml",
                "extends: [base.yaml] # theirs\nenvironment: production\n",
            ),
            (
                "base.yaml",
                "logging: {level: \"INFO\", level: \"INFO\"} # kept\n",
            ),
        ],
    },
];

const FIX: [&str; 5] = [
    "validate",
    "--fix",
    "--no-config",
    "--select=environment,repeated-key",
    "consoleme.yaml",
];

const OLD_MODE: u32 = 0o640;

/// A file: its mode, and its text without the line that is another one in every run.
type Files = BTreeMap<String, (u32, String)>;

/// One call of the program: its name, and the how-manieth of that name in the thread it is.
type Call = (String, usize);

fn folder(case: &Case) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in case.old {
        put(&folder.path().join(name), text, OLD_MODE);
    }
    folder
}

/// Runs the program of a case under strace.
fn traced(case: &Case, folder: &Path, trace: &str, options: &[&str]) -> Output {
    let mut command = in_folder(folder, "strace");
    command.args(["-f", "-qq", "-o", trace]);
    command.args(options).arg(PROGRAM);
    command.args(case.command).args(case.arguments);
    let output = command.output();
    output.expect("these tests need strace (on Debian: apt-get install strace)")
}

/// Runs it with a fault in one of its calls of this name.
fn injected(case: &Case, folder: &Path, name: &str, inject: &str) -> Output {
    let options = ["-e", &format!("trace={name}"), "-e", inject];
    traced(case, folder, "/dev/null", &options)
}

/// The calls of the thread that writes, from the first until the last that has to do with a
/// temporary file or makes sure that something is on the disk.
fn calls(case: &Case) -> Vec<Call> {
    let folder = folder(case);
    let trace = TempDir::new().unwrap();
    let trace = trace.path().join("trace");
    let output = traced(case, folder.path(), trace.to_str().unwrap(), &[]);
    assert!(output.status.success(), "{output:?}");
    let trace = fs::read_to_string(trace).unwrap();
    let thread = trace.split(' ').next().unwrap();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut calls = Vec::new();
    for line in trace.lines().filter(|line| line.starts_with(thread)) {
        let call = line[thread.len()..].trim_start();
        // The end of a call that another thread interrupted tells nothing new.
        let begun = call.split_once('(').filter(|_| !call.starts_with("<..."));
        let Some((name, _)) = begun else {
            continue;
        };
        let count = seen.entry(name).or_default();
        *count += 1;
        let is_write = call.contains(".consoleme-cfg-") || name == "fsync";
        calls.push((is_write, (name, *count)));
    }
    let first = calls.iter().position(|(is_write, ..)| *is_write);
    let last = calls.iter().rposition(|(is_write, ..)| *is_write);
    let all = &calls[first.unwrap()..=last.unwrap()];
    let own = |(name, count): (&str, usize)| (name.to_owned(), count);
    all.iter().map(|&(_, call)| own(call)).collect()
}

/// What is in a folder, but for temporary files, and how many of those there are.
fn files(folder: &Path) -> (Files, usize) {
    let (temporary, named): (Vec<String>, Vec<String>) = names(folder)
        .into_iter()
        .partition(|name| name.starts_with(".consoleme-cfg-"));
    for name in &temporary {
        // Nobody else reads the new text, or the old one that could not before.
        let mode = mode(&folder.join(name));
        assert!([0o600, OLD_MODE].contains(&mode), "{name}: {mode:o}");
    }
    let file = |name: String| {
        let text = fs::read_to_string(folder.join(&name)).unwrap();
        let stays = |line: &&str| !line.starts_with("jwt_secret: ");
        let text = text.split_inclusive('\n').filter(stays).collect();
        let mode = mode(&folder.join(&name));
        (name, (mode, text))
    };
    (named.into_iter().map(file).collect(), temporary.len())
}

fn before_and_after(case: &Case) -> (Files, Files) {
    let folder = folder(case);
    let (before, _) = files(folder.path());
    let mut command = in_folder(folder.path(), PROGRAM);
    let command = command.args(case.command).args(case.arguments);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let (after, left) = files(folder.path());
    assert_eq!(left, 0);
    (before, after)
}

/// Runs the program again, undisturbed: it writes everything and clears up what was left. Where
/// nothing is left to fix, nothing is written, and what is left stays.
fn runs_again(folder: &Path, case: &Case, after: &Files) {
    let is_done = case.command == FIX && files(folder).0 == *after;
    let mut command = in_folder(folder, PROGRAM);
    command.args(case.command).args(case.arguments);
    if case.command == ANSWERS && !case.arguments.contains(&"--force") {
        command.arg("--force");
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let (now, temporary) = files(folder);
    assert_eq!(now, *after);
    assert!(is_done || temporary == 0, "{temporary} temporary files");
}

#[test]
fn killed_at_every_call() {
    let mut kills = 0;
    for case in &CASES {
        let (before, after) = before_and_after(case);
        for (name, count) in calls(case) {
            let folder = folder(case);
            let inject = format!("inject={name}:signal=KILL:when={count}");
            let output = injected(case, folder.path(), &name, &inject);
            assert_eq!(output.status.signal(), Some(9), "{inject}: {output:?}");
            let (left, temporary) = files(folder.path());
            // Each file is the old or the new one, and those that others refer to are the first.
            for name in before.keys().chain(after.keys()) {
                let file = left.get(name);
                assert!(
                    file == before.get(name) || file == after.get(name),
                    "{inject}: {name}: {left:?}"
                );
            }
            if left.get("consoleme.yaml") == after.get("consoleme.yaml") {
                assert_eq!(left, after, "{inject}");
            }
            assert!(temporary <= 3, "{inject}: {temporary} temporary files");
            runs_again(folder.path(), case, &after);
            kills += 1;
        }
    }
    println!("{kills} kills");
}

/// What Rust's library itself ends the program for: a lack of memory, and a folder that cannot be
/// closed.
const LIBRARY: [&str; 6] = ["brk", "mmap", "mremap", "munmap", "futex", "close"];

#[test]
fn a_failure_of_every_call() {
    let mut failures = 0;
    for case in &CASES {
        let (before, after) = before_and_after(case);
        let mut calls = calls(case);
        calls.retain(|(name, _)| !LIBRARY.contains(&name.as_str()));
        for (name, count) in calls {
            for errno in ["EIO", "ENOSPC", "EPERM"] {
                let folder = folder(case);
                let inject = format!("inject={name}:error={errno}:when={count}");
                let output = injected(case, folder.path(), &name, &inject);
                let errors = String::from_utf8(output.stderr).unwrap();
                let errors: Vec<&str> = errors
                    .lines()
                    .filter(|line| line.starts_with("error: ") || line.contains("panicked"))
                    .collect();
                let (left, temporary) = files(folder.path());
                match (output.status.code(), errors.as_slice()) {
                    (Some(0), []) => assert_eq!(left, after, "{inject}"),
                    (Some(3), [error]) if error.contains("does not confirm it") => {
                        assert_eq!(left, after, "{inject}: {error}");
                    }
                    // `init` has been given an answer that will not do; a fix cannot be made.
                    (status, [error]) if inject.starts_with("inject=access:error=EPERM") => {
                        let refused = if case.command == FIX { 3 } else { 2 };
                        assert_eq!(status, Some(refused), "{inject}: {error}");
                        assert!(error.contains("is read-only"), "{inject}: {error}");
                        assert_eq!(left, before, "{inject}: {error}");
                    }
                    (Some(3), [error]) => {
                        assert!(error.contains("could not be written"), "{inject}: {error}");
                        assert!(error.ends_with("nothing was changed"), "{inject}: {error}");
                        assert_eq!(left, before, "{inject}: {error}");
                    }
                    ended => panic!("{inject}: {ended:?}"),
                }
                // What cannot be removed stays until the next run.
                assert!(
                    temporary == 0 || name == "unlink" || name == "unlinkat",
                    "{inject}: {temporary} temporary files"
                );
                runs_again(folder.path(), case, &after);
                failures += 1;
            }
        }
    }
    println!("{failures} failures");
}
