use std::fmt;

use crate::consoleme::Change;

/// How certain it is that a fix is what the author meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// What was meant is evident, and nothing that works changes.
    Safe,
    /// It is likely, and somebody should look.
    Unsafe,
}

impl Safety {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// Edits of the text that a finding is in, after which the finding is gone.
#[derive(Clone, PartialEq, Eq)]
pub struct Fix {
    /// How certain it is.
    pub safety: Safety,
    /// What changes.
    pub change: Change,
    /// Whether the new text holds a secret, which no output may show.
    pub is_secret: bool,
}

impl Fix {
    /// A fix whose author's meaning is evident; none where no edit is certain.
    pub fn safe(change: Option<Change>) -> Option<Self> {
        Self::of(Safety::Safe, change)
    }

    /// A fix that somebody should look at; none where no edit is certain.
    pub fn risky(change: Option<Change>) -> Option<Self> {
        Self::of(Safety::Unsafe, change)
    }

    /// A fix that is safe under a condition.
    pub fn safe_if(is_safe: bool, change: Option<Change>) -> Option<Self> {
        Self::of(
            if is_safe {
                Safety::Safe
            } else {
                Safety::Unsafe
            },
            change,
        )
    }

    /// A fix that somebody should look at and that writes a new secret.
    pub fn secret(change: Option<Change>) -> Option<Self> {
        Some(Self {
            is_secret: true,
            ..Self::risky(change)?
        })
    }

    /// A fix as safe as it is said to be.
    pub fn of(safety: Safety, change: Option<Change>) -> Option<Self> {
        change.map(|change| Self {
            safety,
            change,
            is_secret: false,
        })
    }
}

impl fmt::Debug for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Fix");
        shown.field("safety", &self.safety);
        if !self.is_secret {
            shown.field("change", &self.change);
        }
        shown.finish_non_exhaustive()
    }
}
