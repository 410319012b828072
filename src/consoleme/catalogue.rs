//! What is known of each key: the schema, looked up by path.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde_json::Value;

/// The text of the schema, the one catalogue of ConsoleMe's keys.
pub const SCHEMA: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/schemas/consoleme.schema.json"
));

/// What makes a name that nobody knows that of a secret.
const SECRET_WORDS: [&str; 6] = [
    "secret",
    "passw",
    "token",
    "credential",
    "private",
    "apikey",
];

/// How many letters a misspelt name has wrong, and how long names are for which that means
/// something.
const MISSPELT: usize = 2;
const SHORTEST_NAME: usize = 6;
const LONGEST_NAME: usize = 64;

static CATALOGUE: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or_default());

/// The schema's word on one key.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue {
    at: &'static Value,
    secret: bool,
}

impl Catalogue {
    /// Where every path begins.
    pub fn root() -> Self {
        Self {
            at: &CATALOGUE,
            secret: false,
        }
    }

    /// The key at a dotted path, list items as `[0]`.
    pub fn at(path: &str) -> Option<Self> {
        path.split('.').try_fold(Self::root(), |at, part| {
            let mut names = part.split('[');
            let named = at.key(names.next()?)?;
            names.try_fold(named, |list, _index| list.item())
        })
    }

    /// Every key in the catalogue, each below its section, in the order of their names: those of
    /// the configuration first, then those that stand outside it.
    pub fn keys() -> Vec<Key> {
        let mut keys = Vec::new();
        list(Self::root(), "", &mut Vec::new(), &mut keys);
        let outside = Self::root()
            .entries("$defs")
            .filter(|(_, section)| section.status() == Status::InfrastructureOnly);
        for (name, section) in outside {
            // `helmValues` holds what is called `helm:…`.
            let kind: String = name.chars().take_while(char::is_ascii_lowercase).collect();
            for (name, at) in section.entries("properties") {
                let path = format!("{kind}:{name}");
                keys.push(Key { path, at });
            }
        }
        keys
    }

    /// The places where ConsoleMe reads this key, each a file and a line.
    pub fn read_at(self) -> impl Iterator<Item = &'static str> {
        self.texts("x-consoleme-read-at")
    }

    /// What the key is for.
    pub fn description(self) -> &'static str {
        self.text("description").unwrap_or_default()
    }

    /// What ConsoleMe does with values that it cannot use.
    pub fn breaks(self) -> Option<&'static str> {
        self.text("x-consoleme-breaks")
    }

    /// The key that ConsoleMe reads instead of this one.
    pub fn use_instead(self) -> Option<&'static str> {
        self.text("x-consoleme-use-instead")
    }

    /// The key that has to be on for ConsoleMe to read this one.
    pub fn switch(self) -> Option<&'static str> {
        self.text("x-consoleme-switch")
    }

    /// The key with which ConsoleMe does not read this one.
    pub fn unused_with(self) -> Option<&'static str> {
        self.text("x-consoleme-unused-with")
    }

    /// What ConsoleMe takes where the key is not there.
    pub fn default(self) -> Option<&'static Value> {
        self.annotation("default")
    }

    /// Values that work.
    pub fn examples(self) -> &'static [Value] {
        let examples = self.annotation("examples").and_then(Value::as_array);
        examples.map_or(&[], Vec::as_slice)
    }

    /// The JSON names of the types that work.
    pub fn types(self) -> Vec<&'static str> {
        match self.text("type") {
            Some(one) => vec![one],
            None => self.texts("type").collect(),
        }
    }

    /// Whether ConsoleMe reads the key.
    pub fn status(self) -> Status {
        match self.text("x-consoleme-status") {
            Some("never-read") => Status::NeverRead,
            Some("deprecated") => Status::Deprecated,
            Some("dynamic-only") => Status::DynamicOnly,
            Some("infrastructure-only") => Status::InfrastructureOnly,
            _ => Status::Read,
        }
    }

    /// The keys that are known by name below this one.
    pub fn named(self) -> impl Iterator<Item = (&'static str, Self)> {
        let section = self.find(|at| at.get("properties").and(Some(at)));
        section
            .into_iter()
            .flat_map(|section| section.entries("properties"))
    }

    /// The key that stands for every other name below this one, and how to write that name.
    fn unnamed(self) -> Option<(&'static str, Self)> {
        let account = |at: &'static Value| at.get("patternProperties")?.get("^[0-9]{12}$");
        let pattern =
            |at: &'static Value| at.get("patternProperties")?.as_object()?.values().next();
        let other = |at: &'static Value| at.get("additionalProperties").filter(|at| is_key(at));
        match self.find(account) {
            Some(account) => Some(("<account id>", account)),
            None => Some(("<name>", self.find(pattern).or_else(|| self.find(other))?)),
        }
    }

    fn entries(self, keyword: &str) -> impl Iterator<Item = (&'static str, Self)> {
        let entries = self.at.get(keyword).and_then(Value::as_object);
        entries.into_iter().flatten().map(move |(name, at)| {
            let here = Self { at, secret: false };
            let secret = self.secret || here.marked_secret();
            (name.as_str(), Self { at, secret })
        })
    }

    fn text(self, annotation: &str) -> Option<&'static str> {
        self.annotation(annotation)?.as_str()
    }

    fn texts(self, annotation: &str) -> impl Iterator<Item = &'static str> {
        let list = self.annotation(annotation).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }

    /// The key of this name below this one.
    pub fn key(self, name: &str) -> Option<Self> {
        self.find(|at| {
            at.pointer("/properties")
                .and_then(|known| known.get(name))
                .or_else(|| {
                    at.pointer("/patternProperties")?
                        .as_object()?
                        .values()
                        .next()
                })
                .or_else(|| at.get("additionalProperties").filter(|other| is_key(other)))
        })
    }

    /// The items of the list under this key.
    pub fn item(self) -> Option<Self> {
        self.find(|at| at.get("items"))
    }

    /// Whether a secret stands here.
    pub fn is_secret(self) -> bool {
        self.secret
    }

    /// Whether a secret stands here or anywhere below.
    pub fn holds_secret(self) -> bool {
        self.secret || SECRETS.holders.contains(&address(self.at))
    }

    /// The names of all keys that hold a secret.
    pub fn secret_names() -> &'static [String] {
        &SECRETS.names
    }

    /// Whether a key that is not known is named like one that holds a secret.
    pub fn is_like_a_secret(name: &str) -> bool {
        let name = name.rsplit('.').next().unwrap_or(name);
        if name.len() > LONGEST_NAME {
            return false;
        }
        let name = name.to_lowercase();
        let is_close = |known: &String| {
            known.len() >= SHORTEST_NAME
                && known.len().abs_diff(name.len()) <= MISSPELT
                && strsim::osa_distance(known, &name) <= MISSPELT
        };
        SECRET_WORDS.iter().any(|word| name.contains(word))
            || Self::secret_names().iter().any(is_close)
    }

    /// An annotation: the one beside a reference goes before the one behind it.
    pub fn annotation(self, name: &str) -> Option<&'static Value> {
        self.find(|at| at.get(name)).map(|found| found.at)
    }

    /// Looks in this schema, and in the one that it refers to.
    fn find(self, look: impl Fn(&'static Value) -> Option<&'static Value>) -> Option<Self> {
        let mut at = self.at;
        // A reference leads to a definition, and that one seldom to another.
        for _ in 0..8 {
            if let Some(found) = look(at) {
                let mark = Self {
                    at: found,
                    secret: false,
                }
                .marked_secret();
                return Some(Self {
                    at: found,
                    secret: self.secret || mark,
                });
            }
            let Some(next) = reference(at) else { break };
            at = next;
        }
        None
    }

    /// The schema that the references lead to.
    fn definition(self) -> &'static Value {
        let mut at = self.at;
        for _ in 0..8 {
            let Some(next) = reference(at) else { break };
            at = next;
        }
        at
    }

    /// Whether the values under names that are free are secret, as those of `celery.broker`.
    fn is_of_secrets(self) -> bool {
        let definition = self.definition();
        let patterns = definition.get("patternProperties");
        let patterns = patterns.and_then(Value::as_object).into_iter().flatten();
        let free = definition.get("additionalProperties");
        let mut values = patterns.map(|(_, value)| value).chain(free);
        values.any(|at| Self { at, secret: false }.marked_secret())
    }

    fn marked_secret(self) -> bool {
        let mut at = self.at;
        for _ in 0..8 {
            if at.get("x-consoleme-secret").and_then(Value::as_bool) == Some(true) {
                return true;
            }
            let Some(next) = reference(at) else { break };
            at = next;
        }
        false
    }
}

/// One key, with the name that leads to it.
#[derive(Debug, Clone)]
pub struct Key {
    /// The dotted name; `[]` for the items of a list, `<name>` for a name that is free. What
    /// stands outside the configuration has a kind before it, as in `environment:CONFIG_LOCATION`.
    pub path: String,
    /// The catalogue's word on it.
    pub at: Catalogue,
}

/// Whether ConsoleMe reads a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Read,
    /// It does, though the key has a newer name.
    Deprecated,
    /// It does, where the key comes from the dynamic configuration.
    DynamicOnly,
    /// It does not, and something around it does.
    InfrastructureOnly,
    /// Nothing does.
    NeverRead,
}

/// Whether a word on all further keys describes them, rather than that they are for plugins.
fn is_key(other: &Value) -> bool {
    other.is_object() && other.get("x-consoleme-status").and_then(Value::as_str) != Some("plugin")
}

/// Lists the keys below one, and those below them; a definition that refers to itself is entered
/// once.
fn list(section: Catalogue, path: &str, entered: &mut Vec<&'static Value>, keys: &mut Vec<Key>) {
    if entered
        .iter()
        .any(|at| std::ptr::eq(*at, section.definition()))
    {
        return;
    }
    entered.push(section.definition());
    let dot = if path.is_empty() { "" } else { "." };
    for (name, at) in section.named().chain(section.unnamed()) {
        let path = format!("{path}{dot}{name}");
        keys.push(Key {
            path: path.clone(),
            at,
        });
        list(at, &path, entered, keys);
    }
    if let Some(item) = section.item() {
        list(item, &format!("{path}[]"), entered, keys);
    }
    entered.pop();
}

fn reference(at: &'static Value) -> Option<&'static Value> {
    let name = at.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?;
    CATALOGUE.get("$defs")?.get(name)
}

/// Where the schema marks secrets.
struct Secrets {
    /// The addresses of the schemas that a secret stands at or below.
    holders: HashSet<usize>,
    /// The names of the keys that are marked.
    names: Vec<String>,
}

static SECRETS: LazyLock<Secrets> = LazyLock::new(|| {
    let mut secrets = Secrets {
        holders: HashSet::new(),
        names: Vec::new(),
    };
    // Which schema leads to which; each is entered once, as some refer to themselves.
    let mut leads: Vec<(usize, usize)> = Vec::new();
    let mut entered = HashSet::new();
    let mut waiting: Vec<&'static Value> = vec![&CATALOGUE];
    while let Some(at) = waiting.pop() {
        if !entered.insert(address(at)) {
            continue;
        }
        if at.get("x-consoleme-secret").and_then(Value::as_bool) == Some(true) {
            secrets.holders.insert(address(at));
        }
        for keyword in ["properties", "patternProperties"] {
            for (name, below) in at
                .get(keyword)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                let key = Catalogue {
                    at: below,
                    secret: false,
                };
                if keyword == "properties" && (key.marked_secret() || key.is_of_secrets()) {
                    secrets.names.push(name.clone());
                }
                leads.push((address(at), address(below)));
                waiting.push(below);
            }
        }
        let others = ["additionalProperties", "items"].map(|keyword| at.get(keyword));
        for below in others.into_iter().chain([reference(at)]).flatten() {
            leads.push((address(at), address(below)));
            waiting.push(below);
        }
    }
    loop {
        let known = secrets.holders.len();
        for (at, below) in leads.iter().rev() {
            if secrets.holders.contains(below) {
                secrets.holders.insert(*at);
            }
        }
        if secrets.holders.len() == known {
            break;
        }
    }
    secrets.names.sort_unstable();
    secrets.names.dedup();
    secrets
});

/// What tells one schema of the catalogue from all others.
fn address(at: &'static Value) -> usize {
    std::ptr::from_ref(at).addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_secret(path: &str) -> bool {
        Catalogue::at(path).is_some_and(Catalogue::is_secret)
    }

    #[test]
    fn the_catalogue_knows_the_secrets() {
        assert!(is_secret("oidc_secrets.secret"));
        assert!(is_secret("jwt_secret"));
        assert!(!is_secret("oidc_secrets.client_id"));
        assert!(!is_secret("url"));
    }

    #[test]
    fn open_maps_have_a_word_on_every_key() {
        let account = Catalogue::at("account_ids_to_name.012345678901").unwrap();
        assert!(account.annotation("description").is_some());
        assert!(Catalogue::at("oidc_secrets.client_scope[0]").is_some());
        assert!(Catalogue::at("oidc_secrets.client_scope.openid").is_none());
    }

    #[test]
    fn every_key_says_where_it_is_read() {
        assert_eq!(
            Catalogue::at("tornado.port").unwrap().read_at().next(),
            Some("consoleme/__main__.py:39")
        );
    }

    #[test]
    fn every_key_in_the_list_is_found_again() {
        let keys = Catalogue::keys();
        assert!(keys.len() > 600, "{}", keys.len());
        for key in keys.iter().filter(|key| !key.path.contains(':')) {
            let found = Catalogue::at(&key.path);
            let found = found.unwrap_or_else(|| panic!("{} is lost", key.path));
            assert_eq!(found.description(), key.at.description(), "{}", key.path);
            assert_eq!(found.is_secret(), key.at.is_secret(), "{}", key.path);
        }
    }

    #[test]
    fn names_that_are_free_are_shown_as_such() {
        let paths: Vec<String> = Catalogue::keys().into_iter().map(|key| key.path).collect();
        for path in [
            "account_ids_to_name.<account id>",
            "celery.broker.<name>",
            "cache_accounts_from_aws_organizations[].organizations_master_account_id",
            "environment:CONFIG_LOCATION",
        ] {
            assert!(paths.iter().any(|known| known == path), "{path}");
        }
        assert!(Catalogue::at("a_key_for_a_plugin").is_none());
    }
}
