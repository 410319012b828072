//! The completions in the shells themselves: Tab is pressed, and the completed command runs.
//! On Debian: apt-get install bash zsh fish.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::session::{Setup, Terminal};

const PROGRAM: &str = env!("CARGO_BIN_EXE_consoleme-cfg");

/// The program's folder comes first in the path, as where it is installed.
fn path() -> String {
    let folder = Path::new(PROGRAM).parent().unwrap().display();
    format!("{folder}:{}", std::env::var("PATH").unwrap())
}

fn shell(words: &[&str], prepare: &str) -> Terminal {
    let mut terminal = Setup::default().run_command(words);
    let path = path();
    terminal.press(&format!(
        "export PATH='{path}'; {prepare}; echo pre''pared\r"
    ));
    terminal.see("prepared");
    terminal
}

fn completes(mut terminal: Terminal) {
    // A subcommand, the value of a flag, and a flag: uncompleted, each would be a wrong call.
    terminal.press("consoleme-cfg vali\t--format sar\t --hel\t\r");
    terminal.see("Examples:");
    terminal.press("exit $?\r");
    assert_eq!(terminal.status(), 0);
}

#[test]
fn bash_completes() {
    let prepare = "source <(consoleme-cfg completions bash)";
    completes(shell(&["bash", "--norc", "--noprofile", "-i"], prepare));
}

#[test]
fn zsh_completes() {
    let prepare = "autoload -U compinit; compinit -u -D; source <(consoleme-cfg completions zsh)";
    completes(shell(&["zsh", "-f", "-i"], prepare));
}

#[test]
fn fish_completes() {
    let home = TempDir::new().unwrap();
    let completed = |line: &str| {
        let script = format!("consoleme-cfg completions fish | source; complete -C '{line}'");
        let output = Command::new("fish")
            .args(["--no-config", "-c", &script])
            .env("PATH", path())
            .env("HOME", home.path())
            .output()
            .expect("fish is installed (on Debian: apt-get install fish)");
        let words = String::from_utf8(output.stdout).unwrap();
        let words = words.lines().map(|line| line.split('\t').next().unwrap());
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(completed("consoleme-cfg vali"), ["validate"]);
    assert_eq!(completed("consoleme-cfg validate --format sar"), ["sarif"]);
    assert_eq!(completed("consoleme-cfg validate --hel"), ["--help"]);
}
