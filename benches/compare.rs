//! How long `validate` takes beside other programs that check YAML files: `cargo bench --bench
//! compare`. The others are installed from PyPI and npm into `target/`; they check less: the schema,
//! the form, or only whether it is YAML. Needs python3 and npm.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a bench that panics fails, as it should"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

const PYTHON_PACKAGES: [&str; 3] = [
    "check-jsonschema==0.39.0",
    "pyyaml==6.0.3",
    "yamllint==1.38.0",
];
const NODE_PACKAGE: &str = "@sourcemeta/jsonschema@16.11.0";

/// What PyYAML does on its own.
const LOAD: &str = "import sys, yaml\nfor path in sys.argv[1:]:\n    yaml.safe_load(open(path))";

/// How often each program is run: fast ones often, so that a busy machine does not decide.
const OFTEN: usize = 40;
const SELDOM: usize = 5;

/// A program with its arguments before the files.
struct Peer {
    name: &'static str,
    command: Vec<String>,
    runs: usize,
}

impl Peer {
    fn new(name: &'static str, runs: usize, command: &[&str]) -> Self {
        Self {
            name,
            command: command.iter().map(|&part| part.to_owned()).collect(),
            runs,
        }
    }

    fn run(&self, files: &[PathBuf]) -> Duration {
        let start = Instant::now();
        let status = Command::new(&self.command[0])
            .args(&self.command[1..])
            .args(files)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("the program starts");
        let took = start.elapsed();
        assert!(status.success(), "{} does not take the files", self.name);
        took
    }
}

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compare");
    fs::create_dir_all(&folder).expect("a folder can be made under target");
    let files = files(&folder);
    let ours = Peer::new(
        "consoleme-cfg",
        OFTEN,
        &[env!("CARGO_BIN_EXE_consoleme-cfg"), "validate", "--quiet"],
    );
    // Before the others run, so that the largest child is ours.
    ours.run(&files);
    let memory = getrusage(UsageWho::RUSAGE_CHILDREN)
        .expect("the system counts")
        .max_rss();
    let mut peers = vec![Peer::new("/bin/true", OFTEN, &["/bin/true"]), ours];
    peers.extend(install(&folder));
    table("One file", &peers, &files[..1]);
    table("1,000 files", &peers, &files[..1000]);
    let ours = &peers[1];
    let (mut one, mut four) = (Vec::new(), Vec::new());
    for _ in 0..OFTEN {
        one.push(ours.run(&files[..1000]));
        four.push(ours.run(&files));
    }
    let times = seconds(median(four)) / seconds(median(one));
    println!("4,000 files take {times:.2} times as long as 1,000, and {memory} KiB at most.");
}

/// 4,000 files of a real size, without findings, each with a comment of its own.
fn files(folder: &Path) -> Vec<PathBuf> {
    let text = include_str!("cognito.yaml");
    let file = |number| {
        let path = folder.join(format!("{number:04}.yaml"));
        let text = format!("# Configuration number {number:04}.\n{text}");
        fs::write(&path, text).expect("a file can be written under target");
        path
    };
    (0..4000).map(file).collect()
}

fn install(folder: &Path) -> Vec<Peer> {
    let venv = folder.join("venv");
    if !venv.join("bin/yamllint").exists() {
        run("python3", &["-m", "venv", text(&venv)]);
        let pip = venv.join("bin/pip");
        let options = ["install", "--quiet", "--disable-pip-version-check"];
        run(text(&pip), &[&options[..], &PYTHON_PACKAGES].concat());
    }
    let node = folder.join("npm");
    let wrapper = node.join("node_modules/.bin/jsonschema");
    if !wrapper.exists() {
        run(
            "npm",
            &["install", "--silent", "--prefix", text(&node), NODE_PACKAGE],
        );
    }
    // What the wrapper starts.
    let native = format!(
        "node_modules/@sourcemeta/jsonschema/build/github-releases/jsonschema-linux-{}",
        std::env::consts::ARCH.replace("aarch64", "arm64")
    );
    let native = node.join(native);
    let schema = folder.join("consoleme.schema.json");
    fs::write(&schema, consoleme_cfg::consoleme::SCHEMA).expect("the schema can be written");
    let schema = text(&schema);
    let python = |program: &str| text(&venv.join("bin").join(program)).to_owned();
    vec![
        Peer::new(
            "sourcemeta, native",
            OFTEN,
            &[text(&native), "validate", schema],
        ),
        Peer::new(
            "sourcemeta, npm",
            SELDOM,
            &[text(&wrapper), "validate", schema],
        ),
        Peer::new("PyYAML", SELDOM, &[&python("python"), "-c", LOAD]),
        Peer::new(
            "yamllint",
            SELDOM,
            &[&python("yamllint"), "--config-data", "relaxed"],
        ),
        Peer::new(
            "check-jsonschema",
            SELDOM,
            &[&python("check-jsonschema"), "--schemafile", schema],
        ),
    ]
}

fn run(program: &str, arguments: &[&str]) {
    let status = Command::new(program).args(arguments).status();
    let status = status.unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
    assert!(status.success(), "{program} {} failed", arguments.join(" "));
}

/// Runs all of them in turns, and prints the medians.
fn table(title: &str, peers: &[Peer], files: &[PathBuf]) {
    let mut times: Vec<Vec<Duration>> = peers.iter().map(|_| Vec::new()).collect();
    for turn in 0..OFTEN {
        for (peer, times) in peers.iter().zip(&mut times) {
            if turn < peer.runs {
                times.push(peer.run(files));
            }
        }
    }
    let medians: Vec<f64> = times
        .into_iter()
        .map(|times| seconds(median(times)))
        .collect();
    println!("\n| {title} | ms | × /bin/true | × consoleme-cfg |");
    println!("|---|---|---|---|");
    for (peer, median) in peers.iter().zip(&medians) {
        let (least, ours) = (median / medians[0], median / medians[1]);
        println!(
            "| {} | {:.1} | {least:.2} | {ours:.2} |",
            peer.name,
            median * 1e3
        );
    }
    println!();
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}
