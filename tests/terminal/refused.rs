//! A refused answer: the message says what is wrong and shows a right one, and the question stays.

use crate::session::{ADMIN, CLIENT_ID, DOWN, POOL_ID, SECRET, Setup, URL, all_but, ask_for};

/// Gives each wrong answer, looks for the parts of its message, then gives the right one.
fn correct(flag: &str, prompt: &str, refused: &[(&str, &[&str])], right: &str) {
    let mut terminal = ask_for(&[flag]);
    for (wrong, parts) in refused {
        terminal.answer(prompt, wrong);
        let error = terminal.error();
        for part in *parts {
            assert!(error.contains(part), "`{wrong}` gave `{error}`");
        }
    }
    terminal.answer(prompt, right);
    assert_eq!(terminal.declines(), 0);
    assert!(terminal.written().contains(right));
    // A message may fill several lines, so going up to wipe it away would leave a part of it.
    let seen = terminal.seen();
    let mut commands = seen.split("\x1b[").skip(1);
    let up = commands.any(|command| {
        let rest = command.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.starts_with('A')
    });
    assert!(!up, "{seen}");
}

#[test]
fn a_pool_id() {
    let right = "such as `us-east-1_AbCdEfGhI`";
    let refused: &[(&str, &[&str])] = &[
        ("", &["empty", "`us-east-1_AbCdEfGhI`"]),
        (
            "us-east-1:1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
            &["id of an identity pool", right],
        ),
        (
            "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI",
            &["is an ARN", ": `us-east-1_AbCdEfGhI`"],
        ),
        (
            "example.auth.us-east-1.amazoncognito.com",
            &["pool's domain", "`us-east-1_AbCdEfGhI`"],
        ),
        (
            "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/openid-configuration",
            &["whole URL", ": `us-east-1_AbCdEfGhI`"],
        ),
        (CLIENT_ID, &["looks like an app client id", right]),
        ("REPLACE_WITH_YOUR_POOL_ID", &["is a placeholder", right]),
        ("useast1_AbCdEfGhI", &["region", "`us-east-1`"]),
        ("nonsense", &["not a user pool id", right]),
    ];
    correct("--pool-id", "User pool id", refused, POOL_ID);
}

#[test]
fn a_client_id() {
    let refused: &[(&str, &[&str])] = &[
        ("", &["empty", CLIENT_ID]),
        (POOL_ID, &["is a pool id", CLIENT_ID]),
        ("has space", &["characters that none has", CLIENT_ID]),
        ("YOUR_CLIENT_ID", &["is a placeholder", CLIENT_ID]),
    ];
    correct("--client-id", "App client id", refused, CLIENT_ID);
}

#[test]
fn a_secret_pasted_as_client_id_is_not_repeated() {
    let secret = "1b2c3d4e5f6g7h8i9j0k1b2c3d4e5f6g7h8i9j0k1b2c3d4e5f6g";
    let mut terminal = ask_for(&["--client-id"]);
    terminal.answer("App client id", secret);
    let error = terminal.error();
    assert!(error.contains("as a client secret is") && !error.contains(secret));
    terminal.answer("App client id", CLIENT_ID);
    assert_eq!(terminal.declines(), 0);
}

#[test]
fn a_secret() {
    let mut terminal = Setup::default().run(&[vec!["init"], all_but(&[])].concat());
    for (wrong, part) in [
        ("", "the client secret is empty"),
        ("two words", "white space at character 4"),
        ("tab\there", "white space at character 4"),
        ("s\u{e9}same", "outside ASCII at character 2"),
        ("REPLACE_WITH_YOUR_SECRET", "still a placeholder"),
    ] {
        terminal.answer_secret(wrong);
        let error = terminal.error();
        assert!(error.contains(part), "{error}");
        assert!(wrong.is_empty() || !terminal.seen().contains(wrong));
    }
    terminal.answer_secret(SECRET);
    assert_eq!(terminal.declines(), 0);
    assert!(terminal.written().contains(SECRET));
}

#[test]
fn scopes_without_openid() {
    let mut terminal = ask_for(&["--scope", "--admin"]);
    terminal.see("[ ] profile");
    terminal.press(&format!("{DOWN}{DOWN} \r"));
    terminal.see("`openid` is needed");
    terminal.see("[ ] profile");
    terminal.press("\r");
    terminal.answer("Administrator", ADMIN);
    assert_eq!(terminal.declines(), 0);
    let written = terminal.written();
    assert!(written.contains("- email\n    - openid\n"), "{written}");
}

#[test]
fn a_url() {
    let right = "`https://c.example.com`";
    let refused: &[(&str, &[&str])] = &[
        ("", &["empty", "`https://consoleme.example.com`"]),
        ("https://c.example.com/", &["slash at the end", right]),
        ("https://c.example.com/auth", &["leave `/auth` off", right]),
        ("http://c.example.com", &["localhost", "`https://`", right]),
        ("c.example.com", &["scheme and host", "https://"]),
        ("https://c.example.com:443", &["default port", right]),
        ("https://C.example.com", &["browsers send", right]),
        ("https://me:pw@c.example.com", &["user name", right]),
        ("ftp://c.example.com", &["neither `https://` nor `http://`"]),
    ];
    correct(
        "--url",
        "URL of ConsoleMe",
        refused,
        "https://consoleme.example.com",
    );
}

#[test]
fn an_administrator() {
    let refused: &[(&str, &[&str])] = &[
        ("", &["names nobody", "`you@example.com`"]),
        (
            "two words",
            &["`two words` names nobody", "`you@example.com`"],
        ),
        ("<admin>", &["`<admin>` names nobody", "`you@example.com`"]),
    ];
    correct("--admin", "Administrator", refused, ADMIN);
}

#[test]
fn an_account() {
    let mut terminal = ask_for(&["--account", "--url"]);
    terminal.answer("URL of ConsoleMe", URL);
    for (wrong, parts) in [
        (
            "1234=main",
            ["`1234` is not an AWS account id", "`123456789012`"],
        ),
        ("123456789012", ["has no name", "`123456789012=production`"]),
        (
            "1234-5678-9012=main",
            ["is not an AWS account id", "`123456789012`"],
        ),
    ] {
        terminal.answer("Account", wrong);
        let error = terminal.error();
        assert!(parts.iter().all(|part| error.contains(part)), "{error}");
    }
    terminal.answer("Account", "012345670123=main");
    terminal.see("Account: 012345670123=main\r\n");
    terminal.answer("Account", "");
    assert_eq!(terminal.declines(), 0);
    assert!(terminal.written().contains("\"012345670123\": main"));
}
