//! ConsoleMe itself, behind `consoleme.py`.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::environment;
use super::value::Value;

/// Documents in one request: enough to make a request's cost vanish, few enough to share out.
const BATCH: usize = 400;

/// An exception, as ConsoleMe or PyYAML raised it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The class, without its module: `ScannerError`.
    pub class: String,
    /// What `str()` gives.
    pub message: String,
    /// ConsoleMe's innermost line in the traceback: `consoleme/config/config.py:34`.
    pub place: Option<String>,
}

impl Raised {
    fn read(json: &Json) -> Raised {
        let text = |key: &str| json[key].as_str().map(str::to_owned);
        Raised {
            class: text("class").expect("an exception's class"),
            message: text("message").expect("an exception's message"),
            place: text("place"),
        }
    }
}

/// The running `consoleme.py`: one a test process, shared by its threads. It ends with the process.
pub struct ConsoleMe {
    requests: Mutex<ChildStdin>,
    answers: Arc<Mutex<HashMap<u64, Sender<Json>>>>,
    next: AtomicU64,
}

/// The process's ConsoleMe, started on first use.
///
/// # Panics
/// With one sentence, where Python or the network for the first installation is missing.
pub fn consoleme() -> &'static ConsoleMe {
    static CONSOLEME: LazyLock<ConsoleMe> = LazyLock::new(ConsoleMe::start);
    &CONSOLEME
}

impl ConsoleMe {
    fn start() -> ConsoleMe {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/consoleme.py");
        let mut process = Command::new(environment::python())
            .args(["-W", "ignore"])
            .arg(program)
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "TMPDIR"))
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("consoleme.py starts");
        let requests = Mutex::new(process.stdin.take().expect("a pipe"));
        let lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let answers = Arc::new(Mutex::new(HashMap::<u64, Sender<Json>>::new()));
        let waiting = Arc::clone(&answers);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let answer: Json = serde_json::from_str(&line).expect("an answer in JSON");
                let id = answer["id"].as_u64().expect("an answer's number");
                if let Some(asker) = waiting.lock().expect("no poison").remove(&id) {
                    let _ = asker.send(answer); // a test that failed waits no more
                }
            }
            waiting.lock().expect("no poison").clear(); // whoever still waits learns of the end
            let _ = process.wait();
        });
        ConsoleMe {
            requests,
            answers,
            next: AtomicU64::new(0),
        }
    }

    /// What `yaml.safe_load` gives for each text.
    pub fn yaml(&self, texts: &[&str]) -> Vec<Result<Value, Raised>> {
        self.in_batches(texts, |texts| json!({"job": "yaml", "texts": texts}))
    }

    /// What `yaml.safe_load` gives for each file's bytes, the file opened as text, as ConsoleMe
    /// does.
    pub fn yaml_files(&self, files: &[&[u8]]) -> Vec<Result<Value, Raised>> {
        self.in_batches(files, |files| {
            let as_text = |bytes: &&[u8]| bytes.iter().map(|&byte| char::from(byte)).collect();
            json!({"job": "yaml_files", "files": files.iter().map(as_text).collect::<Vec<String>>()})
        })
    }

    fn in_batches<T>(
        &self,
        all: &[T],
        request: impl Fn(&[T]) -> Json,
    ) -> Vec<Result<Value, Raised>> {
        let asked: Vec<_> = all
            .chunks(BATCH)
            .map(|some| self.ask(request(some), 120))
            .collect();
        let answers = asked.into_iter().flat_map(|answer| {
            let Json::Array(outcomes) = answered(&answer) else {
                panic!("a list of outcomes")
            };
            outcomes
        });
        answers.map(|outcome| read_outcome(&outcome)).collect()
    }

    /// Sends a request; the answer comes through what is returned. `limit` is in seconds, and
    /// starts when the work does.
    fn ask(&self, mut request: Json, limit: u64) -> Receiver<Json> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        request["id"] = id.into();
        request["limit"] = limit.into();
        let (sender, receiver) = channel();
        self.answers.lock().expect("no poison").insert(id, sender);
        let line = format!("{request}\n");
        let mut requests = self.requests.lock().expect("no poison");
        requests
            .write_all(line.as_bytes())
            .expect("consoleme.py reads its requests");
        receiver
    }
}

/// Waits for an answer.
fn answered(receiver: &Receiver<Json>) -> Json {
    let mut answer = receiver
        .recv_timeout(Duration::from_secs(900))
        .expect("consoleme.py answers, or says that it can't");
    if let Some(reason) = answer["broken"].as_str() {
        panic!("consoleme.py could not do its job: {reason}");
    }
    answer["answer"].take()
}

fn read_outcome(outcome: &Json) -> Result<Value, Raised> {
    match outcome.get("error") {
        Some(error) => Err(Raised::read(error)),
        None => Ok(Value::read(&outcome["value"])),
    }
}
