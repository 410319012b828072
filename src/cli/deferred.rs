//! Arguments that clap is told of when their subcommand is called: a run pays for its own alone.

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

/// The arguments of a subcommand. What the list of subcommands says of it stands beside its name,
/// as nothing of this is known there.
#[derive(Debug)]
pub(super) struct Deferred<A>(pub(super) Box<A>);

impl<A: Args> Args for Deferred<A> {
    fn augment_args(command: Command) -> Command {
        command.defer(|command| {
            // Groups of arguments have descriptions too, which clap would take for the subcommand's.
            let about = command.get_about().cloned().unwrap_or_default();
            A::augment_args(command).about(about)
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(A::augment_args_for_update)
    }
}

impl<A: FromArgMatches> FromArgMatches for Deferred<A> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Self(Box::new(A::from_arg_matches(matches)?)))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}
