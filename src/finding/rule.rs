use super::Severity;

/// What is known of a kind of defect before any file is read.
#[derive(Debug)]
pub struct Rule {
    /// The defect's name, in kebab-case; the name of the rule's folder too.
    pub id: &'static str,
    /// What the defect leads to, unless the environment says otherwise.
    pub severity: Severity,
    /// Where ConsoleMe 1.4.0 fails over it: file and line; empty where that depends on the key.
    pub consoleme: &'static str,
    /// The rule's documentation, as Markdown.
    pub docs: &'static str,
    /// A configuration with the defect; empty where only the provider can tell.
    pub bad: &'static str,
    /// The same without it.
    pub good: &'static str,
    /// What a login at the real ConsoleMe shows of the defect.
    pub login: Login,
}

/// What a login shows of a defect, where ConsoleMe runs as in this program's own tests: with a
/// provider on the same machine and no AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// All there is: with an error it fails, and with anything less a person gets in.
    Tells,
    /// Nothing: a person gets in with an error too, and this is what is wrong then.
    Hides(&'static str),
    /// Nothing, as it takes something that is not there; this.
    Needs(&'static str),
}

impl Rule {
    /// A rule whose defect is an error.
    pub const fn error(id: &'static str) -> Self {
        Self::new(id, Severity::Error)
    }

    /// A rule whose defect is a warning.
    pub const fn warning(id: &'static str) -> Self {
        Self::new(id, Severity::Warning)
    }

    /// A rule whose defect is worth a hint.
    pub const fn info(id: &'static str) -> Self {
        Self::new(id, Severity::Info)
    }

    const fn new(id: &'static str, severity: Severity) -> Self {
        Self {
            id,
            severity,
            consoleme: "",
            docs: "",
            bad: "",
            good: "",
            login: Login::Tells,
        }
    }

    /// Names the place in ConsoleMe.
    pub const fn consoleme(mut self, place: &'static str) -> Self {
        self.consoleme = place;
        self
    }

    /// Sets the documentation.
    pub const fn docs(mut self, markdown: &'static str) -> Self {
        self.docs = markdown;
        self
    }

    /// Sets the configurations that show the defect: one that has it, one that does not.
    pub const fn examples(mut self, bad: &'static str, good: &'static str) -> Self {
        self.bad = bad;
        self.good = good;
        self
    }

    /// Says that people log in with the error all the same, and what is wrong then.
    pub const fn not_shown_by_a_login(mut self, outcome: &'static str) -> Self {
        self.login = Login::Hides(outcome);
        self
    }

    /// Says that no login can be tried without something that the tests do not have.
    pub const fn not_tried(mut self, need: &'static str) -> Self {
        self.login = Login::Needs(need);
        self
    }

    /// What is wrong, in one sentence: the first of the documentation.
    pub fn summary(&self) -> String {
        let paragraphs = self.docs.split("\n\n").map(str::trim);
        let mut texts = paragraphs.filter(|text| !text.is_empty() && !text.starts_with('#'));
        let first = texts.next().unwrap_or(self.id).replace('\n', " ");
        match first.split_once(". ") {
            Some((sentence, _)) => format!("{sentence}."),
            None => first,
        }
    }
}
