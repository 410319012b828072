//! Everything is asked, answered and written.

use crate::session::{
    ADMIN, CLIENT_ID, CTRL_C, DOWN, POOL_ID, SECRET, Setup, Terminal, URL, all_but, ask_for, init,
};

fn lines<'t>(text: &'t str, wanted: &[&str]) {
    let found: Vec<&'t str> = text
        .lines()
        .filter(|line| wanted.contains(&line.trim()))
        .collect();
    let found: Vec<&str> = found.iter().map(|line| line.trim()).collect();
    assert_eq!(found, wanted, "{text}");
}

/// Answers every prompt but the one for scopes as it stands.
fn answer_all(terminal: &mut Terminal, choose_scopes: &str) {
    terminal.answer("User pool id", POOL_ID);
    terminal.answer("App client id", CLIENT_ID);
    terminal.answer_secret(SECRET);
    terminal.see("[ ] profile");
    terminal.press(choose_scopes);
    terminal.answer("URL of ConsoleMe", URL);
    terminal.answer("Administrator", ADMIN);
    terminal.answer("Account", "012345670123=first");
    terminal.see("Account: 012345670123=first\r\n");
    terminal.answer("Account", "123456789012=the second one");
    terminal.see("Account: 123456789012=the second one\r\n");
    terminal.answer("Account", "");
}

#[test]
fn what_was_typed_is_written() {
    let mut terminal = init(&[]);
    // The cursor begins at the first of five: chooses `phone` and the third, `openid`, twice.
    let keys = format!("{DOWN}{DOWN}  {DOWN} \r");
    answer_all(&mut terminal, &keys);
    terminal.see("wrote consoleme.yaml");
    terminal.see("consoleme.yaml: no findings");
    terminal.see("http://localhost:8081/auth");
    terminal.see("email, openid, phone");
    terminal.see("export CONFIG_LOCATION=");
    assert_eq!(terminal.declines(), 0);
    let written = terminal.written();
    lines(
        &written,
        &[
            "environment: dev",
            "url: http://localhost:8081",
            "application_admin: you@example.com",
            "metadata_url: https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/openid-configuration",
            "client_id: \"1example23456789abcdefghij\"",
            "secret: \"s3cr3t/of+the=client/of=consoleme\"",
            "- email",
            "- openid",
            "- phone",
            "port: 8081",
            "\"012345670123\": first",
            "\"123456789012\": the second one",
            "region: us-east-1",
            "active_region: us-east-1",
        ],
    );
}

#[test]
fn each_question_says_where_its_answer_stands() {
    let mut terminal = init(&[]);
    answer_all(&mut terminal, "\r");
    assert_eq!(terminal.declines(), 0);
    let seen = terminal.seen();
    for (help, prompt) in [
        ("Cognito > User pools >", "User pool id: "),
        ("App clients >", "App client id: "),
        ("Client secret > Show", "App client secret: "),
        ("OpenID Connect scopes", "Scopes:"),
        ("https://consoleme.example.com", "URL of ConsoleMe: "),
        ("in the pool: Users", "Administrator: "),
        ("top right in the AWS console", "Account: "),
    ] {
        let help = seen.find(help).unwrap_or_else(|| panic!("{help}"));
        assert!(help < seen.find(prompt).unwrap(), "{prompt}");
    }
}

#[test]
fn keys_correct_what_is_being_typed() {
    let mut terminal = ask_for(&["--admin"]);
    let back = "\x1b[D".repeat("@example.com".len());
    terminal.answer("Administrator", &format!("yo@example.con\x7fm{back}u"));
    assert_eq!(terminal.declines(), 0);
    lines(&terminal.written(), &["application_admin: you@example.com"]);
}

#[test]
fn spaces_around_an_answer_do_not_count() {
    let mut terminal = ask_for(&["--pool-id"]);
    terminal.answer("User pool id", &format!("  {POOL_ID} "));
    assert_eq!(terminal.declines(), 0);
    terminal.written();
}

#[test]
fn only_what_was_not_given_is_asked() {
    let prompts = [
        ("--pool-id", "User pool id", POOL_ID),
        ("--client-id", "App client id", CLIENT_ID),
        ("--url", "URL of ConsoleMe", URL),
        ("--admin", "Administrator", ADMIN),
    ];
    for (flag, prompt, answer) in prompts {
        let mut terminal = ask_for(&[flag]);
        terminal.answer(prompt, answer);
        assert_eq!(terminal.declines(), 0);
        let seen = terminal.seen();
        let mut others = prompts.iter().filter(|(_, other, _)| *other != prompt);
        assert!(!others.any(|(_, other, _)| seen.contains(other)), "{seen}");
        for other in ["App client secret", "Scopes:", "Account:"] {
            assert!(!seen.contains(other), "{seen}");
        }
    }
}

#[test]
fn nothing_is_asked_where_everything_needed_was_given() {
    let mut terminal = ask_for(&["--scope", "--account"]);
    assert_eq!(terminal.declines(), 0);
    lines(&terminal.written(), &["- openid", "- email"]);
    assert!(!terminal.seen().contains("Scopes:"), "{}", terminal.seen());
}

#[test]
fn a_wrong_flag_is_refused_before_anything_is_asked() {
    let mut terminal = init(&["--pool-id", "nonsense"]);
    assert!(terminal.error().contains("--pool-id: `nonsense`"));
    assert_eq!(terminal.status(), 2);
    assert!(!terminal.seen().contains("App client id: "));
    assert!(terminal.files().is_empty());
}

#[test]
fn a_file_that_is_there_is_refused_before_anything_is_asked() {
    let setup = Setup::default();
    let path = setup.folder.path().join("consoleme.yaml");
    std::fs::write(&path, "mine\n").unwrap();
    let mut terminal = setup.run(&["init"]);
    let error = terminal.error();
    assert!(error.contains("consoleme.yaml exists already") && error.contains("--force"));
    assert_eq!(terminal.status(), 2);
    assert!(!terminal.seen().contains("User pool id: "));
    assert_eq!(std::fs::read_to_string(path).unwrap(), "mine\n");
}

#[test]
fn force_overwrites_once_everything_is_answered() {
    let setup = Setup {
        variables: vec![("CONSOLEME_CFG_CLIENT_SECRET", SECRET)],
        ..Setup::default()
    };
    let path = setup.folder.path().join("consoleme.yaml");
    std::fs::write(&path, "mine\n").unwrap();
    let arguments = [vec!["init", "--force"], all_but(&["--admin"])].concat();
    let mut terminal = setup.run(&arguments);
    terminal.see("Administrator: ");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine\n");
    terminal.press(&format!("{ADMIN}\r"));
    assert_eq!(terminal.declines(), 0);
    lines(&terminal.written(), &["application_admin: you@example.com"]);
}

#[test]
fn what_is_typed_ahead_is_not_shown() {
    let mut terminal = init(&[]);
    terminal.see("User pool id: ");
    // Between two keys the prompt does not read, and what comes then is for the terminal to show.
    for key in POOL_ID.chars().chain("\x7fI".chars().cycle().take(600)) {
        terminal.press(&key.to_string());
        for _ in 0..500 {
            assert!(!terminal.echoes());
        }
    }
    terminal.press(&format!("\r{CLIENT_ID}\r{SECRET}\r"));
    terminal.see("App client secret: ");
    terminal.press(CTRL_C);
    assert_eq!(terminal.status(), 130);
}
