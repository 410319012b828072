//! Ctrl-C and its kind: the terminal as it was, and no half-written file.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// Ends the program on a signal, as a shell expects it (128 and the signal's number), after the
/// terminal was given back and a write under way is done.
pub struct Interrupts {
    writing: Arc<Mutex<()>>,
    terminal: Arc<Terminal>,
}

impl Interrupts {
    /// Begins to listen.
    ///
    /// # Errors
    /// The operating system refuses.
    pub fn listen() -> io::Result<Self> {
        let writing = Arc::new(Mutex::new(()));
        let terminal = Arc::new(Terminal::remember());
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        let held = Arc::clone(&writing);
        let remembered = Arc::clone(&terminal);
        thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                let _done = held.lock().unwrap_or_else(PoisonError::into_inner);
                remembered.restore();
                std::process::exit(128 + signal);
            }
        });
        Ok(Self { writing, terminal })
    }

    /// Gives the terminal back as it was before the first prompt.
    pub fn give_back(&self) {
        self.terminal.restore();
    }

    /// Holds signals up for as long as the guard lives.
    pub fn hold(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The terminal's settings from before the first prompt.
struct Terminal(Option<Termios>);

impl Terminal {
    fn remember() -> Self {
        Self(tcgetattr(io::stdin().as_fd()).ok())
    }

    /// Gives back echo, line editing and the cursor. Where that fails the terminal is gone.
    fn restore(&self) {
        if let Some(settings) = &self.0 {
            let _ = tcsetattr(io::stdin().as_fd(), OptionalActions::Now, settings);
            let _ = io::stderr().write_all(b"\x1b[?25h\n");
        }
    }
}
