//! Ways out of a live check that gets no answer.

use std::fs;
use std::net::{TcpListener, TcpStream};

use crate::session::{ADMIN, CTRL_BACKSLASH, CTRL_C, SECRET, Setup, Terminal, all_but};

/// Somebody who takes every connection and says nothing.
struct Silence(TcpListener, Vec<TcpStream>);

impl Silence {
    fn begin() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap(), Vec::new())
    }

    /// Waits for somebody to connect.
    fn accept(&mut self) {
        let (connection, _) = self.0.accept().unwrap();
        self.1.push(connection);
    }

    fn address(&self) -> String {
        self.0.local_addr().unwrap().to_string()
    }
}

/// A run of `validate --online` that waits for an answer; in its file the secret is part of a URL.
fn asking(silence: &mut Silence, term: &'static str) -> Terminal {
    let address = silence.address();
    let setup = Setup {
        term,
        ..Setup::default()
    };
    let text = format!(
        "url: https://consoleme.example.com\nauth: {{get_user_by_oidc: true}}\nget_user_by_oidc_settings:\n  metadata_url: http://{address}/{SECRET}/.well-known/openid-configuration\noidc_secrets:\n  client_id: 1example23456789abcdefghij\n  secret: {SECRET}\n  client_scope: [openid, email]\n"
    );
    fs::write(setup.folder.path().join("consoleme.yaml"), text).unwrap();
    let terminal = setup.run(&[
        "validate",
        "consoleme.yaml",
        "--online",
        "--timeout=600",
        "--allow-host",
        &address,
    ]);
    silence.accept();
    terminal
}

#[test]
fn what_it_waits_for_is_shown_without_the_secret() {
    let mut silence = Silence::begin();
    let mut terminal = asking(&mut silence, "xterm-256color");
    let hidden = "*".repeat(SECRET.len());
    terminal.see(&format!(
        "discovery http://{}/{hidden}/.well",
        silence.address()
    ));
    terminal.press(CTRL_C);
    assert_eq!(terminal.status(), 130);
}

#[test]
fn ctrl_c_ends_it() {
    for term in ["xterm-256color", "dumb"] {
        let mut silence = Silence::begin();
        let mut terminal = asking(&mut silence, term);
        terminal.press(CTRL_C);
        assert_eq!(terminal.status(), 130);
    }
}

#[test]
fn signals_end_it() {
    for (signal, status) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let mut silence = Silence::begin();
        let mut terminal = asking(&mut silence, "xterm-256color");
        terminal.signal(signal);
        assert_eq!(terminal.status(), status);
    }
}

#[test]
fn a_resized_terminal_does_not() {
    let mut silence = Silence::begin();
    let mut terminal = asking(&mut silence, "xterm-256color");
    for columns in [10, 200, 1, 80] {
        terminal.resize(columns);
    }
    terminal.press(CTRL_C);
    assert_eq!(terminal.status(), 130);
}

#[test]
fn nor_does_init_wait_for_ever() {
    for (key, status) in [(CTRL_C, 130), (CTRL_BACKSLASH, 131)] {
        let silence = Silence::begin();
        let proxy = format!("http://{}", silence.address());
        let setup = Setup {
            variables: vec![
                ("CONSOLEME_CFG_CLIENT_SECRET", SECRET),
                ("HTTPS_PROXY", proxy.leak()),
            ],
            ..Setup::default()
        };
        let arguments = [&["init", "--online"], &all_but(&["--admin"])[..]].concat();
        let mut terminal = setup.run(&arguments);
        terminal.answer("Administrator", ADMIN);
        terminal.see("discovery https://cognito-idp.us-east-1.amazonaws.com/");
        terminal.press(key);
        assert_eq!(terminal.status(), status);
        terminal.written();
    }
}
