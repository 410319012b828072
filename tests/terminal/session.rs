//! The program in a pseudo-terminal, under a shell that outlives it: the settings of a terminal
//! whose first process ends are reset by the kernel, so only such a shell sees what is left behind.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use expectrl::session::OsSession;
use expectrl::{Captures, Eof, Expect, Needle, Regex, Session};
use rustix::termios::{ControlModes, InputModes, LocalModes, OutputModes, tcgetattr};
use tempfile::TempDir;

pub const POOL_ID: &str = "us-east-1_AbCdEfGhI";
pub const CLIENT_ID: &str = "1example23456789abcdefghij";
pub const SECRET: &str = "s3cr3t/of+the=client/of=consoleme";
pub const URL: &str = "http://localhost:8081";
pub const ADMIN: &str = "you@example.com";

pub const CTRL_C: &str = "\x03";
pub const CTRL_BACKSLASH: &str = "\x1c";
pub const CTRL_D: &str = "\x04";
pub const DOWN: &str = "\x1b[B";

/// Says when it is ready, waits for Enter, runs the program with its id told, tells its status, and
/// waits again.
const SHELL: &str = r#"
trap : INT QUIT
stty sane
echo '[ready]'
read -r _
sh -c 'echo "[pid $$]"; exec "$@"' sh "$@"
echo "[status $?]"
read -r _
"#;

/// Long enough for a busy machine; nothing waits for it unless the test fails.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug, PartialEq, Eq)]
struct Modes(InputModes, OutputModes, ControlModes, LocalModes);

/// What a terminal is opened with.
pub struct Setup {
    pub columns: u16,
    pub term: &'static str,
    pub variables: Vec<(&'static str, &'static str)>,
    pub folder: TempDir,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            columns: 80,
            term: "xterm-256color",
            variables: Vec::new(),
            folder: TempDir::new().unwrap(),
        }
    }
}

impl Setup {
    /// Runs the program with these arguments.
    pub fn run(self, arguments: &[&str]) -> Terminal {
        let program = env!("CARGO_BIN_EXE_consoleme-cfg");
        self.run_command(&[&[program], arguments].concat())
    }

    /// Runs any command.
    pub fn run_command(self, words: &[&str]) -> Terminal {
        // What `nohup` or a shell's background job ignores would be ignored here too.
        let mut shell = Command::new("env");
        shell.args(["--default-signal", "sh", "-c", SHELL, "sh"]);
        shell.args(words);
        shell.current_dir(self.folder.path());
        shell.env_clear();
        shell.envs(std::env::vars_os().filter(|(name, _)| name == "PATH"));
        shell
            .env("TERM", self.term)
            .envs(self.variables.iter().copied());
        let mut session = Session::spawn(shell).unwrap();
        session.set_expect_timeout(Some(PATIENCE));
        session
            .get_process_mut()
            .set_window_size(self.columns, 24)
            .unwrap();
        let handle = session.get_process().get_raw_handle().unwrap();
        let mut terminal = Terminal {
            folder: self.folder,
            session,
            seen: Vec::new(),
            before: modes(&handle),
            handle,
            pid: String::new(),
        };
        terminal.see("[ready]");
        terminal.before = modes(&terminal.handle);
        terminal.press("\r");
        let found = terminal.wait_for(Regex(r"\[pid (\d+)\]"), "an id");
        terminal.pid = String::from_utf8_lossy(&found[1]).into_owned();
        terminal.seen.clear();
        terminal
    }
}

/// Runs `init` with these arguments, and nothing out of the ordinary.
pub fn init(arguments: &[&str]) -> Terminal {
    Setup::default().run(&[&["init"], arguments].concat())
}

/// The flags that answer everything, without those named.
pub fn all_but(unanswered: &[&str]) -> Vec<&'static str> {
    let answers = [
        ["--pool-id", POOL_ID],
        ["--client-id", CLIENT_ID],
        ["--scope", "openid"],
        ["--url", URL],
        ["--admin", ADMIN],
        ["--account", "123456789012=main"],
    ];
    for flag in unanswered {
        assert!(answers.iter().any(|[known, _]| known == flag), "{flag}");
    }
    let given = answers
        .into_iter()
        .filter(|[flag, _]| !unanswered.contains(flag));
    given.flatten().collect()
}

/// Runs `init` with everything answered but these flags; the secret is in the variable.
pub fn ask_for(unanswered: &[&str]) -> Terminal {
    let setup = Setup {
        variables: vec![("CONSOLEME_CFG_CLIENT_SECRET", SECRET)],
        ..Setup::default()
    };
    setup.run(&[vec!["init"], all_but(unanswered)].concat())
}

pub struct Terminal {
    pub folder: TempDir,
    session: OsSession,
    handle: File,
    before: Modes,
    seen: Vec<u8>,
    pid: String,
}

impl Terminal {
    /// Waits until this text was written.
    pub fn see(&mut self, text: &str) {
        self.wait_for(text, text);
    }

    /// Waits for a line that begins with `error: `, and gives the rest of it.
    pub fn error(&mut self) -> String {
        let found = self.wait_for(Regex(r"error: ([^\r\n]+)\r\n"), "an error");
        String::from_utf8_lossy(&found[1]).into_owned()
    }

    fn wait_for(&mut self, needle: impl Needle, what: &str) -> Captures {
        match self.session.expect(needle) {
            Ok(found) => {
                self.seen.extend(found.as_bytes());
                found
            }
            Err(error) => {
                if let Ok(rest) = self.session.check(Regex("(?s).+")) {
                    self.seen.extend(rest.as_bytes());
                }
                panic!("{error}, without {what}; seen:\n{}", self.seen())
            }
        }
    }

    /// Sends keys as they are.
    pub fn press(&mut self, keys: &str) {
        self.session.send(keys).unwrap();
        self.session.flush().unwrap();
    }

    /// Answers a prompt once it is there.
    pub fn answer(&mut self, prompt: &str, answer: &str) {
        self.see(&format!("{prompt}: "));
        self.press(&format!("{answer}\r"));
    }

    /// Answers the hidden prompt.
    pub fn answer_secret(&mut self, secret: &str) {
        self.see_secret_prompt();
        self.press(&format!("{secret}\r"));
    }

    /// Waits until the hidden prompt takes keys. It throws away what was typed before it was ready,
    /// and nothing on the screen tells when it is; only that the program sleeps then.
    pub fn see_secret_prompt(&mut self) {
        self.see("App client secret: ");
        let begun = Instant::now();
        while self.is_awake() {
            assert!(begun.elapsed() < PATIENCE, "the program never waits");
            thread::yield_now();
        }
    }

    fn is_awake(&self) -> bool {
        let Ok(stat) = fs::read_to_string(format!("/proc/{}/stat", self.pid)) else {
            // Not Linux: a time in which any machine gets there.
            thread::sleep(Duration::from_millis(500));
            return false;
        };
        // The name before the state may hold anything but ends with the last bracket.
        !stat.rsplit(')').next().unwrap().starts_with(" S")
    }

    /// Whether the terminal itself shows what is typed.
    pub fn echoes(&self) -> bool {
        modes(&self.handle).3.contains(LocalModes::ECHO)
    }

    /// Sends a signal to the program.
    pub fn signal(&self, name: &str) {
        assert!(self.begin_signal(name).wait().unwrap().success());
    }

    /// Begins to send a signal to the program.
    pub fn begin_signal(&self, name: &str) -> Child {
        let kill = format!("kill -{name} {}", self.pid);
        Command::new("sh").args(["-c", &kill]).spawn().unwrap()
    }

    /// Gives the terminal another width, and tells the program.
    pub fn resize(&mut self, columns: u16) {
        let process = self.session.get_process_mut();
        process.set_window_size(columns, 24).unwrap();
        self.signal("WINCH");
    }

    /// Closes the terminal, as when its window is closed.
    pub fn close(self) -> TempDir {
        self.folder
    }

    /// Declines the live check that is offered at the end, and gives the status.
    pub fn declines(&mut self) -> i32 {
        self.see("Ask Cognito now");
        self.press("n");
        self.status()
    }

    /// Waits until the program ends, and gives its status. However it ended, it leaves the
    /// terminal as it was, with the cursor shown, and has not shown the secret.
    pub fn status(&mut self) -> i32 {
        let found = self.wait_for(Regex(r"\[status (\d+)\]"), "a status");
        let status = String::from_utf8_lossy(&found[1]).parse().unwrap();
        assert_eq!(modes(&self.handle), self.before, "the terminal's settings");
        self.press("\r");
        self.wait_for(Eof, "an end");
        let seen = self.seen();
        let last = |command| seen.rfind(command);
        assert!(last("\x1b[?25h") >= last("\x1b[?25l"), "the cursor: {seen}");
        assert!(!seen.contains(SECRET), "the secret: {seen}");
        status
    }

    /// Everything that the program wrote, as far as it was waited for.
    pub fn seen(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }

    /// The files in the folder, with mode and text.
    pub fn files(&self) -> BTreeMap<String, (u32, String)> {
        files(&self.folder)
    }

    /// What was written, which only its owner may read.
    pub fn written(&self) -> String {
        let mut files = self.files();
        let (mode, text) = files.remove("consoleme.yaml").unwrap();
        assert!(files.is_empty(), "{files:?}");
        assert_eq!(format!("{mode:o}"), "600");
        text
    }
}

/// The files in a folder, with mode and text.
pub fn files(folder: &TempDir) -> BTreeMap<String, (u32, String)> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let file = |path: &std::path::Path| {
        let mode = fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        (mode, fs::read_to_string(path).unwrap())
    };
    entries
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                file(&entry.path()),
            )
        })
        .collect()
}

fn modes(terminal: &File) -> Modes {
    let settings = tcgetattr(terminal).unwrap();
    Modes(
        settings.input_modes,
        settings.output_modes,
        settings.control_modes,
        settings.local_modes,
    )
}
