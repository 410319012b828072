//! Input that means harm: every run ends in time, within bounds of memory, with a status and
//! without a panic.

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

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_consoleme-cfg");

/// How many seconds of a processor a run may take, whatever else the machine does. Generous: this is
/// a debug build.
const SECONDS: u64 = 120;

/// How long to wait for a run that takes none, before it counts as one that hangs.
const PATIENCE: Duration = Duration::from_secs(900);

/// The most address space that a run may have, in KiB. Parsing 50 MB takes a good part of it.
const MEMORY: u64 = 3 << 20;

/// How many bytes a large text has. A debug build takes fifty times as long for each.
const LARGE: usize = if cfg!(debug_assertions) {
    1 << 20
} else {
    50 << 20
};

/// Runs the program with bounded memory and waits for it with bounded patience.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let script = format!(r#"ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec "$@""#);
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh", PROGRAM]).args(arguments);
    command.current_dir(folder).stdin(Stdio::null());
    let out = folder.join("stdout");
    let err = folder.join("stderr");
    command.stdout(File::create(&out).unwrap());
    command.stderr(File::create(&err).unwrap());
    let mut child = command.spawn().unwrap();
    let status = wait(&mut child).unwrap_or_else(|| panic!("{arguments:?} never ends"));
    let output = Output {
        status,
        stdout: fs::read(out).unwrap(),
        stderr: fs::read(err).unwrap(),
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("defect"), "{arguments:?}: {errors}");
    assert!(output.status.code().is_some(), "{arguments:?}: {errors}");
    output
}

fn wait(child: &mut Child) -> Option<std::process::ExitStatus> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    None
}

/// Examines a text in both ways, and gives the status of `validate`.
fn examine(name: &str, text: &[u8]) -> i32 {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.yaml"), text).unwrap();
    for command in [
        &["validate", "a.yaml", "--format=json"][..],
        &["show", "a.yaml"],
    ] {
        let output = run(folder.path(), command);
        let code = output.status.code().unwrap();
        assert!([0, 1, 3].contains(&code), "{name}: {command:?}: {output:?}");
    }
    let output = run(folder.path(), &["validate", "a.yaml"]);
    output.status.code().unwrap()
}

/// Numbers that are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[(self.next() % of.len() as u64) as usize]
    }
}

#[test]
fn random_bytes() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..8 {
        let bytes: Vec<u8> = (0..4096).map(|_| random.next() as u8).collect();
        examine(&format!("bytes {round}"), &bytes);
    }
}

#[test]
fn random_yaml() {
    const PIECES: [&str; 30] = [
        "extends",
        "auth",
        "oidc_secrets",
        "secret",
        ": ",
        ":",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "&a ",
        "*a",
        "<<",
        "!!int ",
        "\"",
        "'",
        "|\n",
        ">\n",
        "# ",
        "? ",
        "---\n",
        "\t",
        "1",
        "ü",
        "%",
    ];
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for round in 0..15 {
        let text: String = (0..500).map(|_| *random.one(&PIECES)).collect();
        examine(&format!("yaml {round}: {text}"), text.as_bytes());
    }
}

#[test]
fn aliases_that_multiply() {
    let mut lists = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    let mut merges = "a0: &a0 {k: v}\n".to_owned();
    for level in 1..40 {
        let below = format!("*a{}", level - 1);
        let ten = [below.as_str(); 10].join(", ");
        lists.push_str(&format!("a{level}: &a{level} [{ten}]\n"));
        merges.push_str(&format!(
            "a{level}: &a{level} {{k{level}: v, <<: [{ten}]}}\n"
        ));
    }
    examine("lists", lists.as_bytes());
    examine("merges", merges.as_bytes());
    examine(
        "itself",
        b"a: &a [*a, {b: *a}]\nc: &c {<<: *c}\nextends: &e [*e]\n",
    );
}

#[test]
fn a_hundred_thousand_levels() {
    for (name, open, close) in [
        ("lists", "[", "]"),
        ("mappings", "{a: ", "}"),
        ("keys", "? ", ""),
        ("items", "- ", ""),
        ("brackets that stay open", "[", ""),
        ("tags", "!a ", ""),
    ] {
        let text = format!("{}x{}", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(examine(name, text.as_bytes()), 1, "{name}");
    }
}

#[test]
fn long_lines() {
    let long = "x".repeat(LARGE);
    for (name, before, after) in [
        ("a value", "url: ", "\n"),
        ("a text in quotes", "url: \"", "\"\n"),
        ("a comment", "url: x # ", "\n"),
        ("a key", "", ": 1\n"),
        ("a broken line", "url: [", ""),
    ] {
        examine(name, format!("{before}{long}{after}").as_bytes());
    }
    examine("white space", " ".repeat(LARGE).as_bytes());
}

#[test]
fn many_small_things() {
    let number = LARGE / 500;
    let entries: String = (0..number).map(|at| format!("k{at}: 1\n")).collect();
    examine("entries", entries.as_bytes());
    examine("one key", "k: 1\n".repeat(number).as_bytes());
    examine("documents", "---\n".repeat(number).as_bytes());
    let anchors: String = (0..number).map(|at| format!("- &a{at} x\n")).collect();
    examine("anchors", anchors.as_bytes());
    examine("lines", "\n".repeat(LARGE).as_bytes());
}

#[test]
fn no_text_at_all() {
    for (name, bytes) in [
        ("nothing", &b""[..]),
        ("a null", b"\0"),
        ("a null in a value", b"url: a\0b\n"),
        ("a mark", b"\xef\xbb\xbf"),
        ("two marks", b"\xef\xbb\xbf\xef\xbb\xbfa: 1\n"),
        ("UTF-16", b"\xff\xfea\0:\0 \0"),
        ("half a character", b"a: \xc3"),
        ("a surrogate", b"a: \xed\xa0\x80"),
        ("an overlong character", b"a: \xc0\x80"),
    ] {
        assert_eq!(examine(name, bytes), 1, "{name}");
    }
    examine("many nulls", &vec![0; LARGE]);
}

#[test]
fn a_file_that_is_too_large() {
    let folder = TempDir::new().unwrap();
    let file = File::create(folder.path().join("a.yaml")).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    for name in ["validate", "show"] {
        let output = run(folder.path(), &[name, "a.yaml"]);
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("larger than 64 MiB"));
    }
}

/// What is no regular file, by the name that it has in the folder, and a word of what is said of it.
fn no_files(folder: &Path) -> Vec<(&'static str, &'static str)> {
    let pipe = Command::new("mkfifo").arg(folder.join("pipe")).status();
    assert!(pipe.unwrap().success());
    fs::create_dir(folder.join("folder")).unwrap();
    // Its file stays when it is dropped.
    drop(UnixListener::bind(folder.join("socket")).unwrap());
    symlink("circle", folder.join("circle")).unwrap();
    symlink("none", folder.join("dangling")).unwrap();
    symlink("/dev/zero", folder.join("device")).unwrap();
    vec![
        ("pipe", "a named pipe"),
        ("folder", "directory"),
        ("socket", "a socket"),
        ("circle", "symbolic links"),
        ("dangling", "no such file"),
        ("device", "a device"),
        ("/dev/zero", "a device"),
        ("/dev/full", "a device"),
        ("/dev/null", "a device"),
        ("/dev/random", "a device"),
        ("/proc/self/mem", ""),
        ("none", "no such file"),
        ("a.yaml/b.yaml", ""),
    ]
}

#[test]
fn what_is_no_file_is_not_read() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.yaml"), "environment: dev\n").unwrap();
    for (name, word) in no_files(folder.path()) {
        for command in ["show", "validate"] {
            let output = run(folder.path(), &[command, name]);
            // Folders may be searched for files.
            if (command, name) != ("validate", "folder") {
                assert_eq!(output.status.code(), Some(3), "{name}: {output:?}");
            }
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(
                errors.contains(word) || name == "folder",
                "{name}: {errors}"
            );
        }
        for arguments in [
            ["init", "--no-input", "--answers", name],
            ["init", "--no-input", "--client-secret-file", name],
        ] {
            let output = run(folder.path(), &arguments);
            assert_eq!(output.status.code(), Some(2), "{name}: {output:?}");
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(errors.contains(word), "{name}: {errors}");
        }
        let text = format!("extends: [\"{name}\"]\n");
        fs::write(folder.path().join("extends.yaml"), text).unwrap();
        for command in ["show", "validate"] {
            let output = run(folder.path(), &[command, "extends.yaml"]);
            let code = output.status.code().unwrap();
            assert!([0, 1, 3].contains(&code), "{name}: {output:?}");
        }
    }
}

#[test]
fn what_may_not_be_read_is_said_to_be_so() {
    let outer = TempDir::new().unwrap();
    fs::set_permissions(outer.path(), Permissions::from_mode(0o755)).unwrap();
    let path = outer.path().join("a.yaml");
    fs::write(&path, "a: 1\n").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    let program = outer.path().join("program");
    fs::copy(PROGRAM, &program).unwrap();
    let mut command = Command::new(&program);
    command
        .args(["validate", "a.yaml"])
        .current_dir(outer.path());
    if fs::metadata(&path).unwrap().uid() == 0 {
        // Nothing is hidden from the superuser.
        command.uid(65534).gid(65534);
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("Permission denied"));
}

#[test]
fn files_that_extend_without_end() {
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let file = |name: &str, text: &str| fs::write(inner.join(name), text).unwrap();
    file("itself.yaml", "extends: [itself.yaml]\n");
    file("a.yaml", "extends: [b.yaml]\n");
    file("b.yaml", "extends: [a.yaml]\n");
    file("twice-0.yaml", "x: 1\n");
    for at in 1..40 {
        let below = at - 1;
        let text = format!("extends: [twice-{below}.yaml, ./twice-{below}.yaml]\n");
        file(&format!("twice-{at}.yaml"), &text);
    }
    file("long-0.yaml", "x: 1\n");
    for at in 1..1100 {
        let text = format!("extends: [long-{}.yaml]\n", at - 1);
        file(&format!("long-{at}.yaml"), &text);
    }
    let many = (0..5000).map(|at| format!("- none-{at}.yaml\n"));
    file(
        "many.yaml",
        &format!("extends:\n{}", many.collect::<String>()),
    );
    for name in ["itself", "a", "twice-39", "long-1099", "many"] {
        for command in ["show", "validate"] {
            let output = run(&inner, &[command, &format!("{name}.yaml")]);
            let code = output.status.code().unwrap();
            assert!([1, 3].contains(&code), "{name}: {output:?}");
        }
    }
}

#[test]
fn a_file_outside_the_folder_is_read_as_consoleme_reads_it() {
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(folder.path().join("outer.yaml"), "environment: dev\n").unwrap();
    fs::write(inner.join("a.yaml"), "extends: [../outer.yaml]\n").unwrap();
    let output = run(&inner, &["show", "a.yaml", "environment"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "dev\n");
}
