//! Do editors help with a configuration that `init --with-schema` wrote? The language server that
//! they use for YAML is asked as they ask it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value as Json, json};
use tempfile::TempDir;
use url::Url;

use crate::harness::node_folder;

/// An editor with one document open.
struct Editor {
    server: Child,
    requests: ChildStdin,
    answers: Receiver<Json>,
    asked: u64,
    document: String,
    diagnostics: Option<Vec<Json>>,
}

impl Editor {
    fn open(path: &Path) -> Self {
        let program =
            node_folder().join("node_modules/yaml-language-server/bin/yaml-language-server");
        let mut server = Command::new("node")
            .arg(program)
            .arg("--stdio")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let requests = server.stdin.take().expect("a pipe");
        let mut output = BufReader::new(server.stdout.take().expect("a pipe"));
        let (sender, answers) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break; // the test is over
                }
            }
        });
        let mut editor = Self {
            server,
            requests,
            answers,
            asked: 0,
            document: Url::from_file_path(path).expect("a whole path").to_string(),
            diagnostics: None,
        };
        let capabilities = json!({
            "workspace": {"configuration": true},
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
            },
        });
        editor.ask(
            "initialize",
            &json!({"processId": null, "rootUri": null, "capabilities": capabilities}),
        );
        editor.send(json!({"method": "initialized", "params": {}}));
        let text = fs::read_to_string(path).expect("a document");
        let document =
            json!({"uri": editor.document, "languageId": "yaml", "version": 1, "text": text});
        editor
            .send(json!({"method": "textDocument/didOpen", "params": {"textDocument": document}}));
        editor
    }

    fn send(&mut self, mut message: Json) {
        message["jsonrpc"] = "2.0".into();
        let text = message.to_string();
        write!(
            self.requests,
            "Content-Length: {}\r\n\r\n{text}",
            text.len()
        )
        .expect("the server listens");
        self.requests.flush().expect("the server listens");
    }

    fn ask(&mut self, method: &str, params: &Json) -> Json {
        self.asked += 1;
        let id = self.asked;
        self.send(json!({"id": id, "method": method, "params": params}));
        loop {
            let message = self.next();
            if message["id"] == id && message.get("method").is_none() {
                assert!(message.get("error").is_none(), "{message}");
                return message["result"].clone();
            }
        }
    }

    /// The next message; what the server asks in return is answered.
    fn next(&mut self) -> Json {
        let message = self.answers.recv_timeout(Duration::from_secs(120));
        let message = message.expect("the language server answers");
        match message["method"].as_str() {
            Some("workspace/configuration") => {
                let items = message["params"]["items"].as_array().expect("items").len();
                let settings = json!({"validate": true, "hover": true, "completion": true});
                self.send(json!({"id": message["id"], "result": vec![settings; items]}));
            }
            Some("textDocument/publishDiagnostics") => {
                self.diagnostics = message["params"]["diagnostics"].as_array().cloned();
            }
            Some(_) if message.get("id").is_some() => {
                self.send(json!({"id": message["id"], "result": null}));
            }
            _ => {}
        }
        message
    }

    /// What is underlined in the document, once there is something.
    fn underlined(&mut self) -> Vec<Json> {
        loop {
            if let Some(diagnostics) = self.diagnostics.take_if(|found| !found.is_empty()) {
                return diagnostics;
            }
            self.next();
        }
    }

    fn at(&mut self, method: &str, line: usize, character: usize) -> Json {
        let place = json!({
            "textDocument": {"uri": self.document},
            "position": {"line": line, "character": character},
        });
        self.ask(method, &place)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill(); // it may have ended by itself
        let _ = self.server.wait();
    }
}

/// A message of the protocol: headers, an empty line, JSON.
fn read(output: &mut impl BufRead) -> Option<Json> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// A configuration as `init --with-schema` writes it.
fn written() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let run = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(folder.path())
        .env(
            "CONSOLEME_CFG_CLIENT_SECRET",
            "1example0secret0of0an0app0client0abcdefghijklmnopqr",
        )
        .args([
            "init",
            "--with-schema",
            "--no-input",
            "--pool-id",
            "us-east-1_AbCdEfGhI",
        ])
        .args([
            "--client-id",
            "1example23456789abcdefghij",
            "--url",
            "https://consoleme.example.org",
        ])
        .args([
            "--admin",
            "you@example.org",
            "--account",
            "123456789012=production",
        ])
        .output()
        .expect("init starts");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    folder
}

/// The line that begins so.
fn line(text: &str, start: &str) -> usize {
    let found = text.lines().position(|line| line.starts_with(start));
    found.unwrap_or_else(|| panic!("a line with {start}"))
}

#[test]
fn editors_complete_explain_and_check() {
    let folder = written();
    let path = folder.path().join("consoleme.yaml");
    let text = fs::read_to_string(&path).expect("a configuration");
    assert!(text.starts_with("# yaml-language-server: $schema=./consoleme.schema.json\n"));
    let text = text.replace("\nurl: ", "\nurl: 5 # ") + "\nredis:\n  \n";
    fs::write(&path, &text).expect("a document");
    let mut editor = Editor::open(&path);

    let url = line(&text, "url: ");
    let underlined = editor.underlined();
    let wrong: Vec<&str> = underlined
        .iter()
        .filter(|found| found["range"]["start"] == json!({"line": url, "character": 5}))
        .filter_map(|found| found["message"].as_str())
        .collect();
    assert!(
        matches!(wrong.as_slice(), [one] if one.contains("Incorrect type. Expected \"string\"")),
        "{underlined:#?}"
    );
    let elsewhere = underlined.len() - wrong.len();
    assert_eq!(
        elsewhere, 1,
        "the empty section is underlined, and nothing else: {underlined:#?}"
    );

    let hover = editor.at("textDocument/hover", line(&text, "jwt_secret: "), 3);
    let shown = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(shown.contains("Signs the session cookie"), "{hover:#}");

    let redis = line(&text, "redis:");
    let offered = editor.at("textDocument/completion", redis + 1, 2);
    let offered: Vec<&Json> = offered["items"].as_array().expect("items").iter().collect();
    let host = offered.iter().find(|item| item["label"] == "host");
    let host = host.unwrap_or_else(|| panic!("host is offered: {offered:#?}"));
    assert!(
        host["documentation"]
            .to_string()
            .contains("Host name of Redis"),
        "{host:#}"
    );
    assert!(
        offered.iter().any(|item| item["label"] == "port"),
        "{offered:#?}"
    );
    assert!(
        offered.iter().all(|item| item["label"] != "client_scope"),
        "{offered:#?}"
    );
}
