//! An unwritable folder, a full disk or a signal leaves either the old file or the new one, whole
//! and for its owner's eyes only.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "where one of them panics the test fails"
)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_consoleme-cfg");

const ANSWERS: [&str; 10] = [
    "init",
    "--no-input",
    "--pool-id=us-east-1_AbCdEfGhI",
    "--client-id=1example23456789abcdefghij",
    "--url=https://consoleme.example.com",
    "--admin=you@example.com",
    "--account=123456789012=main",
    "--scope=openid",
    "--scope=email",
    "--group-admin=admins",
];

/// What an older run left, and nobody else may read.
const OLD: &str = "environment: prod\nold: true\n";

fn in_folder(folder: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    command.env("CONSOLEME_CFG_CLIENT_SECRET", "s3cr3t");
    command.stdin(Stdio::null());
    command
}

fn init(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = in_folder(folder, PROGRAM);
    command.args(ANSWERS).args(arguments);
    command.output().unwrap()
}

/// Runs `init` by a shell script, which finds the program and its arguments in `"$@"`.
fn init_by(script: &str, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = in_folder(folder, "sh");
    command.args(["-c", script, "sh", PROGRAM]);
    command.args(ANSWERS).args(arguments);
    command.output().unwrap()
}

fn put(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn error(output: &Output) -> String {
    assert!(output.stdout.is_empty(), "{output:?}");
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(error.starts_with("error: "), "{error}");
    assert!(!error.contains("s3cr3t"), "{error}");
    assert!(!error.contains(".consoleme-cfg-"), "{error}");
    error
}

/// The text without the line that is another one in every run.
fn without_session_secret(text: &str) -> String {
    let (random, rest): (Vec<&str>, Vec<&str>) = text
        .split_inclusive('\n')
        .partition(|line| line.starts_with("jwt_secret: "));
    assert_eq!(random.len(), 1, "{text}");
    assert_eq!(random[0].len(), "jwt_secret: \"\"\n".len() + 64);
    rest.concat()
}

fn assert_new(path: &Path) {
    let reference = TempDir::new().unwrap();
    assert!(init(reference.path(), &[]).status.success());
    assert_new_as(
        &fs::read_to_string(reference.path().join("consoleme.yaml")).unwrap(),
        path,
    );
}

fn assert_new_as(reference: &str, path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(
        without_session_secret(&text),
        without_session_secret(reference)
    );
    assert_eq!(mode(path), 0o600);
}

#[test]
fn a_new_file_is_for_its_owner_only() {
    let folder = TempDir::new().unwrap();
    let output = init_by(r#"umask 0; exec "$@""#, folder.path(), &[]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(names(folder.path()), ["consoleme.yaml"]);
    assert_new(&folder.path().join("consoleme.yaml"));
}

#[test]
fn a_folder_that_is_not_there() {
    let folder = TempDir::new().unwrap();
    let output = init(folder.path(), &["no/such/consoleme.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    let error = error(&output);
    assert!(
        error.contains("there is no folder no/such; make it first"),
        "{error}"
    );
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_folder_that_takes_no_files() {
    // The kernel lets nobody make files there, the superuser neither.
    let output = init(Path::new("/proc"), &["/proc/consoleme.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    let error = error(&output);
    assert!(
        error.contains("/proc/consoleme.yaml could not be written"),
        "{error}"
    );
    assert!(error.contains("nothing was changed"), "{error}");
}

#[test]
fn a_folder_without_the_right_to_write() {
    let outer = TempDir::new().unwrap();
    fs::set_permissions(outer.path(), Permissions::from_mode(0o755)).unwrap();
    let folder = outer.path().join("folder");
    fs::create_dir(&folder).unwrap();
    let program = outer.path().join("program");
    fs::copy(PROGRAM, &program).unwrap();
    let path = folder.join("consoleme.yaml");
    put(&path, OLD, 0o644);
    fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
    for (arguments, status) in [(&["--force"][..], 3), (&["other.yaml"], 3), (&[], 2)] {
        let mut command = in_folder(&folder, program.to_str().unwrap());
        command.args(ANSWERS).args(arguments);
        if fs::metadata(&folder).unwrap().uid() == 0 {
            // No folder refuses the superuser, so somebody else has to try.
            command.uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{output:?}");
        error(&output);
        assert_eq!(names(&folder), ["consoleme.yaml"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), OLD);
    }
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_that_is_there_stays_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("consoleme.yaml");
    put(&path, OLD, 0o640);
    let output = init(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("consoleme.yaml exists already; add --force"));
    assert_eq!(fs::read_to_string(&path).unwrap(), OLD);
    assert_eq!(mode(&path), 0o640);
    assert_eq!(names(folder.path()), ["consoleme.yaml"]);
}

#[test]
fn force_makes_a_new_file_of_it() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("consoleme.yaml");
    put(&path, OLD, 0o644);
    assert!(init(folder.path(), &["--force"]).status.success());
    assert_new(&path);
    let first = fs::read_to_string(&path).unwrap();
    assert!(init(folder.path(), &["--force"]).status.success());
    assert_ne!(
        fs::read_to_string(&path).unwrap(),
        first,
        "a new session secret"
    );
    assert_eq!(names(folder.path()), ["consoleme.yaml"]);
}

#[test]
fn a_folder_as_file() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("configuration")).unwrap();
    for path in ["configuration", "configuration/", ".", ".."] {
        let output = init(folder.path(), &["--force", path]);
        assert_eq!(output.status.code(), Some(2));
        assert!(error(&output).contains("is a folder; name a file in it"));
    }
    assert_eq!(names(folder.path()), ["configuration"]);
    assert!(names(&folder.path().join("configuration")).is_empty());
}

#[test]
fn a_link_stays_one() {
    let folder = TempDir::new().unwrap();
    let elsewhere = TempDir::new().unwrap();
    let target = elsewhere.path().join("real.yaml");
    put(&target, OLD, 0o644);
    let link = folder.path().join("consoleme.yaml");
    symlink(&target, &link).unwrap();
    assert_eq!(init(folder.path(), &[]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(&target).unwrap(), OLD);
    assert!(init(folder.path(), &["--force"]).status.success());
    assert_eq!(fs::read_link(&link).unwrap(), target);
    assert_new(&target);
    assert_eq!(names(folder.path()), ["consoleme.yaml"]);
    assert_eq!(names(elsewhere.path()), ["real.yaml"]);
}

#[test]
fn a_link_that_leads_nowhere_is_in_the_way_too() {
    let folder = TempDir::new().unwrap();
    let link = folder.path().join("consoleme.yaml");
    symlink("nowhere.yaml", &link).unwrap();
    let output = init(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("exists already"));
    assert_eq!(names(folder.path()), ["consoleme.yaml"]);
    assert!(init(folder.path(), &["--force"]).status.success());
    assert_new(&link);
}

#[test]
fn what_is_no_file_is_never_replaced() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let output = init(folder.path(), &["--force", "pipe"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(error(&output).contains("pipe is not a regular file"));
    assert!(!fs::symlink_metadata(&pipe).unwrap().is_file());
    assert_eq!(names(folder.path()), ["pipe"]);
}

/// Ways to run out of space, as scripts for [`init_by`]. A process can be limited everywhere; a
/// disk of one's own takes a system that lets its users mount one.
fn full_disks() -> Vec<&'static str> {
    let limit = r#"trap '' XFSZ; ulimit -f 1; exec "$@""#;
    let disk = r#"
        mkdir disk
        unshare --user --map-root-user --mount sh -c '
            mount -t tmpfs -o size=64k none disk || exit 99
            if test -e consoleme.yaml; then mv consoleme.yaml disk; fi
            cd disk
            cat /dev/zero > filler 2> /dev/null
            "$@"
            status=$?
            rm filler
            cd ..
            cp -a disk/. .
            exit $status
        ' sh "$@"
        status=$?
        rmdir disk
        exit $status
    "#;
    let mount = "unshare --user --map-root-user --mount mount -t tmpfs none /mnt";
    let may_mount = Command::new("sh").args(["-c", mount]).output().unwrap();
    if may_mount.status.success() {
        vec![limit, disk]
    } else {
        vec![limit]
    }
}

#[test]
fn a_full_disk() {
    let scripts = full_disks();
    println!("{} ways to run out of space", scripts.len());
    for script in scripts {
        let folder = TempDir::new().unwrap();
        let output = init_by(script, folder.path(), &[]);
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        let message = error(&output);
        assert!(
            message.contains("consoleme.yaml could not be written"),
            "{message}"
        );
        assert!(names(folder.path()).is_empty());

        let path = folder.path().join("consoleme.yaml");
        put(&path, OLD, 0o640);
        let output = init_by(script, folder.path(), &["--force"]);
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        assert!(error(&output).contains("nothing was changed"));
        assert_eq!(names(folder.path()), ["consoleme.yaml"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), OLD);
        assert_eq!(mode(&path), 0o640);
    }
}

#[test]
fn a_full_disk_behind_standard_output() {
    let folder = TempDir::new().unwrap();
    for arguments in [&["-o", "-"][..], &["--dry-run"]] {
        let output = init_by(r#"exec "$@" > /dev/full"#, folder.path(), arguments);
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        assert!(error(&output).contains("No space left on device"));
        assert!(names(folder.path()).is_empty());
    }
}

#[test]
fn secrets_in_a_file_of_their_own() {
    let folder = TempDir::new().unwrap();
    assert!(init(folder.path(), &["--secrets=file"]).status.success());
    assert_eq!(
        names(folder.path()),
        ["consoleme.secrets.yaml", "consoleme.yaml"]
    );
    let configuration = folder.path().join("consoleme.yaml");
    let secrets = folder.path().join("consoleme.secrets.yaml");
    assert_eq!((mode(&configuration), mode(&secrets)), (0o600, 0o600));
    assert!(
        !fs::read_to_string(&configuration)
            .unwrap()
            .contains("s3cr3t")
    );
    assert!(
        fs::read_to_string(&secrets)
            .unwrap()
            .contains("secret: \"s3cr3t\"\n")
    );
}

#[test]
fn without_its_configuration_no_file_of_secrets_stays() {
    let folder = TempDir::new().unwrap();
    // Room for the secrets, too little for the configuration.
    let script = r#"trap '' XFSZ; ulimit -f 1; exec "$@""#;
    let output = init_by(script, folder.path(), &["--secrets=file"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(error(&output).contains("consoleme.yaml could not be written"));
    assert!(
        names(folder.path()).is_empty(),
        "{:?}",
        names(folder.path())
    );
}

#[test]
fn secrets_never_overwrite_a_file_that_is_there() {
    let folder = TempDir::new().unwrap();
    let secrets = folder.path().join("consoleme.secrets.yaml");
    put(&secrets, OLD, 0o640);
    let output = init(folder.path(), &["--secrets=file"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("consoleme.secrets.yaml exists already"));
    assert_eq!(names(folder.path()), ["consoleme.secrets.yaml"]);
    assert_eq!(fs::read_to_string(&secrets).unwrap(), OLD);
    assert_eq!(mode(&secrets), 0o640);
}

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
    for (signal, number) in [("TERM", 15), ("INT", 2), ("HUP", 1)] {
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
