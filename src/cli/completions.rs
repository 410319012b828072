//! `completions`: what a shell needs to complete the command line.

use std::io::Write;

use anyhow::Context as _;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Status, Streams};

const EXAMPLES: &str = "\
Examples:
  # in ~/.bashrc
  source <(consoleme-cfg completions bash)
  # in ~/.zshrc, after compinit
  source <(consoleme-cfg completions zsh)
  # in ~/.config/fish/config.fish
  consoleme-cfg completions fish | source
  # in $PROFILE
  consoleme-cfg completions powershell | Out-String | Invoke-Expression
  # in ~/.config/elvish/rc.elv
  eval (consoleme-cfg completions elvish | slurp)";

#[derive(Debug, Args)]
#[command(help_template = super::HELP, before_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    let mut script = String::from_utf8(script).context("the script is not UTF-8")?;
    if arguments.shell == Shell::Bash {
        // clap_complete 4.6.11 takes the hyphen in the program's name for one before a subcommand,
        // in one of two places that have to agree: nothing after a subcommand was completed.
        script = script.replace("consoleme__subcmd__cfg", "consoleme__cfg");
    }
    streams.out.write_all(script.as_bytes())?;
    Ok(Status::Clean)
}
