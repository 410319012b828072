//! What a configuration says of its provider: what there is to ask, and on which keys to report.

use crate::cognito::ClientSecret;
use crate::consoleme::Config;
use crate::finding::Place;
use crate::secret::Secret;
use crate::yaml::Node;
use url::Url;

pub(super) const METADATA_URL: &str = "get_user_by_oidc_settings.metadata_url";
pub(super) const EXTRA_JWKS_URI: &str = "get_user_by_oidc_settings.extra_jwks_uri";
pub(super) const CLIENT_ID: &str = "oidc_secrets.client_id";
pub(super) const CLIENT_SECRET: &str = "oidc_secrets.secret";
pub(super) const CLIENT_SCOPE: &str = "oidc_secrets.client_scope";
pub(super) const SERVER_URL: &str = "url";

/// The endpoints that ConsoleMe takes from the discovery document, or from the file where that
/// names no document (`consoleme/lib/oidc.py:42`).
pub(super) const ENDPOINTS: [&str; 3] = ["authorization_endpoint", "token_endpoint", "jwks_uri"];

/// A configuration, as the provider's counterpart.
#[derive(Clone, Copy)]
pub(super) struct Subject<'c> {
    config: &'c Config,
}

/// A callback URL to ask about, and the key that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Callback {
    pub(super) url: String,
    /// What ConsoleMe sends along, to lead people back there.
    pub(super) state: String,
}

impl<'c> Subject<'c> {
    pub(super) fn new(config: &'c Config) -> Self {
        Self { config }
    }

    /// The value under a dotted key, where Python's `if` would take it.
    fn truthy(self, key: &str) -> Option<Node<'c>> {
        let value = self.config.get(key).ok().flatten();
        value.filter(|value| value.is_truthy())
    }

    /// The text under a dotted key.
    ///
    /// # Errors
    /// There is none, and why, as a clause.
    pub(super) fn text(self, key: &str) -> Result<&'c str, String> {
        match self.truthy(key) {
            Some(value) => value
                .as_str()
                .ok_or_else(|| format!("`{key}` is {}, not a string", value.type_name())),
            None if self.config.is_complete() => Err(format!("`{key}` is missing")),
            None => Err(format!("`{key}` may be in a secret that was not looked at")),
        }
    }

    /// A URL under a dotted key.
    pub(super) fn url(self, key: &str) -> Result<Url, String> {
        let text = self.text(key)?;
        Url::parse(text).map_err(|_| format!("`{key}` is not a URL"))
    }

    /// Whether there is anything under a key that ConsoleMe would use.
    pub(super) fn has(self, key: &str) -> bool {
        self.truthy(key).is_some()
    }

    /// Whether people log in through OpenID Connect (`consoleme/handlers/base.py:333`).
    pub(super) fn uses_oidc(self) -> bool {
        self.has("auth.get_user_by_oidc")
    }

    /// The client secret, as something that cannot be shown.
    pub(super) fn secret(self) -> Result<ClientSecret, String> {
        let text = Secret::from(self.text(CLIENT_SECRET)?.to_owned());
        ClientSecret::new(text).map_err(|error| error.to_string())
    }

    /// The callback that ConsoleMe sends when people come to its URL: whatever the path there, and
    /// as a browser writes the host (`consoleme/lib/oidc.py:111`).
    pub(super) fn callback(self) -> Result<Callback, String> {
        let url = self.url(SERVER_URL)?;
        if !url.has_host() {
            return Err(format!("`{SERVER_URL}` names no host"));
        }
        Ok(Callback {
            url: format!("{}/auth", url.origin().ascii_serialization()),
            state: url.to_string(),
        })
    }

    /// What ConsoleMe asks for: the members of what it finds, joined by spaces, a text's
    /// characters too (`consoleme/lib/oidc.py:131`).
    pub(super) fn scope(self) -> Option<String> {
        let value = self.truthy(CLIENT_SCOPE)?;
        if let Some(text) = value.as_str() {
            let characters: Vec<String> = text.chars().map(String::from).collect();
            return Some(characters.join(" "));
        }
        let names: Vec<&str> = if value.is_map() {
            value
                .entries()
                .filter_map(|(name, _)| name.as_str())
                .collect()
        } else {
            value.items().filter_map(Node::as_str).collect()
        };
        Some(names.join(" ")).filter(|scope| !scope.is_empty())
    }

    /// The scopes, where they are a list and can be asked for one by one.
    pub(super) fn scopes(self) -> Vec<&'c str> {
        let list = self.truthy(CLIENT_SCOPE);
        list.map_or_else(Vec::new, |list| {
            list.items().filter_map(Node::as_str).collect()
        })
    }

    /// Further documents of keys that ConsoleMe fetches, and the key of each.
    pub(super) fn further_keys(self) -> Vec<(String, Url)> {
        let Some(list) = self.truthy(EXTRA_JWKS_URI) else {
            return Vec::new();
        };
        let items = list.items().zip(0_usize..);
        items
            .filter_map(|(item, index)| {
                Some((
                    format!("{EXTRA_JWKS_URI}[{index}]"),
                    Url::parse(item.as_str()?).ok()?,
                ))
            })
            .collect()
    }

    /// The value under a key, or the mapping that lacks it.
    pub(super) fn place(self, key: &str) -> Place {
        let (name, index) = match key.strip_suffix(']').and_then(|key| key.rsplit_once('[')) {
            Some((name, index)) => (name, index.parse::<usize>().ok()),
            None => (key, None),
        };
        match self.config.get(name).ok().flatten() {
            Some(value) => {
                let item = index.and_then(|index| value.items().nth(index));
                Place::of(item.unwrap_or(value), key)
            }
            None => Place::missing(self.config, name),
        }
    }

    /// The place of one scope in the list, or of all of them.
    pub(super) fn scope_place(self, scope: &str) -> Place {
        let list = self.truthy(CLIENT_SCOPE);
        let mut items = list.iter().flat_map(|list| list.items()).zip(0_usize..);
        match items.find(|(item, _)| item.as_str() == Some(scope)) {
            Some((item, index)) => Place::of(item, format!("{CLIENT_SCOPE}[{index}]")),
            None => self.place(CLIENT_SCOPE),
        }
    }
}
