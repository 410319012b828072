//! Other terminals than the usual one, and none.

use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::session::{ADMIN, CLIENT_ID, POOL_ID, SECRET, Setup, Terminal, URL, all_but};

const PROGRAM: &str = env!("CARGO_BIN_EXE_consoleme-cfg");

fn answer_all(terminal: &mut Terminal) {
    terminal.answer("User pool id", "nonsense");
    assert!(terminal.error().contains("not a user pool id"));
    terminal.answer("User pool id", POOL_ID);
    terminal.answer("App client id", CLIENT_ID);
    terminal.answer_secret(SECRET);
    terminal.see("[ ] profile");
    terminal.press("\r");
    terminal.answer("URL of ConsoleMe", URL);
    terminal.answer("Administrator", ADMIN);
    terminal.answer("Account", "");
    assert_eq!(terminal.declines(), 0);
    let written = terminal.written();
    assert!(written.contains("client_id: \"1example23456789abcdefghij\"\n"));
}

#[test]
fn a_narrow_terminal() {
    let setup = Setup {
        columns: 40,
        ..Setup::default()
    };
    answer_all(&mut setup.run(&["init"]));
}

#[test]
fn a_dumb_terminal() {
    let setup = Setup {
        term: "dumb",
        ..Setup::default()
    };
    answer_all(&mut setup.run(&["init"]));
}

#[test]
fn a_terminal_that_is_resized_at_every_question() {
    let mut terminal = Setup::default().run(&["init"]);
    let answers: [(&str, &str); 7] = [
        ("User pool id: ", POOL_ID),
        ("App client id: ", CLIENT_ID),
        ("App client secret: ", SECRET),
        ("[ ] profile", ""),
        ("URL of ConsoleMe: ", URL),
        ("Administrator: ", ADMIN),
        ("Account: ", ""),
    ];
    for (prompt, answer) in answers {
        if answer == SECRET {
            terminal.see_secret_prompt();
        } else {
            terminal.see(prompt);
        }
        let (before, after) = answer.split_at(answer.len() / 2);
        terminal.press(before);
        for columns in [20, 200, 1, 80] {
            terminal.resize(columns);
        }
        terminal.press(&format!("{after}\r"));
    }
    assert_eq!(terminal.declines(), 0);
    let written = terminal.written();
    for answer in [POOL_ID, CLIENT_ID, SECRET, URL, ADMIN] {
        assert!(written.contains(answer), "{answer}");
    }
}

/// What is seen of a run whose file has a finding to draw.
fn findings(term: &'static str, variables: &[(&'static str, &'static str)]) -> String {
    let secret = ("CONSOLEME_CFG_CLIENT_SECRET", SECRET);
    let setup = Setup {
        term,
        variables: [&[secret], variables].concat(),
        ..Setup::default()
    };
    let url = ["--url", "http://127.0.0.1:8081"];
    let arguments = [vec!["init"], all_but(&["--url", "--admin"]), url.to_vec()].concat();
    let mut terminal = setup.run(&arguments);
    terminal.answer("Administrator", ADMIN);
    assert_eq!(terminal.declines(), 0);
    let seen = terminal.seen();
    assert!(seen.contains("loopback-address-as-url"), "{seen}");
    seen
}

fn is_coloured(seen: &str) -> bool {
    let mut commands = seen.split("\x1b[").skip(1);
    commands.any(|command| {
        let parameters = command.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        parameters.starts_with('m')
    })
}

#[test]
fn colours_are_for_terminals_that_have_them() {
    assert!(is_coloured(&findings("xterm-256color", &[])));
    assert!(!is_coloured(&findings(
        "xterm-256color",
        &[("NO_COLOR", "1")]
    )));
    assert!(!is_coloured(&findings("dumb", &[])));
}

const MISSING: &str = "missing: --pool-id, --client-id, --client-secret-file, --url, --admin";

#[test]
fn no_terminal_at_all() {
    for stdin in [Stdio::null(), Stdio::piped()] {
        let folder = TempDir::new().unwrap();
        let mut init = Command::new(PROGRAM);
        init.arg("init").current_dir(&folder).stdin(stdin);
        init.env_remove("CONSOLEME_CFG_CLIENT_SECRET");
        let output = init.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("there is no terminal to ask on"), "{error}");
        assert!(error.contains(MISSING), "{error}");
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }
}

#[test]
fn half_a_terminal_is_none() {
    for redirection in ["< /dev/null", "2> /dev/stdout | cat"] {
        let shell = format!(r#""$0" init {redirection}"#);
        let mut terminal = Setup::default().run_command(&["sh", "-c", &shell, PROGRAM]);
        terminal.see("there is no terminal to ask on");
        terminal.see(MISSING);
        terminal.status();
        assert!(terminal.files().is_empty());
    }
}

#[test]
fn results_may_go_elsewhere() {
    let shell = r#"program=$1; shift; "$program" init -o - "$@" | cat -"#;
    let setup = Setup {
        variables: vec![("CONSOLEME_CFG_CLIENT_SECRET", "never-shown-but-here")],
        ..Setup::default()
    };
    let words = ["sh", "-c", shell, "sh", PROGRAM];
    let mut terminal = setup.run_command(&[&words[..], &all_but(&["--admin"])].concat());
    terminal.answer("Administrator", ADMIN);
    terminal.see("application_admin: you@example.com");
    assert_eq!(terminal.status(), 0);
    assert!(terminal.files().is_empty());
}
