//! The process edge: parse the arguments, call one command, turn its outcome into an exit status.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use consoleme_cfg::cli::{self, Cli};

fn main() -> ExitCode {
    match cli::run(Cli::parse()) {
        Ok(status) => ExitCode::from(status as u8),
        Err(error) => {
            // Where even this cannot be written there is nobody to tell.
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::from(cli::Status::Unexamined as u8)
        }
    }
}
