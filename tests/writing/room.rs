//! Disks without room, and folders that are mounted in some way.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::Command;

use tempfile::TempDir;

use crate::{OLD, error, init_by, mode, names, put};

/// What a shell has to be in to mount something that nobody else sees.
fn namespace() -> Option<&'static str> {
    let superuser = "unshare --mount";
    let anybody = "unshare --user --map-root-user --mount";
    let works = |namespace: &&str| {
        let mount = format!("{namespace} mount -t tmpfs none /mnt");
        let output = Command::new("sh").args(["-c", &mount]).output().unwrap();
        output.status.success()
    };
    let found = [superuser, anybody].into_iter().find(works);
    let is_superuser = TempDir::new().unwrap().path().metadata().unwrap().uid() == 0;
    assert!(found.is_some() || !is_superuser, "the superuser can mount");
    found
}

/// A script for [`init_by`]: with a disk of one's own, of which so many pages are left.
fn disk_with(pages: u32) -> Option<String> {
    let namespace = namespace()?;
    Some(format!(
        r#"
        mkdir disk
        {namespace} sh -c '
            mount -t tmpfs -o size=128k none disk || exit 99
            find . -maxdepth 1 -type f -exec mv {{}} disk ";"
            cd disk
            head -c $(({pages} * 4096)) /dev/zero > room
            cat /dev/zero > filler 2> /dev/null
            rm room
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
    "#
    ))
}

/// Ways to run out of space, as scripts for [`init_by`]. A process can be limited everywhere.
fn full_disks() -> Vec<String> {
    let limit = r#"trap '' XFSZ; ulimit -f 1; exec "$@""#.to_owned();
    [Some(limit), disk_with(0)].into_iter().flatten().collect()
}

#[test]
fn a_full_disk() {
    let scripts = full_disks();
    println!("{} ways to run out of space", scripts.len());
    for script in &scripts {
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
fn a_disk_with_room_for_some_of_it() {
    let arguments = ["--secrets=file", "--force"];
    let both = ["consoleme.secrets.yaml", "consoleme.yaml"];
    let mut ends = Vec::new();
    for pages in 0..6 {
        let Some(script) = disk_with(pages) else {
            println!("nothing can be mounted here");
            return;
        };
        let folder = TempDir::new().unwrap();
        for name in both {
            put(&folder.path().join(name), OLD, 0o640);
        }
        let output = init_by(&script, folder.path(), &arguments);
        assert_eq!(names(folder.path()), both, "{output:?}");
        let texts = both.map(|name| fs::read_to_string(folder.path().join(name)).unwrap());
        let code = output.status.code();
        match code {
            Some(0) => assert!(texts.iter().all(|text| text != OLD)),
            Some(3) => {
                assert!(error(&output).contains("nothing was changed"));
                assert!(texts.iter().all(|text| text == OLD), "{texts:?}");
            }
            _ => panic!("{output:?}"),
        }
        ends.push(code);
    }
    assert_eq!(ends.first(), Some(&Some(3)));
    assert_eq!(ends.last(), Some(&Some(0)));
}

/// Runs `init --force` on an old file in a folder that is mounted with this script.
fn mounted(script: &str) -> Option<(String, i32)> {
    let namespace = namespace()?;
    let folder = TempDir::new().unwrap();
    put(&folder.path().join("consoleme.yaml"), OLD, 0o640);
    let script = format!("exec {namespace} sh -c '{script} || exit 99; exec \"$@\"' sh \"$@\"");
    let output = init_by(&script, folder.path(), &["--force"]);
    assert_eq!(names(folder.path()), ["consoleme.yaml"]);
    let text = fs::read_to_string(folder.path().join("consoleme.yaml")).unwrap();
    assert_eq!(text, OLD);
    Some((error(&output), output.status.code().unwrap()))
}

#[test]
fn a_folder_that_is_mounted_for_reading() {
    let read_only = "mount --bind . . && mount -o remount,ro,bind . && cd .";
    let Some((error, status)) = mounted(&format!("{read_only} && cd \"$PWD\"")) else {
        println!("nothing can be mounted here");
        return;
    };
    assert_eq!(status, 2);
    assert!(error.contains("consoleme.yaml is read-only"), "{error}");
}

#[test]
fn a_file_that_is_mounted_alone() {
    let Some((error, status)) = mounted("mount --bind consoleme.yaml consoleme.yaml") else {
        println!("nothing can be mounted here");
        return;
    };
    assert_eq!(status, 3);
    assert!(error.contains("is a mount point"), "{error}");
}
