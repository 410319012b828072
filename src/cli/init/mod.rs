//! `init`: from answers to a configuration that works.

mod arguments;
mod given;
mod target;

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::Context as _;

pub(super) use arguments::Arguments;
use given::{SECRET_VARIABLE, gather};
use target::{Files, Target};

use super::interrupt::Interrupts;
use super::live::Live;
use super::validate;
use super::{Status, Streams};
use crate::atomic_file::WriteError;
use crate::consoleme::{self, SessionSecret};
use crate::examine::examine;
use crate::finding::{Findings, Severity};
use crate::report::Outcome;
use crate::scaffold::{self, Answers, AskError, Refused, Rendered, SecretsPlace};

pub(super) fn run(arguments: Arguments, streams: &mut Streams) -> anyhow::Result<Status> {
    let target = Target::of(&arguments);
    if let Err(refusal) = target.check(&arguments) {
        return refuse(streams, &refusal);
    }
    let interrupts = Interrupts::listen().context("cannot listen for signals")?;
    let may_ask = !arguments.no_input;
    let (path, force, dry_run) = (arguments.path.clone(), arguments.force, arguments.dry_run);
    let with_schema = arguments.with_schema;
    let online = arguments.online;
    let mut given = match gather(arguments) {
        Ok(given) => given,
        Err(error) => return refuse(streams, &format!("{error:#}")),
    };
    if !dry_run && let Err(error) = target.check_secrets(&given, force) {
        return refuse(streams, &error.to_string());
    }
    let mut checked = given.check();
    if let Err(refused) = &checked
        && refused.wrong.is_empty()
        && may_ask
    {
        if !has_terminal() {
            writeln!(streams.err, "error: there is no terminal to ask on")?;
            return show_refused(streams, refused);
        }
        match scaffold::ask(&mut given, &mut streams.err) {
            Ok(()) => checked = given.check(),
            Err(AskError::Interrupted) => {
                interrupts.give_back();
                return Ok(Status::Interrupted);
            }
            Err(error) => return refuse(streams, &error.to_string()),
        }
    }
    let answers = match checked {
        Ok(answers) => answers,
        Err(refused) => return show_refused(streams, &refused),
    };
    if matches!(target, Target::Stdout) && answers.secrets != SecretsPlace::Inline && !dry_run {
        return refuse(
            streams,
            "the secrets go into a file of their own, so the configuration cannot go to standard output; name a file, or leave `--secrets` out",
        );
    }
    let session_secret = SessionSecret::new().context("cannot make a session secret")?;
    if let Some(status) = foresee(&answers, &session_secret, &path, streams)? {
        return Ok(status);
    }
    let secrets_name = target.secrets_name();
    let render = |session_secret| {
        let place = &answers.secrets;
        scaffold::render(&answers, place, &secrets_name, session_secret, with_schema)
    };
    if dry_run {
        let Rendered {
            configuration,
            secrets,
        } = render(None)?;
        streams.out.write_all(configuration.reveal().as_bytes())?;
        if let Some(secrets) = secrets {
            writeln!(streams.out, "\n--- {secrets_name} ---\n")?;
            streams.out.write_all(secrets.reveal().as_bytes())?;
        }
        return Ok(Status::Clean);
    }
    let rendered = render(Some(&session_secret))?;
    match &target {
        Target::Stdout => {
            streams
                .out
                .write_all(rendered.configuration.reveal().as_bytes())?;
            streams.out.flush()?;
            if !streams.quiet {
                let steps = scaffold::next_steps(&answers, Path::new("consoleme.yaml"), None);
                write!(streams.err, "{steps}")?;
            }
            Ok(Status::Clean)
        }
        Target::Files(files) => {
            match files.write(&rendered, force) {
                Ok(notes) => streams.note(&notes)?,
                Err(error) => return refuse_to_write(streams, &error),
            }
            let has_secrets = rendered.secrets.is_some();
            let status = finish(&answers, files, has_secrets, streams)?;
            // What is to stand in AWS Secrets Manager is not there yet, and would not be looked at.
            let apart = matches!(answers.secrets, SecretsPlace::Manager(_));
            let offered = may_ask && has_terminal() && !streams.quiet && !apart;
            if status != Status::Clean || !(online || offered) {
                return Ok(status);
            }
            if !online {
                streams.out.flush()?;
                match scaffold::offer_live_check(&mut streams.err) {
                    Ok(true) => {}
                    Ok(false) => return Ok(status),
                    Err(AskError::Interrupted) => {
                        interrupts.give_back();
                        return Ok(Status::Interrupted);
                    }
                    Err(error) => return refuse(streams, &error.to_string()),
                }
            }
            ask_provider(&files.configuration, streams)
        }
    }
}

/// Holds the configuration, with its secrets inline, against everything that `validate` knows,
/// before anything is written. Some status means that there is an error in it.
fn foresee(
    answers: &Answers,
    session_secret: &SessionSecret,
    path: &Path,
    streams: &mut Streams,
) -> anyhow::Result<Option<Status>> {
    let Rendered { configuration, .. } = scaffold::render(
        answers,
        &SecretsPlace::Inline,
        "",
        Some(session_secret),
        false,
    )?;
    let load = consoleme::load_text(
        path.to_owned(),
        configuration.reveal().as_bytes(),
        Path::new(""),
    );
    let examined = examine(load, None)?;
    if examined.findings.worst() < Some(Severity::Error) {
        return Ok(None);
    }
    writeln!(
        streams.err,
        "error: with these answers nobody could log in; nothing was written"
    )?;
    validate::show(&Outcome::of(examined), Severity::Error, streams)?;
    Ok(Some(Status::Usage))
}

/// Checks what was written, and says what is left to do.
fn finish(
    answers: &Answers,
    files: &Files,
    has_secrets: bool,
    streams: &mut Streams,
) -> anyhow::Result<Status> {
    let configuration = files.configuration.as_path();
    let secrets = has_secrets.then_some(files.secrets.as_path());
    let examined = examine(consoleme::load(configuration), None)?;
    let worst = examined.findings.worst();
    if !streams.quiet {
        let schema = files.schema.as_deref();
        for path in [Some(configuration), secrets, schema].into_iter().flatten() {
            let path = path.display();
            writeln!(streams.out, "wrote {path}, which only its owner may read")?;
        }
    }
    validate::show(&Outcome::of(examined), Severity::Info, streams)?;
    if !streams.quiet {
        writeln!(streams.out)?;
        write!(
            streams.out,
            "{}",
            scaffold::next_steps(answers, configuration, secrets)
        )?;
    }
    Ok(match worst {
        Some(Severity::Error) => Status::Findings,
        _ => Status::Clean,
    })
}

/// Asks Cognito whether people can log in with what was written, and shows what it makes of it.
fn ask_provider(configuration: &Path, streams: &mut Streams) -> anyhow::Result<Status> {
    let mut examined = examine(consoleme::load(configuration), None)?;
    // Those were shown a moment ago.
    examined.findings = Findings::default();
    let live = match Live::plain(streams.may_draw()) {
        Ok(live) => live,
        Err(error) => {
            writeln!(streams.err, "error: {error}")?;
            return Ok(Status::Unexamined);
        }
    };
    live.ask(&mut examined);
    if !streams.quiet {
        writeln!(streams.out)?;
    }
    let worst = examined.findings.worst();
    let outcome = Outcome::of(examined);
    validate::show(&outcome, Severity::Info, streams)?;
    if outcome.is_inconclusive() && !streams.quiet {
        let file = configuration.to_string_lossy();
        let file = shell_words::quote(&file);
        writeln!(
            streams.err,
            "to ask again: consoleme-cfg validate --online {file}"
        )?;
    }
    Ok(match worst {
        Some(Severity::Error) => Status::Findings,
        _ if outcome.is_inconclusive() => Status::Unexamined,
        _ => Status::Clean,
    })
}

/// Whether somebody sits there to be asked.
fn has_terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

fn refuse(streams: &mut Streams, message: &str) -> anyhow::Result<Status> {
    writeln!(streams.err, "error: {message}")?;
    Ok(Status::Usage)
}

fn refuse_to_write(streams: &mut Streams, error: &WriteError) -> anyhow::Result<Status> {
    writeln!(streams.err, "error: {error}")?;
    Ok(if error.is_about_the_name() {
        Status::Usage
    } else {
        Status::Unexamined
    })
}

fn show_refused(streams: &mut Streams, refused: &Refused) -> anyhow::Result<Status> {
    for (flag, message) in &refused.wrong {
        writeln!(streams.err, "error: {flag}: {message}")?;
    }
    if !refused.missing.is_empty() {
        writeln!(
            streams.err,
            "error: missing: {}",
            refused.missing.join(", ")
        )?;
        if refused.missing.contains(&"--client-secret-file") {
            writeln!(
                streams.err,
                "  the secret may also stand in the variable {SECRET_VARIABLE}"
            )?;
        }
    }
    Ok(Status::Usage)
}
