//! What can be asked of ConsoleMe.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::provider::{Client, Provider};

/// A start of ConsoleMe. It runs in an empty folder, with the AWS mock's credentials and region
/// us-east-1.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LoadRequest {
    location: Option<String>,
    files: BTreeMap<String, String>,
    env: BTreeMap<String, String>,
    secrets: BTreeMap<String, String>,
    keys: Vec<String>,
}

impl LoadRequest {
    /// With a configuration file that exists.
    pub fn file(path: &Path) -> LoadRequest {
        let path = std::path::absolute(path).expect("an absolute path");
        LoadRequest::location(path.to_str().expect("a path in UTF-8"))
    }

    /// With `CONFIG_LOCATION` as given.
    pub fn location(location: &str) -> LoadRequest {
        LoadRequest {
            location: Some(location.to_owned()),
            ..LoadRequest::default()
        }
    }

    /// With a configuration of this text.
    pub fn text(text: &str) -> LoadRequest {
        LoadRequest::location("consoleme.yaml").with_file("consoleme.yaml", text)
    }

    /// Puts a file into the working folder, where a text's `extends` finds it.
    pub fn with_file(mut self, name: &str, text: &str) -> LoadRequest {
        self.files.insert(name.to_owned(), text.to_owned());
        self
    }

    /// Sets an environment variable.
    pub fn with_env(mut self, name: &str, value: &str) -> LoadRequest {
        self.env.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Puts a secret into AWS Secrets Manager, where `AWS_SECRETS_MANAGER:name` finds it.
    pub fn with_secret(mut self, name: &str, text: &str) -> LoadRequest {
        self.secrets.insert(name.to_owned(), text.to_owned());
        self
    }

    /// Wants the value of these dotted keys.
    pub fn wanting(mut self, keys: &[&str]) -> LoadRequest {
        self.keys.extend(keys.iter().map(|&key| key.to_owned()));
        self
    }

    pub(super) fn as_json(&self, job: &str) -> Json {
        let mut json = json!(self);
        json["job"] = job.into();
        json
    }
}

/// A start of ConsoleMe, and a person who logs in there.
#[derive(Debug, Clone)]
pub struct LoginRequest {
    pub(super) start: LoadRequest,
    pub(super) address: Option<String>,
    pub(super) user: String,
    pub(super) password: String,
    pub(super) load_balancer: Option<Json>,
}

impl LoginRequest {
    /// As this user of the provider, at the address that the configuration's `url` names.
    pub fn new(start: LoadRequest, user: &str, password: &str) -> LoginRequest {
        let [user, password] = [user, password].map(str::to_owned);
        LoginRequest {
            start,
            address: None,
            user,
            password,
            load_balancer: None,
        }
    }

    /// Behind a load balancer that logs people in at this provider, as its first client.
    pub fn behind_load_balancer(mut self, provider: &Provider) -> LoginRequest {
        let Client { id, secret, .. } = provider.client();
        let metadata_url = provider.metadata_url();
        self.load_balancer =
            Some(json!({"id": id, "secret": secret, "metadata_url": metadata_url}));
        self
    }

    /// At another address than the configuration names.
    pub fn at(mut self, address: &str) -> LoginRequest {
        self.address = Some(address.to_owned());
        self
    }
}

/// Files, one of which is the configuration.
#[derive(Debug, Clone, Serialize)]
pub struct FileTree {
    /// The configuration's name.
    pub root: String,
    /// Texts by name; a name may hold folders.
    pub files: BTreeMap<String, String>,
}

impl FileTree {
    /// The first file is the configuration.
    pub fn new(files: &[(&str, &str)]) -> FileTree {
        let (root, _) = files.first().expect("a configuration");
        let owned = |&(name, text): &(&str, &str)| (name.to_owned(), text.to_owned());
        FileTree {
            root: (*root).to_owned(),
            files: files.iter().map(owned).collect(),
        }
    }
}
