//! `man`: the manual, one page a subcommand.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::builder::StyledStr;
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::{Cli, Status, Streams};

const EXAMPLES: &str = "\
Examples:
  consoleme-cfg man | man -l -            read the main page
  consoleme-cfg man validate | man -l -   read the one about a subcommand
  # install them all
  consoleme-cfg man --directory ~/.local/share/man/man1";

#[derive(Debug, Args)]
#[command(help_template = super::HELP, before_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The subcommand that the page is about. Without it: the main page.
    #[arg(value_name = "COMMAND")]
    command: Option<String>,

    /// Write all pages into this folder, which is made if it is not there.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    directory: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
    let mut main = Cli::command().disable_help_subcommand(true);
    main.build();
    if let Some(directory) = &arguments.directory {
        let failed = || format!("{} cannot be written", directory.display());
        fs::create_dir_all(directory).with_context(failed)?;
        for command in main.get_subcommands().chain([&main]) {
            let mut text = Vec::new();
            let man = page(command, &mut text)?;
            fs::write(directory.join(man.get_filename()), text).with_context(failed)?;
        }
        return Ok(Status::Clean);
    }
    let Some(name) = &arguments.command else {
        page(&main, &mut streams.out)?;
        return Ok(Status::Clean);
    };
    let Some(command) = main.find_subcommand(name) else {
        let names: Vec<&str> = main.get_subcommands().map(Command::get_name).collect();
        writeln!(
            streams.err,
            "error: there is no subcommand `{name}`; the pages are about {}",
            names.join(", ")
        )?;
        return Ok(Status::Usage);
    };
    page(command, &mut streams.out)?;
    Ok(Status::Clean)
}

/// Writes a page: as clap_mangen has it, with the examples of `--help` before the options.
fn page(command: &Command, out: &mut dyn Write) -> io::Result<Man> {
    let man = Man::new(command.clone());
    // Without a date clap_mangen's own line gives the version for one; with one, a build today
    // would differ from a build tomorrow.
    let (name, version) = (command.get_display_name(), env!("CARGO_PKG_VERSION"));
    let name = name.unwrap_or(command.get_name()).to_uppercase();
    writeln!(out, ".TH {name} 1 \"\" \"consoleme-cfg {version}\"")?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    section(command.get_before_help(), out)?;
    man.render_options_section(out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(out)?;
    }
    section(command.get_after_help(), out)?;
    Ok(man)
}

/// A block of `--help` with its lines as they are, below its own heading.
fn section(block: Option<&StyledStr>, out: &mut dyn Write) -> io::Result<()> {
    let Some(block) = block.map(ToString::to_string) else {
        return Ok(());
    };
    let Some((heading, lines)) = block.split_once(":\n") else {
        return Ok(());
    };
    let mut roff = Roff::new();
    roff.control("SH", [heading.to_uppercase().as_str()]);
    roff.control("nf", []);
    for line in lines.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff.to_writer(out)
}
