use std::fmt;

/// A question to the provider that a live run puts, in the order in which the answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckName {
    /// Is there a discovery document, with everything that ConsoleMe needs?
    Discovery,
    /// Is its issuer the one that its URL names?
    Issuer,
    /// Are its endpoints on a domain of the pool?
    Domain,
    /// Are there keys, and can ConsoleMe read each of them?
    Keys,
    /// Does the provider know the app client, and let it log people in?
    Client,
    /// Does the provider refuse a callback URL that is certainly not registered?
    Control,
    /// Is a callback URL registered?
    Callback,
    /// May the app client ask for the scopes?
    Scopes,
    /// Does the login page open?
    LoginPage,
    /// Does the token endpoint take the client secret?
    Secret,
    /// Does the revocation endpoint take it too?
    Revocation,
}

impl CheckName {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Discovery,
        Self::Issuer,
        Self::Domain,
        Self::Keys,
        Self::Client,
        Self::Control,
        Self::Callback,
        Self::Scopes,
        Self::LoginPage,
        Self::Secret,
        Self::Revocation,
    ];

    /// Its name in every output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Issuer => "issuer",
            Self::Domain => "domain",
            Self::Keys => "keys",
            Self::Client => "client",
            Self::Control => "control",
            Self::Callback => "callback",
            Self::Scopes => "scopes",
            Self::LoginPage => "login-page",
            Self::Secret => "secret",
            Self::Revocation => "revocation",
        }
    }
}

impl fmt::Display for CheckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// How a live check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The provider agrees with the file.
    Pass,
    /// It does not; a finding says so too.
    Fail,
    /// Its answer says neither, or there was none.
    Inconclusive,
}

impl Verdict {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Inconclusive => "inconclusive",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a verdict rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The answer's HTTP status; none where no answer came.
    pub status: Option<u16>,
    /// Where the answer leads, of its query the error only; nothing was fetched from there.
    pub landing: Option<String>,
    /// How long the answer took, in milliseconds.
    pub ms: Option<u64>,
    /// Whether it came through a proxy, which resolves the name in our place, so that nobody here
    /// has looked at the address.
    pub proxied: bool,
}

/// One live check: what was asked, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The question.
    pub name: CheckName,
    /// What it was about: an endpoint, a callback URL, scopes.
    pub target: String,
    /// How it ended.
    pub verdict: Verdict,
    /// Why, as a clause; empty where the evidence says it.
    pub reason: String,
    /// What the verdict rests on.
    pub evidence: Evidence,
}

/// A live check that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The question.
    pub check: CheckName,
    /// Why nobody was asked, as a clause.
    pub reason: String,
}
