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
