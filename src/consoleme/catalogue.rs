//! What is known of each key: the schema, looked up by path.

use std::sync::LazyLock;

use serde_json::Value;

/// The text of the schema, the one catalogue of ConsoleMe's keys.
const SCHEMA: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/schemas/consoleme.schema.json"
));

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

    /// Where ConsoleMe first reads this key: file and line.
    pub fn read_at(self) -> Option<&'static str> {
        self.annotation("x-consoleme-read-at")?.get(0)?.as_str()
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
                .or_else(|| {
                    at.get("additionalProperties")
                        .filter(|other| other.is_object())
                })
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
        self.secret || any_secret(self.at, 0, &mut |_| {})
    }

    /// The names of all keys that hold a secret.
    pub fn secret_names() -> Vec<String> {
        let mut names = Vec::new();
        any_secret(&CATALOGUE, 0, &mut |name| names.push(name.to_owned()));
        names.sort_unstable();
        names.dedup();
        names
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

fn reference(at: &'static Value) -> Option<&'static Value> {
    CATALOGUE.pointer(at.get("$ref")?.as_str()?.strip_prefix('#')?)
}

/// Goes through a schema and the ones that it refers to, a few levels deep, and shows the names of
/// the properties that hold a secret.
fn any_secret(at: &'static Value, depth: usize, show: &mut dyn FnMut(&str)) -> bool {
    // No section of ConsoleMe nests deeper, and the schema of a policy document refers to itself.
    if depth > 8 {
        return false;
    }
    let mut any = at.get("x-consoleme-secret").and_then(Value::as_bool) == Some(true);
    if let Some(next) = reference(at) {
        any |= any_secret(next, depth + 1, show);
    }
    for (name, property) in at
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let below = any_secret(property, depth + 1, show);
        if below
            && (Catalogue {
                at: property,
                secret: false,
            })
            .marked_secret()
        {
            show(name);
        }
        any |= below;
    }
    for open in ["additionalProperties", "items"] {
        any |= at
            .get(open)
            .is_some_and(|below| any_secret(below, depth + 1, show));
    }
    any
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
            Catalogue::at("tornado.port").unwrap().read_at(),
            Some("consoleme/__main__.py:39")
        );
    }
}
