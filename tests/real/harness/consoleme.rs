//! ConsoleMe itself, behind `server/serve.py`.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::environment;
use super::request::{FileTree, LoadRequest, LoginRequest};
use super::value::Value;

/// Documents in one request: enough to make a request's cost vanish, few enough to share out.
const BATCH: usize = 400;

/// An exception, as ConsoleMe or PyYAML raised it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Raised {
    /// The class, without its module: `ScannerError`.
    pub class: String,
    /// What `str()` gives.
    pub message: String,
    /// ConsoleMe's innermost line in the traceback: `consoleme/config/config.py:34`.
    pub place: Option<String>,
}

/// What became of a start.
#[derive(Debug)]
pub struct Load {
    /// The configuration, or the exception that ended the start.
    pub loaded: Result<Loaded, Raised>,
    /// What ConsoleMe logged.
    pub log: Vec<LogRecord>,
}

/// A configuration that ConsoleMe has started with.
#[derive(Debug)]
pub struct Loaded {
    /// All of it, `extends` merged.
    pub whole: Value,
    /// What `config.get` gives, or raises, for each wanted key.
    pub values: BTreeMap<String, Result<Value, Raised>>,
}

/// What became of a login.
#[derive(Debug)]
pub struct Login {
    /// The session, or where it failed.
    pub outcome: Result<Session, LoginFailure>,
    /// The requests that the browser made, in order.
    pub hops: Vec<Hop>,
    /// What ConsoleMe logged.
    pub log: Vec<LogRecord>,
}

/// A session whose cookie ConsoleMe's `validate_and_return_jwt_token` accepts.
#[derive(Debug, Deserialize)]
pub struct Session {
    /// Who is logged in.
    pub user: Json,
    /// The groups that ConsoleMe reads in the cookie.
    pub groups: Json,
    /// All claims of the cookie, its signature verified.
    pub claims: Json,
    /// The cookie itself.
    pub cookie: Cookie,
}

/// A cookie that ConsoleMe set.
#[derive(Debug, Deserialize)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its attributes, by name in lower case: `samesite`, `secure`, …
    pub attributes: BTreeMap<String, String>,
}

/// A login that failed.
#[derive(Debug, Deserialize)]
pub struct LoginFailure {
    /// Where.
    pub stage: Stage,
    /// The last answer's status; none where no answer came.
    pub status: Option<u16>,
    /// The cause, as ConsoleMe logged it.
    pub exception: Option<Raised>,
}

/// Where a login fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// ConsoleMe does not start.
    Start,
    /// ConsoleMe does not lead to the provider.
    Authorize,
    /// The provider shows an error, or refuses the user.
    Provider,
    /// ConsoleMe refuses what the provider sends back.
    Callback,
    /// ConsoleMe does not accept its own session.
    Session,
    /// There is no cookie, or ConsoleMe can't read it.
    Cookie,
    /// The browser is sent round and round.
    Loop,
}

/// A request that the browser made.
#[derive(Debug, Deserialize)]
pub struct Hop {
    /// The address, query included.
    pub url: String,
    /// The answer's status; none where no answer came.
    pub status: Option<u16>,
    /// Where the answer leads.
    pub location: Option<String>,
    /// The words of an error.
    pub said: Option<String>,
}

/// A line of ConsoleMe's log.
#[derive(Debug, Deserialize)]
pub struct LogRecord {
    /// `ERROR`, `DEBUG`, …
    pub level: String,
    /// What was logged, as text.
    pub message: String,
    /// The exception that was logged with it.
    pub exception: Option<Raised>,
}

type Askers = HashMap<u64, Sender<Json>>;

/// ConsoleMe, running: one process a test process, shared by its threads. It ends with the process.
pub struct ConsoleMe {
    requests: Mutex<ChildStdin>,
    /// Who waits for which answer; none when the server has ended.
    askers: Arc<Mutex<Option<Askers>>>,
    next: AtomicU64,
}

/// The process's ConsoleMe, started on first use.
///
/// # Panics
/// With one sentence, where Python or the network for the first installation is missing.
pub fn consoleme() -> &'static ConsoleMe {
    static CONSOLEME: OnceLock<ConsoleMe> = OnceLock::new();
    CONSOLEME.get_or_init(|| ConsoleMe::start(environment::python()))
}

impl ConsoleMe {
    fn start(python: &Path) -> ConsoleMe {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/server/serve.py");
        let mut process = Command::new(python)
            .args(["-W", "ignore"])
            .arg(program)
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "TMPDIR"))
            .env("LC_ALL", "C.UTF-8")
            .env("PYTHONPYCACHEPREFIX", python.with_file_name("../compiled"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let requests = Mutex::new(process.stdin.take().expect("a pipe"));
        let lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let askers = Arc::new(Mutex::new(Some(Askers::new())));
        let waiting = Arc::clone(&askers);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let answer: Json = serde_json::from_str(&line).expect("an answer in JSON");
                let id = answer["id"].as_u64().expect("an answer's number");
                let mut waiting = waiting.lock().expect("no poison");
                if let Some(asker) = waiting.as_mut().and_then(|askers| askers.remove(&id)) {
                    let _ = asker.send(answer); // a test that failed waits no more
                }
            }
            *waiting.lock().expect("no poison") = None; // whoever still waits learns of the end
            let _ = process.wait();
        });
        ConsoleMe {
            requests,
            askers,
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

    /// Starts ConsoleMe with a configuration and looks keys up.
    pub fn load(&self, request: &LoadRequest) -> Load {
        let answer = answered(&self.ask(request.as_json("load"), 180));
        let loaded = match answer.get("error") {
            Some(error) => Err(read(error)),
            None => Ok(Loaded {
                whole: Value::read(&answer["whole"]),
                values: answer["values"]
                    .as_object()
                    .expect("values by key")
                    .iter()
                    .map(|(key, outcome)| (key.clone(), read_outcome(outcome)))
                    .collect(),
            }),
        };
        Load {
            loaded,
            log: read(&answer["log"]),
        }
    }

    /// Starts ConsoleMe with a configuration and logs a person in, as a browser would.
    pub fn login(&self, request: &LoginRequest) -> Login {
        let mut json = request.start.as_json("login");
        json["address"] = json!(request.address);
        json["user"] = json!(request.user);
        json["password"] = json!(request.password);
        json["load_balancer"] = json!(request.load_balancer);
        let answer = answered(&self.ask(json, 180));
        let outcome = match answer.get("failure") {
            Some(failure) => Err(read(failure)),
            None => Ok(read(&answer["session"])),
        };
        Login {
            outcome,
            hops: read(&answer["hops"]),
            log: read(&answer["log"]),
        }
    }

    /// What ConsoleMe's `load_config` makes of many sets of files, `extends` merged.
    pub fn trees(&self, trees: &[FileTree]) -> Vec<Result<Value, Raised>> {
        self.in_batches(trees, |trees| json!({"job": "trees", "trees": trees}))
    }

    /// What `json.dumps(yaml.safe_load(text), default=str)` gives for each text.
    pub fn json(&self, texts: &[&str]) -> Vec<Result<String, Raised>> {
        let outcomes = self.in_batches(texts, |texts| json!({"job": "dumps", "texts": texts}));
        let text = |value: Value| value.as_str().expect("a text").to_owned();
        outcomes
            .into_iter()
            .map(|outcome| outcome.map(text))
            .collect()
    }

    fn in_batches<T>(
        &self,
        all: &[T],
        request: impl Fn(&[T]) -> Json,
    ) -> Vec<Result<Value, Raised>> {
        let asked: Vec<_> = all
            .chunks(BATCH)
            .map(|some| self.ask(request(some), 600))
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
        let mut askers = self.askers.lock().expect("no poison");
        askers.as_mut().expect("the server runs").insert(id, sender);
        drop(askers);
        let line = format!("{request}\n");
        let mut requests = self.requests.lock().expect("no poison");
        requests
            .write_all(line.as_bytes())
            .expect("the server reads its requests");
        receiver
    }
}

/// Waits for an answer.
fn answered(receiver: &Receiver<Json>) -> Json {
    let mut answer = receiver
        .recv_timeout(Duration::from_secs(1800))
        .expect("the server answers; if it ended, it said why on standard error");
    if let Some(reason) = answer["broken"].as_str() {
        panic!("the server has no answer: {reason}");
    }
    answer["answer"].take()
}

fn read<T: DeserializeOwned>(json: &Json) -> T {
    T::deserialize(json).expect("an answer of the agreed shape")
}

fn read_outcome(outcome: &Json) -> Result<Value, Raised> {
    match outcome.get("error") {
        Some(error) => Err(read(error)),
        None => Ok(Value::read(&outcome["value"])),
    }
}

#[test]
fn work_that_does_not_end_is_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("nobody-writes-here");
    let made = Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .expect("mkfifo starts");
    assert!(made.success());
    let request = LoadRequest::file(&pipe).as_json("load");
    let answer = consoleme().ask(request, 1).recv().expect("an answer");
    let broken = answer["broken"].as_str().expect("no answer of ConsoleMe's");
    assert!(broken.starts_with("no answer within 1 s"), "{broken}");
}
