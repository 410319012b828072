//! How many instructions a validation takes, counted by callgrind, so that a slow-down is noticed
//! on any machine: `cargo bench --bench instructions`. It fails where a bound is broken.

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

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use libyaml_safer::{EventData, Parser};

/// What one validation took when it was measured last, in instructions. `docs/performance.md` says
/// where they go.
const ONE_FILE: u64 = 2_320_000;

/// How much more than that is a slow-down, in percent.
const SLACK: u64 = 10;

/// How many times the instructions of libyaml-safer's own parse of the same bytes a further file
/// may take.
const PARSES: f64 = 1.5;

/// A configuration of a real size, without findings.
const CONFIGURATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/cognito.yaml");

/// How many files tell what a further one costs.
const MANY: u64 = 100;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    if let [_, parse, files @ ..] = arguments.as_slice()
        && parse == "parse"
    {
        files.iter().for_each(|file| parse_file(Path::new(file)));
        return ExitCode::SUCCESS;
    }
    let files = files();
    let ours = env!("CARGO_BIN_EXE_consoleme-cfg");
    let validate = |files: &[PathBuf]| instructions(ours, &["validate", "--jobs", "1"], files);
    let bench = env::current_exe().expect("this program has a file");
    let bench = bench.to_str().expect("its name is text");
    let parse = |files: &[PathBuf]| instructions(bench, &["parse"], files);

    let one = validate(&files[..1]);
    let further = (validate(&files) - one) / MANY;
    let floor = (parse(&files) - parse(&files[..1])) / MANY;
    let parses = further as f64 / floor as f64;
    let bound = ONE_FILE + ONE_FILE * SLACK / 100;
    println!("| what | instructions | bound |");
    println!("|---|---|---|");
    println!("| validate one file | {one} | {bound} |");
    println!("| a further file | {further}, {parses:.2} × the parse | {PARSES:.2} × the parse |");
    println!("| libyaml-safer's parse of it | {floor} | |");
    if one > bound || parses > PARSES {
        eprintln!("error: slower than `benches/instructions.rs` allows");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Different files, all of the same length.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("instructions");
    fs::create_dir_all(&folder).expect("a folder can be made under target");
    let text = fs::read_to_string(CONFIGURATION).expect("the configuration is there");
    let file = |number| {
        let path = folder.join(format!("{number:03}.yaml"));
        let text = format!("# Configuration number {number:03}.\n{text}");
        fs::write(&path, text).expect("a file can be written under target");
        path
    };
    (0..=MANY).map(file).collect()
}

/// All events of a file, as libyaml-safer finds them.
fn parse_file(path: &Path) {
    let bytes = fs::read(path).expect("the file is there");
    let mut input = bytes.as_slice();
    let mut parser = Parser::new();
    parser.set_input_string(&mut input);
    loop {
        let event = parser.parse().expect("the file is YAML");
        if let EventData::StreamEnd = event.data {
            break;
        }
    }
}

/// How many instructions a program takes, by callgrind's count.
fn instructions(program: &str, arguments: &[&str], files: &[PathBuf]) -> u64 {
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            program,
        ])
        .args(arguments)
        .args(files)
        .output()
        .expect("valgrind is missing; install it, for instance with `apt-get install valgrind`");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} failed: {said}");
    let collected = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, count) = collected.expect("callgrind says how many it counted");
    count.trim().parse().expect("a number")
}
