//! `init`, which has to write the canary, and into one file only.

use std::fs;

use tempfile::TempDir;

use crate::{CANARY, Run, files_that_tell, run};

const ANSWERS: [&str; 6] = [
    "init",
    "--no-input",
    "--pool-id=us-east-1_AbCdEfGhI",
    "--client-id=1example23456789abcdefghij",
    "--url=https://consoleme.example.com",
    "--admin=you@example.com",
];

fn init(folder: &TempDir, arguments: &[&str], stdin: &str) -> Run {
    let run = run(folder.path(), &[&ANSWERS, arguments].concat(), stdin);
    run.assert_silent();
    run
}

#[test]
fn the_secret_is_in_the_file_it_belongs_into() {
    for (secrets, file) in [
        ("inline", "consoleme.yaml"),
        ("file", "consoleme.secrets.yaml"),
        ("aws-secrets-manager:name", "consoleme.secrets.yaml"),
    ] {
        let secrets = format!("--secrets={secrets}");
        for verbosity in ["--quiet", "--verbose", "--color=always"] {
            let folder = TempDir::new().unwrap();
            let run = init(&folder, &[&secrets, verbosity], "");
            assert_eq!(run.status, Some(0), "{}", run.text);
            assert_eq!(files_that_tell(folder.path()), [file]);
            let run = init(&folder, &[&secrets, verbosity], "");
            assert_eq!(run.status, Some(2), "{}", run.text);
            let run = init(&folder, &[&secrets, verbosity, "--force"], "");
            assert_eq!(run.status, Some(0), "{}", run.text);
            assert_eq!(files_that_tell(folder.path()), [file]);
        }
    }
}

#[test]
fn what_is_only_tried_shows_nothing() {
    let folder = TempDir::new().unwrap();
    for secrets in ["inline", "file", "aws-secrets-manager:name"] {
        let secrets = format!("--secrets={secrets}");
        let run = init(&folder, &[&secrets, "--dry-run"], "");
        assert_eq!(run.status, Some(0), "{}", run.text);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_is_refused_is_not_repeated() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, text: &str| {
        let text = text.replace('@', CANARY);
        fs::write(folder.path().join(name), text).unwrap();
    };
    let mut names = Vec::new();
    for (at, text) in [
        "@ ", "@ @", " @", "@\n\n", "@\u{7f}", "@ü", "<@>\n@", "\n@", "@\t",
    ]
    .iter()
    .enumerate()
    {
        let name = format!("secret-{at}");
        file(&name, text);
        let run = init(&folder, &["--client-secret-file", &name], "");
        assert_eq!(run.status, Some(2), "{name}: {}", run.text);
        let stdin = text.replace('@', CANARY);
        let run = init(&folder, &["--client-secret-file=-"], &stdin);
        assert_eq!(run.status, Some(2), "{name}: {}", run.text);
        names.push(name);
    }
    for (name, text) in [
        ("a.yaml", "client-secret: [@]\n"),
        ("b.yaml", "client-secret: {@: @}\n"),
        ("c.yaml", "client-secret: \"@\n"),
        ("d.yaml", "client-secret: @\n @: x\n"),
        ("e.yaml", "client-secret: \"@ \"\n"),
        ("f.yaml", "client-secret: *@\n"),
        ("g.yaml", "client-secret @\n"),
        ("h.yaml", "client_secret: !@ x\n"),
        ("a.toml", "client-secret = @\n"),
        ("b.toml", "client-secret = \"@\n"),
        ("c.toml", "client-secret = [\"@\", 1]\n"),
        ("d.toml", "client-secret = \"@\"\nclient-secret = \"@\"\n"),
        ("e.toml", "client-secret = \"@\\q\"\n"),
        ("f.toml", "client-secret = {x = \"@\", x = \"@\"}\n"),
        ("g.toml", "client-secret = \"@\" @\n"),
        ("h.toml", "\"client-secret @\n"),
    ] {
        file(name, text);
        let run = run(
            folder.path(),
            &["init", "--no-input", "--answers", name],
            "",
        );
        run.assert_silent();
        assert_eq!(run.status, Some(2), "{name}: {}", run.text);
        names.push(name.to_owned());
    }
    names.sort();
    assert_eq!(files_that_tell(folder.path()), names);
}

#[test]
fn other_answers_that_are_wrong_do_not_bring_it_out() {
    let folder = TempDir::new().unwrap();
    for wrong in [
        &["--pool-id=nonsense"][..],
        &["--url=nonsense"],
        &["--account=12"],
        &["--scope=email"],
        &["no/such/folder.yaml"],
        &["/proc/consoleme.yaml"],
        &["--secrets=vault"],
        &["--online"],
        &["-o", "-", "--secrets=file"],
    ] {
        let arguments = ["init", "--no-input"].iter().chain(wrong.iter());
        let arguments: Vec<&str> = arguments.copied().collect();
        run(folder.path(), &arguments, "").assert_silent();
    }
}
