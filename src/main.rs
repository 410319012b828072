//! The process edge: parse the arguments, call one command, turn its outcome into an exit status.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use consoleme_cfg::cli::{self, Cli};
use consoleme_cfg::secret;

fn main() -> ExitCode {
    // A system that refuses this leaves dumps as they are for every program.
    let _ = secret::forbid_dumps();
    match cli::guarded(|| cli::run(Cli::parse())) {
        Ok(status) => ExitCode::from(status as u8),
        Err(error) => {
            // Where even this cannot be written there is nobody to tell.
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::from(cli::Status::Unexamined as u8)
        }
    }
}
