//! Ctrl-C and its kind: the terminal as it was, and no half-written file.

use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Once};
use std::thread;
use std::time::Duration;

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag::register_usize;
use signal_hook::iterator::Signals;

use crate::atomic_file;

/// A prompt that is between two keys is about to change the terminal's settings once more, and then
/// waits for a key. Once it waits, what is given back stays so.
const SETTLING: Duration = Duration::from_millis(100);

/// The signals that end the program, besides that of Ctrl-C.
const OTHERS: [i32; 3] = [SIGTERM, SIGHUP, SIGQUIT];

/// Ends the program on a signal, as a shell expects it (128 and the signal's number), after the
/// terminal was given back and a write under way is done.
pub(super) struct Interrupts {
    terminal: Arc<Terminal>,
    other: Arc<AtomicUsize>,
}

impl Interrupts {
    /// Begins to listen.
    ///
    /// # Errors
    /// The operating system refuses.
    pub(super) fn listen() -> io::Result<Self> {
        let interrupts = Self {
            terminal: Arc::new(Terminal::remember()),
            other: Arc::new(AtomicUsize::new(0)),
        };
        for signal in OTHERS {
            register_usize(signal, Arc::clone(&interrupts.other), signal as usize)?;
        }
        let mut signals = Signals::new([[SIGINT].as_slice(), &OTHERS].concat())?;
        let terminal = Arc::clone(&interrupts.terminal);
        let other = Arc::clone(&interrupts.other);
        thread::spawn(move || {
            if signals.forever().next().is_some() {
                let _done = atomic_file::hold();
                if terminal.is_in_use() {
                    thread::sleep(SETTLING);
                }
                terminal.restore();
                std::process::exit(status(&other));
            }
        });
        Ok(interrupts)
    }

    /// Gives the terminal back as it was before the first prompt. Returns after Ctrl-C only;
    /// another signal ends the program here.
    pub(super) fn give_back(&self) {
        self.terminal.restore();
        if self.other.load(Ordering::SeqCst) != 0 {
            std::process::exit(status(&self.other));
        }
    }
}

/// The status for the signal that was caught. The library that asks raises SIGINT whenever any
/// signal disturbs it, so that one counts only where there was no other.
fn status(other: &AtomicUsize) -> i32 {
    let other = other.load(Ordering::SeqCst);
    128 + i32::try_from(other)
        .ok()
        .filter(|signal| *signal != 0)
        .unwrap_or(SIGINT)
}

/// The terminal's settings from before the first prompt.
struct Terminal {
    settings: Option<Termios>,
    restored: Once,
}

impl Terminal {
    fn remember() -> Self {
        Self {
            settings: tcgetattr(io::stdin().as_fd()).ok(),
            restored: Once::new(),
        }
    }

    /// Whether somebody is being asked.
    fn is_in_use(&self) -> bool {
        let now = tcgetattr(io::stdin().as_fd()).ok();
        let modes = |settings: &Option<Termios>| settings.as_ref().map(|all| all.local_modes);
        modes(&now) != modes(&self.settings)
    }

    /// Gives back echo, line editing and the cursor, once. Where that fails the terminal is gone.
    fn restore(&self) {
        self.restored.call_once(|| {
            if let Some(settings) = &self.settings {
                // A job in the background that sets a terminal is stopped instead of ended.
                if self.is_in_use() {
                    let _ = tcsetattr(io::stdin().as_fd(), OptionalActions::Now, settings);
                }
                if io::stderr().is_terminal() {
                    let _ = io::stderr().write_all(b"\x1b[?25h\n");
                }
            }
        });
    }
}
