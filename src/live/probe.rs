//! One authorization request, as ConsoleMe sends people off with it (`consoleme/lib/oidc.py:126`).

use url::Url;

use super::discovery::Provider;
use super::landing::{Landing, Refusal, read};
use super::network::{Answer, Silence};
use super::run::Run;
use super::subject::CLIENT_ID;
use crate::finding::{CheckName, Evidence};

/// What every authorization request of a run has in common.
#[derive(Clone, Copy)]
pub(super) struct Login<'l> {
    pub(super) endpoint: &'l Url,
    pub(super) client_id: &'l str,
    pub(super) scope: Option<&'l str>,
}

/// An answer, and what it means.
pub(super) struct Probe {
    pub(super) landing: Landing,
    pub(super) evidence: Evidence,
}

impl Probe {
    pub(super) fn refusal(&self) -> Option<(&Refusal, bool)> {
        match &self.landing {
            Landing::Refused { what, at_callback } => Some((what, *at_callback)),
            _ => None,
        }
    }

    pub(super) fn is_accepted(&self) -> bool {
        matches!(self.landing, Landing::Login(_))
    }
}

impl Login<'_> {
    /// Asks for one callback.
    pub(super) async fn probe(
        self,
        run: Run<'_>,
        check: CheckName,
        target: &str,
        callback: &str,
        state: &str,
    ) -> Probe {
        let mut url = self.endpoint.clone();
        let mut query = url.query_pairs_mut();
        query.append_pair("response_type", "code");
        query.append_pair("redirect_uri", callback);
        query.append_pair("client_id", self.client_id);
        if let Some(scope) = self.scope {
            query.append_pair("scope", scope);
        }
        query.append_pair("state", state);
        drop(query);
        self.understood(run.get(check, target, &url).await, callback)
    }

    fn understood(self, answer: Result<Answer, Silence>, callback: &str) -> Probe {
        match answer {
            Ok(answer) => Probe {
                landing: read(&answer, self.endpoint, callback),
                evidence: answer.evidence(),
            },
            Err(silence) => Probe {
                evidence: silence.evidence(),
                landing: Landing::Unclear(silence.reason),
            },
        }
    }
}

/// Why the login cannot be tried, as a clause, or with what.
pub(super) fn prepare<'l>(
    run: Run<'l>,
    provider: &'l Provider,
    scope: Option<&'l str>,
) -> Result<Login<'l>, String> {
    let Some(endpoint) = &provider.authorization else {
        return Err("the authorization endpoint is unknown".to_owned());
    };
    if !provider.is_own(endpoint, run.network.hosts()) {
        let mut authority = endpoint.host_str().unwrap_or_default().to_owned();
        if let Some(port) = endpoint.port() {
            authority.push_str(&format!(":{port}"));
        }
        return Err(format!(
            "not asked: the discovery document leads to another host, `{authority}`; if it belongs there, name it: `--allow-host {authority}`"
        ));
    }
    Ok(Login {
        endpoint,
        client_id: run.subject.text(CLIENT_ID)?,
        scope,
    })
}
