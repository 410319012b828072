use crate::cognito::MetadataUrl;
use crate::consoleme::{Because, Change, Config, Environment, SessionSecret};
use crate::finding::{Place, Severity};
use crate::yaml::Node;

const SCOPES: &str = "oidc_secrets.client_scope";

/// What a rule sees: the merged configuration and what it is judged for.
#[derive(Debug, Clone, Copy)]
pub struct Context<'c> {
    /// The configuration as ConsoleMe holds it.
    pub config: &'c Config,
    /// What the defects are judged for.
    pub environment: Environment,
    /// Why it is judged for that.
    pub because: Because,
}

impl<'c> Context<'c> {
    /// The value under a dotted key; a null counts as a value, as it does for ConsoleMe.
    pub fn get(&self, key: &str) -> Option<Node<'c>> {
        self.config.get(key).ok().flatten()
    }

    /// The value under a dotted key, where Python's `if` would take it.
    pub fn truthy(&self, key: &str) -> Option<Node<'c>> {
        self.get(key).filter(|value| value.is_truthy())
    }

    /// The text under a dotted key.
    pub fn text(&self, key: &str) -> Option<&'c str> {
        self.get(key)?.as_str()
    }

    /// Whether a key is certainly not there: in no file, in no secret that was not looked at, and
    /// not behind a section that is no mapping (another rule tells of that).
    pub fn lacks(&self, key: &str) -> bool {
        self.config.is_complete() && matches!(self.config.get(key), Ok(None))
    }

    /// Where a value is, or the mapping that lacks its key.
    pub fn place(&self, key: &str) -> Place {
        self.get(key).map_or_else(
            || Place::missing(self.config, key),
            |value| Place::of(value, key),
        )
    }

    /// Whether people log in through OpenID Connect (`consoleme/handlers/base.py:333`).
    pub fn uses_oidc(&self) -> bool {
        self.truthy("auth.get_user_by_oidc").is_some()
    }

    /// Whether they do so through Cognito.
    pub fn uses_cognito(&self) -> bool {
        self.uses_oidc()
            && self
                .text("get_user_by_oidc_settings.metadata_url")
                .is_some_and(MetadataUrl::names_cognito)
    }

    /// Whether a load balancer logs people in; ConsoleMe tries SAML and OpenID Connect before it
    /// (`consoleme/handlers/base.py:319`).
    pub fn uses_load_balancer(&self) -> bool {
        self.truthy("auth.get_user_by_aws_alb_auth").is_some()
            && self.truthy("auth.get_user_by_saml").is_none()
            && !self.uses_oidc()
    }

    /// Whether a header of the request names the user; ConsoleMe tries every other way before it
    /// (`consoleme/handlers/base.py:377`).
    pub fn uses_header(&self) -> bool {
        let others = ["oidc", "saml", "aws_alb_auth", "password"];
        let is_on = |way| self.truthy(&format!("auth.get_user_by_{way}")).is_some();
        is_on("header") && !others.into_iter().any(is_on)
    }

    /// The scopes that ConsoleMe will ask for: it joins what it iterates over with spaces
    /// (`consoleme/lib/oidc.py:131`), so a list, the keys of a mapping, or several in one item.
    /// None where it cannot join them.
    pub fn scopes(&self) -> Option<Vec<&'c str>> {
        let scope = self.truthy(SCOPES)?;
        let names: Option<Vec<&str>> = if scope.is_map() {
            scope.entries().map(|(name, _)| name.as_str()).collect()
        } else {
            scope.items().map(Node::as_str).collect()
        };
        let scopes: Vec<&str> = names?.iter().flat_map(|name| name.split(' ')).collect();
        (!scopes.is_empty()).then_some(scopes)
    }

    /// Adds a scope to those that ConsoleMe asks for.
    pub fn add_scope(&self, name: &str) -> Option<Change> {
        self.config.push(self.get(SCOPES)?, name)
    }

    /// Takes a scope that is an item of its own off those that ConsoleMe asks for.
    pub fn remove_scope(&self, name: &str) -> Option<Change> {
        let list = self.get(SCOPES)?;
        let item = list.items().find(|item| item.as_str() == Some(name))?;
        self.config.remove_item(list, item)
    }

    /// Writes a new secret for the sessions.
    pub fn set_session_secret(&self) -> Option<Change> {
        let secret = SessionSecret::new().ok()?;
        self.config
            .set("jwt_secret", &format!("\"{}\"", secret.reveal()))
    }

    /// How bad a switch for developers is: an error in production, nothing where development is
    /// declared, and worth a warning where it is only guessed.
    pub fn developers_only(&self) -> Option<Severity> {
        match (self.environment, self.because) {
            (Environment::Production, _) => Some(Severity::Error),
            (Environment::Development, Because::Asked | Because::Declared) => None,
            (Environment::Development, _) => Some(Severity::Warning),
        }
    }
}
