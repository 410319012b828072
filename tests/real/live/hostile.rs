//! Servers that mean harm: each request is refused or comes to nothing within its time, and what is
//! secret goes nowhere.

use std::io::Write;
use std::time::{Duration, Instant};

use consoleme_cfg::examine::Examined;
use consoleme_cfg::finding::{CheckName, Verdict};
use rcgen::generate_simple_self_signed;
use serde_json::json;

use super::script::{
    CLIENT_ID, SECRET, but_for, configuration, credentials, document, in_order, origin_of,
};
use super::{ask, ask_within, check, verdict, with_secret};
use crate::harness::{Heard, Server, answer, json as in_json};

/// Asks a server and says how long that took, as parts of the time-out.
fn ask_for_a_second(server: &Server) -> (Examined, f64) {
    let limit = Duration::from_secs(1);
    let begun = Instant::now();
    let text = configuration(&server.origin());
    let examined = ask_within(limit, &text, &[server.address()], &with_secret());
    (
        examined,
        begun.elapsed().as_secs_f64() / limit.as_secs_f64(),
    )
}

#[test]
fn a_server_that_never_ends_comes_to_nothing_in_time() {
    type Respond = fn(&Heard, &mut std::net::TcpStream) -> bool;
    let silent: Respond = |_, _| {
        std::thread::sleep(Duration::from_secs(30));
        false
    };
    let headers_without_end: Respond = |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"X-More: and more\r\n").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    };
    let body_without_end: Respond = |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{");
        while stream.write_all(b" ").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    };
    for respond in [silent, headers_without_end, body_without_end] {
        let (examined, times) = ask_for_a_second(&Server::start(respond));
        let discovery = check(&examined, CheckName::Discovery);
        assert_eq!(discovery.verdict, Verdict::Inconclusive);
        assert!(
            discovery.reason.contains("no answer within 1 s"),
            "{}",
            discovery.reason
        );
        assert!(times < 2.0, "{times} times the time-out");

        let later = Server::start(move |heard, stream| match heard.path() {
            "/oauth2/authorize" => respond(heard, stream),
            _ => stream.write_all(in_order(heard).as_bytes()).is_ok(),
        });
        let (examined, times) = ask_for_a_second(&later);
        assert_eq!(
            verdict(&examined, CheckName::Callback),
            Verdict::Inconclusive
        );
        assert!(times < 2.0, "{times} times the time-out");
    }
}

#[test]
fn an_answer_larger_than_a_mebibyte_is_not_read_to_its_end() {
    let server = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b' '; 1 << 16]).is_ok() {}
        false
    });
    let (examined, times) = ask_for_a_second(&server);
    assert_eq!(
        check(&examined, CheckName::Discovery).reason,
        "the answer is larger than 1 MiB"
    );
    assert!(times < 2.0, "{times} times the time-out");
}

#[test]
fn no_tls_and_wrong_tls_are_no_verdict() {
    let plain = Server::saying(in_order);
    let secure = tls_server("localhost");
    let url = |address: &str| {
        let port = address.rsplit(':').next().expect("a port");
        format!("https://localhost:{port}")
    };
    for address in [plain.address(), secure.as_str()] {
        let examined = ask(
            &configuration(&url(address)),
            &["localhost"],
            &with_secret(),
        );
        let discovery = check(&examined, CheckName::Discovery);
        assert_eq!(discovery.verdict, Verdict::Inconclusive);
        assert_eq!(discovery.evidence.status, None, "{discovery:?}");
    }
    assert!(
        plain
            .heard()
            .iter()
            .all(|heard| !heard.target.starts_with('/')),
        "nothing but a handshake"
    );
}

/// A server whose certificate nobody vouches for.
fn tls_server(name: &str) -> String {
    use rustls::pki_types::PrivateKeyDer;
    use rustls::{ServerConfig, ServerConnection, StreamOwned};
    let made = generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a configuration");
    let config = std::sync::Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let session = ServerConnection::new(config.clone()).expect("a session");
            let mut stream = StreamOwned::new(session, stream);
            let _ = stream.write_all(in_json(200, "{}").as_bytes());
        }
    });
    address
}

#[test]
fn a_redirect_is_followed_nowhere() {
    let recorder = Server::saying(in_order);
    let targets = [
        recorder.origin(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://10.0.0.1/".to_owned(),
    ];
    for target in targets {
        for (path, name) in [
            ("/.well-known/openid-configuration", CheckName::Discovery),
            ("/jwks.json", CheckName::Keys),
            ("/oauth2/authorize", CheckName::Callback),
            ("/login", CheckName::LoginPage),
            ("/oauth2/token", CheckName::Secret),
            ("/oauth2/revoke", CheckName::Revocation),
        ] {
            let location = target.clone();
            let server = but_for(path, move |_| {
                answer(307, &format!("Location: {location}\r\n"), "")
            });
            let hosts = [server.address(), recorder.address()];
            let examined = ask(&configuration(&server.origin()), &hosts, &with_secret());
            assert_eq!(
                verdict(&examined, name),
                Verdict::Inconclusive,
                "{path} to {target}"
            );
        }
    }
    assert!(recorder.heard().is_empty(), "{:?}", recorder.heard());
}

/// A provider whose document leads to another host.
fn leading_to(endpoints: String) -> Server {
    but_for("/.well-known/openid-configuration", move |heard| {
        in_json(200, &document(&origin_of(heard), &endpoints))
    })
}

#[test]
fn a_document_that_leads_elsewhere_gets_neither_secret_nor_client_id() {
    let recorder = Server::saying(in_order);
    let server = leading_to(recorder.origin());
    let text = configuration(&server.origin());

    // The other host was not named, was named by address only, or was named with its port.
    let _ = ask(&text, &[server.address()], &with_secret());
    assert!(recorder.heard().is_empty(), "{:?}", recorder.heard());
    let examined = ask(&text, &["127.0.0.1"], &with_secret());
    let reason = &check(&examined, CheckName::Client).reason;
    assert!(
        reason.contains(&format!("--allow-host {}", recorder.address())),
        "{reason}"
    );
    let paths: Vec<String> = recorder
        .heard()
        .iter()
        .map(|heard| heard.target.clone())
        .collect();
    assert_eq!(paths, ["/jwks.json"], "keys are public");
    let examined = ask(
        &text,
        &[server.address(), recorder.address()],
        &with_secret(),
    );
    assert_eq!(
        verdict(&examined, CheckName::Callback),
        Verdict::Pass,
        "the user says that it belongs there"
    );
    assert_eq!(verdict(&examined, CheckName::Secret), Verdict::Inconclusive);
    assert_nothing_secret(&recorder);
}

#[test]
fn a_document_of_another_issuer_gets_no_secret() {
    for issuer in [
        json!("https://login.example.com"),
        json!(null),
        json!(["x"]),
        json!("http://127.0.0.1:1"),
    ] {
        let server = but_for("/.well-known/openid-configuration", move |heard| {
            let origin = origin_of(heard);
            let mut whole: serde_json::Value =
                serde_json::from_str(&document(&origin, &origin)).expect("a document");
            whole["issuer"] = issuer.clone();
            in_json(200, &whole.to_string())
        });
        let examined = ask(
            &configuration(&server.origin()),
            &[server.address()],
            &with_secret(),
        );
        assert_eq!(verdict(&examined, CheckName::Issuer), Verdict::Fail);
        assert_eq!(verdict(&examined, CheckName::Secret), Verdict::Inconclusive);
        assert_nothing_secret(&server);
    }
}

fn assert_nothing_secret(server: &Server) {
    for heard in server.heard() {
        let all = format!("{heard:?}");
        assert!(
            !all.contains(SECRET) && !all.contains(&credentials()),
            "{all}"
        );
        assert!(
            !heard.headers.to_lowercase().contains("authorization:"),
            "{all}"
        );
    }
}

#[test]
fn hosts_that_were_not_named_are_not_asked() {
    let recorder = Server::saying(in_order);
    for url in [
        recorder.origin(),
        format!("https://{}", recorder.address()),
        recorder.origin().replace("127.0.0.1", "localhost"),
        "http://169.254.169.254".to_owned(),
        "http://cognito-idp.us-east-1.amazonaws.com".to_owned(),
        "ftp://127.0.0.1".to_owned(),
        "file://".to_owned(),
    ] {
        let examined = ask(
            &configuration(&url),
            &["127.0.0.1:1", "login.example.com"],
            &with_secret(),
        );
        let discovery = check(&examined, CheckName::Discovery);
        assert_eq!(discovery.verdict, Verdict::Inconclusive, "{url}");
        assert!(
            discovery.reason.starts_with("not asked: "),
            "{}",
            discovery.reason
        );
    }
    assert!(recorder.heard().is_empty());
}

#[test]
fn the_application_itself_is_never_opened() {
    let application = Server::saying(in_order);
    let callback = format!("{}/auth", application.origin());
    let server = but_for("/oauth2/authorize", move |_| {
        answer(
            302,
            &format!("Location: {callback}?error=invalid_scope\r\n"),
            "",
        )
    });
    let text =
        configuration(&server.origin()).replace("http://localhost:8081", &application.origin());
    let examined = ask(&text, &["127.0.0.1"], &with_secret());
    assert_eq!(
        verdict(&examined, CheckName::Callback),
        Verdict::Pass,
        "it is led back to, and the control is not"
    );
    assert!(application.heard().is_empty(), "{:?}", application.heard());
    assert!(
        server
            .heard()
            .iter()
            .any(|heard| heard.target.contains(CLIENT_ID))
    );
}

#[test]
fn what_a_provider_says_cannot_draw_on_the_terminal_and_is_cut() {
    let server = but_for("/.well-known/openid-configuration", |heard| {
        let origin = origin_of(heard);
        let issuer = format!("\u{1b}[2J{}", "x".repeat(5000));
        let mut whole: serde_json::Value =
            serde_json::from_str(&document(&origin, &origin)).expect("a document");
        whole["issuer"] = issuer.into();
        in_json(200, &whole.to_string())
    });
    let examined = ask(
        &configuration(&server.origin()),
        &[server.address()],
        &with_secret(),
    );
    let all = format!(
        "{:?}",
        (
            &examined.checks,
            examined.findings.iter().collect::<Vec<_>>()
        )
    );
    assert!(!all.contains("\\u{1b}") && all.len() < 60_000, "{all}");
    assert!(check(&examined, CheckName::Issuer).reason.chars().count() < 200);
}
