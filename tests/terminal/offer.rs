//! The live check that is offered once the file is written.

use std::net::TcpListener;

use crate::session::{ADMIN, CTRL_C, SECRET, Setup, Terminal, all_but};

/// A run that has got to the offer. Whoever is asked is asked through a proxy that is not there.
fn offered(arguments: &[&str]) -> Terminal {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let setup = Setup {
        variables: vec![
            ("CONSOLEME_CFG_CLIENT_SECRET", SECRET),
            ("HTTPS_PROXY", proxy.leak()),
        ],
        ..Setup::default()
    };
    setup.run(&[&["init"], arguments, &all_but(&["--admin"])].concat())
}

#[test]
fn a_yes_asks_and_shows_what_is_asked() {
    let mut terminal = offered(&[]);
    terminal.answer("Administrator", ADMIN);
    terminal.see("Ask Cognito now");
    terminal.press("y");
    terminal.see("discovery https://cognito-idp.us-east-1.amazonaws.com/");
    terminal.see("inconclusive");
    assert_eq!(terminal.status(), 3);
    terminal.written();
}

#[test]
fn enter_alone_asks_nobody() {
    let mut terminal = offered(&[]);
    terminal.answer("Administrator", ADMIN);
    terminal.see("Ask Cognito now");
    terminal.press("\r");
    assert_eq!(terminal.status(), 0);
    assert!(!terminal.seen().contains("discovery"));
}

#[test]
fn ctrl_c_leaves_what_was_written() {
    let mut terminal = offered(&[]);
    terminal.answer("Administrator", ADMIN);
    terminal.see("Ask Cognito now");
    terminal.press(CTRL_C);
    assert_eq!(terminal.status(), 130);
    terminal.written();
}

#[test]
fn the_flag_asks_without_being_asked() {
    let mut terminal = offered(&["--online"]);
    terminal.answer("Administrator", ADMIN);
    terminal.see("inconclusive");
    assert_eq!(terminal.status(), 3);
    assert!(!terminal.seen().contains("Ask Cognito now"));
}

#[test]
fn nothing_is_offered_where_nothing_may_be_asked() {
    let mut terminal = offered(&["--no-input", "--admin", ADMIN]);
    assert_eq!(terminal.status(), 0);
    assert!(!terminal.seen().contains("Ask Cognito now"));
}
