//! Makes, once, what the real components need: two Python environments and an npm folder, all
//! under `target/real/` and named after the list of packages that they hold.
//!
//! A folder is made under another name and renamed into place when it is whole, so a killed run
//! leaves nothing that the next one could mistake for an environment. A lock keeps a second
//! process from making the same folder at the same time.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use rustix::fs::{FlockOperation, flock};

const REQUIREMENTS: &str = include_str!("../requirements.txt");
const TOOLS: &str = include_str!("../tools.txt");
const PACKAGE: &str = include_str!("../package.json");
const PACKAGE_LOCK: &str = include_str!("../package-lock.json");

const NEED_PYTHON: &str = "the tests against the real ConsoleMe need python3 (3.10 to 3.13) with its venv module: install it \
     (on Debian: apt-get install python3 python3-venv)";
const NEED_NODE: &str = "the tests against the real components need node (20 or newer) with npm: install them \
     (on Debian: apt-get install nodejs npm)";

/// The interpreter of the Python environment that holds ConsoleMe.
///
/// # Panics
/// With a sentence that says what is missing, where the environment can't be made.
pub fn python() -> &'static Path {
    static PYTHON: LazyLock<Result<PathBuf, String>> =
        LazyLock::new(|| Ok(virtualenv("python", REQUIREMENTS)?.join("bin/python")));
    PYTHON
        .as_deref()
        .unwrap_or_else(|sentence| panic!("{sentence}"))
}

/// One of the programs in `tests/real/tools.txt`.
///
/// # Panics
/// With a sentence that says what is missing, where they can't be installed.
pub fn tool(name: &str) -> Command {
    static FOLDER: LazyLock<Result<PathBuf, String>> =
        LazyLock::new(|| Ok(virtualenv("tools", TOOLS)?.join("bin")));
    let folder = match &*FOLDER {
        Ok(folder) => folder,
        Err(sentence) => panic!("{sentence}"),
    };
    let program = folder.join(name);
    let is_script = fs::read(&program).is_ok_and(|bytes| bytes.starts_with(b"#!"));
    if !is_script {
        return Command::new(program);
    }
    // It names the interpreter by the path that it had before the environment was whole.
    let mut python = Command::new(folder.join("python"));
    python.arg(program);
    python
}

/// A Python environment with these packages.
fn virtualenv(name: &str, requirements: &str) -> Result<PathBuf, String> {
    let version = output(Command::new("python3").arg("--version"), NEED_PYTHON)?;
    if !is_at_least(&version, "Python 3.", 10) {
        return Err(format!("{NEED_PYTHON}; what is there is {version}"));
    }
    made(name, &[requirements, &version], |folder| {
        output(
            Command::new("python3").args(["-m", "venv"]).arg(folder),
            NEED_PYTHON,
        )?;
        let list = folder.join("requirements.txt");
        fs::write(&list, requirements).map_err(|error| error.to_string())?;
        output(
            // what the tests import is compiled when they import it: half of the time and size
            Command::new(folder.join("bin/python"))
                .args(["-m", "pip", "install", "--no-deps", "--no-compile"])
                .args(["--disable-pip-version-check", "--no-input", "--quiet"])
                .arg("--requirement")
                .arg(&list),
            "pip could not install what a list in tests/real names; it needs the network once",
        )?;
        Ok(())
    })
}

/// The folder whose `node_modules` holds the OpenID provider and the language server.
///
/// # Panics
/// With a sentence that says what is missing, where the folder can't be made.
pub fn node_folder() -> &'static Path {
    static FOLDER: LazyLock<Result<PathBuf, String>> = LazyLock::new(|| {
        let version = output(Command::new("node").arg("--version"), NEED_NODE)?;
        if !is_at_least(&version, "v", 20) {
            return Err(format!("{NEED_NODE}; what is there is node {version}"));
        }
        made("node", &[PACKAGE, PACKAGE_LOCK], |folder| {
            fs::create_dir(folder)
                .and_then(|()| fs::write(folder.join("package.json"), PACKAGE))
                .and_then(|()| fs::write(folder.join("package-lock.json"), PACKAGE_LOCK))
                .map_err(|error| error.to_string())?;
            output(Command::new("npm").arg("--version"), NEED_NODE)?;
            output(
                Command::new("npm")
                    .args([
                        "ci",
                        "--ignore-scripts",
                        // What only brings a schema needs no test runner beside it.
                        "--legacy-peer-deps",
                        "--no-audit",
                        "--no-fund",
                        "--logs-max=0",
                    ])
                    .current_dir(folder),
                "npm could not install tests/real/package-lock.json; it needs the network once",
            )?;
            Ok(())
        })
    });
    FOLDER
        .as_deref()
        .unwrap_or_else(|sentence| panic!("{sentence}"))
}

/// The folder `target/real/<name>-<hash>`, made by `make` where it isn't there yet.
fn made(
    name: &str,
    contents: &[&str],
    make: impl FnOnce(&Path) -> Result<(), String>,
) -> Result<PathBuf, String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("target/tmp has a parent");
    let root = target.join("real");
    let mut hasher = DefaultHasher::new();
    contents.hash(&mut hasher);
    let whole = root.join(format!("{name}-{:016x}", hasher.finish()));
    if whole.exists() {
        return Ok(whole);
    }
    let failed = |error: std::io::Error| format!("{} can't be made: {error}", whole.display());
    fs::create_dir_all(&root).map_err(failed)?;
    let lock = File::create(root.join(format!("{name}.lock"))).map_err(failed)?;
    flock(&lock, FlockOperation::LockExclusive).map_err(|error| failed(error.into()))?;
    if whole.exists() {
        return Ok(whole); // another process made it while this one waited
    }
    let partial = root.join(format!("{name}.partial-{}", std::process::id()));
    for entry in fs::read_dir(&root).map_err(failed)?.flatten() {
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with(&format!("{name}.partial-"))
        {
            // what a killed run left; its installer may still be writing there, hence no error
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    make(&partial)?;
    fs::rename(&partial, &whole).map_err(failed)?;
    Ok(whole)
}

/// Runs a command to its end and gives what it wrote, or a sentence: `need`, and why it failed.
fn output(command: &mut Command, need: &str) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{need}; {program} can't be started: {error}"))?;
    let written = String::from_utf8_lossy(&done.stdout).trim().to_owned();
    if done.status.success() {
        return Ok(written);
    }
    let complaint = String::from_utf8_lossy(&done.stderr).into_owned() + &written;
    let said = |line: &&str| line.to_lowercase().contains("error");
    let reasons: Vec<&str> = complaint.lines().filter(said).take(3).collect();
    Err(format!(
        "{need}; {program} ended with {}: {}",
        done.status,
        reasons.join("; ")
    ))
}

/// Whether the number after the prefix, the `11` of `Python 3.11.7`, is no less than this one.
fn is_at_least(version: &str, prefix: &str, least: u32) -> bool {
    let number = version
        .strip_prefix(prefix)
        .and_then(|rest| rest.split('.').next()?.parse().ok());
    number.is_some_and(|number: u32| number >= least)
}
