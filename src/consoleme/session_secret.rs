use zeroize::Zeroizing;

use crate::secret::Secret;

/// What ConsoleMe signs its sessions with (`consoleme/lib/jwt.py:11`): 32 random bytes, in
/// hexadecimal.
pub struct SessionSecret(Secret);

impl SessionSecret {
    /// Makes a new one.
    ///
    /// # Errors
    /// The operating system has no random bytes.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut())?;
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self(digits.into()))
    }

    /// Its text, to be written into a configuration.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}
