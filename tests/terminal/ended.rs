//! Ways out: whatever ends the wizard, the terminal is as it was and no file is there.

use std::fs;
use std::path::Path;
use std::thread;

use tempfile::TempDir;

use crate::session::{
    ADMIN, CLIENT_ID, CTRL_C, CTRL_D, POOL_ID, SECRET, Setup, Terminal, URL, ask_for, files, init,
};

/// A question, and how to answer it; the answer of the last is never given.
type Question = (&'static str, fn(&mut Terminal));

const QUESTIONS: [Question; 8] = [
    ("User pool id: ", |terminal| {
        terminal.press(&format!("{POOL_ID}\r"));
    }),
    ("App client id: ", |terminal| {
        terminal.press(&format!("{CLIENT_ID}\r"));
    }),
    ("App client secret: ", |terminal| {
        terminal.press(&format!("{SECRET}\r"));
    }),
    ("[ ] profile", |terminal| terminal.press("\r")),
    ("URL of ConsoleMe: ", |terminal| {
        terminal.press(&format!("{URL}\r"));
    }),
    ("Administrator: ", |terminal| {
        terminal.press(&format!("{ADMIN}\r"));
    }),
    ("Account: ", |terminal| {
        terminal.press("123456789012=main\r");
        terminal.see("Account: 123456789012=main\r\n");
    }),
    ("Account: ", |_| {}),
];

/// Answers what comes before a question, and waits for that.
fn go_to(index: usize) -> Terminal {
    let mut terminal = init(&[]);
    for (prompt, answer) in &QUESTIONS[..=index] {
        if *prompt == "App client secret: " {
            terminal.see_secret_prompt();
        } else {
            terminal.see(prompt);
        }
        if *prompt != QUESTIONS[index].0 || index == QUESTIONS.len() - 1 {
            answer(&mut terminal);
        }
    }
    terminal
}

fn ends_everywhere(status: i32, end: impl Fn(&mut Terminal)) {
    for (index, (prompt, _)) in QUESTIONS.iter().enumerate() {
        let mut terminal = go_to(index);
        end(&mut terminal);
        assert_eq!(terminal.status(), status, "{prompt}");
        assert!(terminal.files().is_empty(), "{:?}", terminal.files());
    }
}

#[test]
fn ctrl_c_at_every_question() {
    ends_everywhere(130, |terminal| terminal.press(CTRL_C));
}

#[test]
fn ctrl_c_in_the_middle_of_an_answer() {
    ends_everywhere(130, |terminal| terminal.press(&format!("abc{CTRL_C}")));
}

#[test]
fn sigint_at_every_question() {
    ends_everywhere(130, |terminal| terminal.signal("INT"));
}

#[test]
fn sigterm_at_every_question() {
    ends_everywhere(143, |terminal| terminal.signal("TERM"));
}

#[test]
fn sighup_at_every_question() {
    ends_everywhere(129, |terminal| terminal.signal("HUP"));
}

#[test]
fn sigquit_at_every_question() {
    ends_everywhere(131, |terminal| terminal.signal("QUIT"));
}

#[test]
fn a_signal_while_somebody_types() {
    for _ in 0..20 {
        let mut terminal = go_to(0);
        let mut kill = terminal.begin_signal("TERM");
        while kill.try_wait().unwrap().is_none() {
            terminal.press("x");
            (0..40).for_each(|_| thread::yield_now());
        }
        assert_eq!(terminal.status(), 143);
        assert!(terminal.files().is_empty());
    }
}

#[test]
fn a_closed_window() {
    let program = env!("CARGO_BIN_EXE_consoleme-cfg");
    let outside = TempDir::new().unwrap();
    let status = outside.path().join("status");
    // Tells the status where it can be read without the terminal.
    let shell = r#"trap : HUP; "$1" init; echo $? > "$2""#;
    let words = ["sh", "-c", shell, "sh", program, status.to_str().unwrap()];
    for prompt in ["User pool id: ", "App client id: "] {
        let mut terminal = Setup::default().run_command(&words);
        terminal.see("User pool id: ");
        if prompt != "User pool id: " {
            terminal.press(&format!("{POOL_ID}\r"));
            terminal.see(prompt);
        }
        let folder = terminal.close();
        assert_eq!(wait_for_line(&status), "129\n");
        assert!(files(&folder).is_empty());
        fs::remove_file(&status).unwrap();
    }
}

fn wait_for_line(path: &Path) -> String {
    loop {
        match fs::read_to_string(path) {
            Ok(text) if text.ends_with('\n') => return text,
            _ => thread::yield_now(),
        }
    }
}

#[test]
fn ctrl_c_leaves_the_old_file() {
    let setup = Setup::default();
    fs::write(setup.folder.path().join("consoleme.yaml"), "mine\n").unwrap();
    let mut terminal = setup.run(&["init", "--force"]);
    terminal.see("User pool id: ");
    terminal.press(CTRL_C);
    assert_eq!(terminal.status(), 130);
    let files = terminal.files();
    assert_eq!(files.len(), 1);
    assert_eq!(files["consoleme.yaml"].1, "mine\n");
}

#[test]
fn ctrl_d_answers_nothing() {
    let mut terminal = ask_for(&["--admin"]);
    terminal.see("Administrator: ");
    terminal.press(CTRL_D);
    terminal.press(&format!("{ADMIN}\r"));
    assert_eq!(terminal.declines(), 0);
    assert!(
        terminal
            .written()
            .contains("application_admin: you@example.com\n")
    );
}

#[test]
fn ctrl_d_is_an_empty_secret() {
    let mut terminal = go_to(2);
    terminal.press(CTRL_D);
    assert!(terminal.error().contains("the client secret is empty"));
    terminal.see_secret_prompt();
    terminal.press(CTRL_C);
    assert_eq!(terminal.status(), 130);
    assert!(terminal.files().is_empty());
}
