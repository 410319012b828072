//! What may stand in the place of a file.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::{ANSWERS, OLD, PROGRAM, assert_new, error, in_folder, init, init_by, mode, names, put};

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
    for (arguments, status) in [(&["--force"][..], 2), (&["other.yaml"], 3), (&[], 2)] {
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
    let output = init(folder.path(), &["--force"]);
    assert!(output.status.success());
    let note = String::from_utf8(output.stderr).unwrap();
    let expected = format!(
        "note: consoleme.yaml is a symbolic link; the file that was written is {}\n",
        fs::canonicalize(&target).unwrap().display()
    );
    assert_eq!(note, expected);
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
    assert!(error(&output).contains("is a symbolic link that leads nowhere; remove it"));
    let output = init(folder.path(), &["--force"]);
    assert_eq!(output.status.code(), Some(2));
    error(&output);
    assert_eq!(names(folder.path()), ["consoleme.yaml"]);
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("nowhere.yaml"));
}

#[test]
fn links_that_lead_in_a_circle() {
    let folder = TempDir::new().unwrap();
    symlink("b.yaml", folder.path().join("a.yaml")).unwrap();
    symlink("a.yaml", folder.path().join("b.yaml")).unwrap();
    let output = init(folder.path(), &["--force", "a.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("a.yaml is a symbolic link that leads nowhere"));
}

#[test]
fn another_name_keeps_the_old_text() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("consoleme.yaml");
    let other = folder.path().join("snapshot.yaml");
    put(&path, OLD, 0o600);
    fs::hard_link(&path, &other).unwrap();
    let output = init(folder.path(), &["--force"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "note: consoleme.yaml has other names (hard links), and the old text is still there under them\n"
    );
    assert_eq!(fs::read_to_string(&other).unwrap(), OLD);
    assert_new(&path);
}

#[test]
fn a_read_only_file_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("consoleme.yaml");
    put(&path, OLD, 0o444);
    let output = init(folder.path(), &["--force"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("consoleme.yaml is read-only; allow writing to it first"));
    assert_eq!(fs::read_to_string(&path).unwrap(), OLD);
    assert_eq!(mode(&path), 0o444);
    assert_eq!(names(folder.path()), ["consoleme.yaml"]);
}

/// Nobody on most systems; in any case somebody else.
const SOMEBODY_ELSE: u32 = 65534;

fn owner(path: &Path) -> (u32, u32) {
    let metadata = fs::metadata(path).unwrap();
    (metadata.uid(), metadata.gid())
}

#[test]
fn a_file_keeps_its_owner() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("consoleme.yaml");
    put(&path, OLD, 0o644);
    if owner(&path).0 != 0 {
        println!("only the superuser writes the files of others");
        return;
    }
    chown(&path, Some(SOMEBODY_ELSE), Some(SOMEBODY_ELSE)).unwrap();
    let output = init(folder.path(), &["--force"]);
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    assert_eq!(owner(&path), (SOMEBODY_ELSE, SOMEBODY_ELSE));
    assert_new(&path);
}

#[test]
fn a_file_that_cannot_be_given_back_is_said_to_be_ones_own() {
    let outer = TempDir::new().unwrap();
    fs::set_permissions(outer.path(), Permissions::from_mode(0o755)).unwrap();
    let folder = outer.path().join("folder");
    fs::create_dir(&folder).unwrap();
    let path = folder.join("consoleme.yaml");
    put(&path, OLD, 0o666);
    if owner(&path).0 != 0 {
        println!("only the superuser makes files for others");
        return;
    }
    let program = outer.path().join("program");
    fs::copy(PROGRAM, &program).unwrap();
    chown(&folder, Some(SOMEBODY_ELSE), Some(SOMEBODY_ELSE)).unwrap();
    let mut command = in_folder(&folder, program.to_str().unwrap());
    command.args(ANSWERS).arg("--force");
    let output = command
        .uid(SOMEBODY_ELSE)
        .gid(SOMEBODY_ELSE)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "note: consoleme.yaml belonged to user 0 and group 0, and is yours now; `chown 0:0 consoleme.yaml` gives it back\n"
    );
    assert_eq!(owner(&path), (SOMEBODY_ELSE, SOMEBODY_ELSE));
    assert_new(&path);
}

#[test]
fn a_report_keeps_its_mode() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("report.json");
    put(&path, "old", 0o604);
    let mut command = in_folder(folder.path(), PROGRAM);
    command.args(["validate", "-", "--output=json=report.json"]);
    assert_eq!(command.output().unwrap().status.code(), Some(1));
    assert!(fs::read_to_string(&path).unwrap().starts_with('{'));
    assert_eq!(mode(&path), 0o604);
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
