//! Texts that must not be shown.

use std::io;

#[cfg(target_os = "linux")]
use rustix::process::{DumpableBehavior, set_dumpable_behavior};
use rustix::process::{Resource, Rlimit, setrlimit};
use zeroize::Zeroizing;

/// A text that nothing prints, writes down or compares by accident. Its memory is cleared when it
/// goes.
///
/// ```compile_fail
/// println!("{}", consoleme_cfg::secret::Secret::from(String::new()));
/// ```
/// ```compile_fail
/// println!("{:?}", consoleme_cfg::secret::Secret::from(String::new()));
/// ```
/// ```compile_fail
/// let secret = consoleme_cfg::secret::Secret::from(String::new());
/// let _ = secret == secret;
/// ```
/// ```compile_fail
/// let _ = serde_json::to_string(&consoleme_cfg::secret::Secret::from(String::new()));
/// ```
/// ```
/// assert_eq!(consoleme_cfg::secret::Secret::from("text".to_owned()).reveal(), "text");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl Secret {
    /// The text, for the few places that have to write, send or hide it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Forbids the system to write this process's memory into a core file, whatever ends it.
///
/// # Errors
/// The system refuses.
pub fn forbid_dumps() -> io::Result<()> {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, none)?;
    // A program that Linux hands cores to gets them whatever that limit says: core(5).
    #[cfg(target_os = "linux")]
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    Ok(())
}
