//! One request and its answer, within the limits that every live check keeps.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::{ACCEPT, LOCATION};
use reqwest::{Client, redirect};
use thiserror::Error;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use url::Url;

use super::hosts::Hosts;
use super::resolver::{Resolver, Unreachable};
use crate::cognito::ClientSecret;
use crate::finding::Evidence;

/// Requests in flight to one host.
const PER_HOST: usize = 4;
/// Requests of one run of the program.
const PER_RUN: u32 = 50;
/// How much of an answer is read.
const LONGEST_BODY: usize = 1 << 20;
/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(5);

/// The way to the providers, and its limits: which hosts may be asked, how many requests at a time
/// and in all, and how long. No redirect is followed, and no cookie kept.
#[derive(Debug)]
pub struct Network {
    runtime: Option<Runtime>,
    client: Client,
    hosts: Hosts,
    proxies: Matcher,
    slots: Mutex<HashMap<String, Arc<Semaphore>>>,
    left: AtomicU32,
    timeout: Duration,
}

/// The network cannot be used at all.
#[derive(Debug, Error)]
pub enum NetworkError {
    /// The operating system refuses a runtime.
    #[error("cannot start the network's runtime: {0}")]
    Runtime(std::io::Error),
    /// There is no TLS: the system's root certificates cannot be read.
    #[error("cannot set up TLS with the system's root certificates: {0}")]
    Tls(String),
}

/// What is asked.
pub(super) enum Request<'r> {
    /// A page.
    Get(&'r Url),
    /// A form, with the credentials in a header, as ConsoleMe sends them (`consoleme/lib/oidc.py:167`).
    Form {
        url: &'r Url,
        fields: &'r [(&'static str, &'r str)],
        client_id: &'r str,
        secret: &'r ClientSecret,
    },
}

impl Request<'_> {
    fn url(&self) -> &Url {
        match self {
            Self::Get(url) | Self::Form { url, .. } => url,
        }
    }
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Where it leads, made whole; a redirect's body is not read.
    pub(super) location: Option<Url>,
    pub(super) body: Vec<u8>,
    ms: u64,
    proxied: bool,
}

impl Answer {
    /// The answer as evidence, without where it leads.
    pub(super) fn evidence(&self) -> Evidence {
        Evidence {
            status: Some(self.status),
            landing: self.location.as_ref().map(shown),
            ms: Some(self.ms),
            proxied: self.proxied,
        }
    }

    /// Whether the answer tells of the provider's state rather than of the question: too many
    /// requests, a fault, a firewall.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self.status, 403 | 408 | 425 | 429 | 500..)
    }

    /// The body, where it is a JSON object.
    pub(super) fn object(&self) -> Option<serde_json::Map<String, serde_json::Value>> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// A URL to show: its query may hold anything, so only the error of it is kept.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    let errors: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| matches!(name.as_ref(), "error" | "error_description"))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.set_query(None);
    url.set_fragment(None);
    // Neither can fail where there is a host, and without one there is nothing to hide.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if !errors.is_empty() {
        url.query_pairs_mut().extend_pairs(errors);
    }
    url.to_string()
}

/// No answer, and why, as a clause.
#[derive(Debug)]
pub(super) struct Silence {
    pub(super) reason: String,
    pub(super) ms: Option<u64>,
    proxied: bool,
}

impl Silence {
    fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            ms: None,
            proxied: false,
        }
    }

    pub(super) fn evidence(&self) -> Evidence {
        Evidence {
            ms: self.ms,
            proxied: self.proxied,
            ..Evidence::default()
        }
    }
}

impl Network {
    /// Makes ready to ask these hosts; all that is asked about one file has to be answered within
    /// the time-out.
    ///
    /// # Errors
    /// The system has no runtime or no TLS to offer.
    pub fn new(hosts: Hosts, timeout: Duration) -> Result<Self, NetworkError> {
        // Somebody may have installed it before, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(NetworkError::Runtime)?;
        let proxies = Matcher::from_env();
        let names = proxy_names(&proxies);
        let client = Client::builder()
            .dns_resolver(Resolver::new(hosts.clone(), names))
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(CONNECT.min(timeout))
            .user_agent(concat!("consoleme-cfg/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| NetworkError::Tls(innermost(&error)))?;
        Ok(Self {
            runtime: Some(runtime),
            client,
            hosts,
            proxies,
            slots: Mutex::default(),
            left: AtomicU32::new(PER_RUN),
            timeout,
        })
    }

    /// The hosts that may be asked.
    pub(super) fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    /// When everything that is asked about one file has to be answered.
    pub(super) fn deadline(&self) -> Instant {
        Instant::now() + self.timeout
    }

    /// Waits for the end of some work.
    pub(super) fn block_on<T: Default>(&self, work: impl Future<Output = T>) -> T {
        // The runtime is there until the network is dropped.
        let runtime = self.runtime.as_ref();
        runtime.map_or_else(T::default, |runtime| runtime.block_on(work))
    }

    /// Whether a proxy stands between, which resolves the name in our place.
    pub(super) fn is_proxied(&self, url: &Url) -> bool {
        url.as_str()
            .parse()
            .is_ok_and(|uri| self.proxies.intercept(&uri).is_some())
    }

    /// Asks, if that is allowed.
    pub(super) async fn ask(
        &self,
        request: &Request<'_>,
        deadline: Instant,
    ) -> Result<Answer, Silence> {
        let url = request.url();
        self.hosts
            .check(url)
            .map_err(|refused| Silence::new(format!("not asked: {refused}")))?;
        let late = || {
            let seconds = self.timeout.as_secs_f32();
            Silence::new(format!("no answer within {seconds} s (`--timeout`)"))
        };
        let slot = self.slot(url);
        let Ok(Ok(_slot)) = tokio::time::timeout_at(deadline, slot.acquire()).await else {
            return Err(late());
        };
        let counted = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            });
        if counted.is_err() {
            return Err(Silence::new(format!(
                "not asked: a run asks {PER_RUN} times at most"
            )));
        }
        let begun = Instant::now();
        let answered = tokio::time::timeout_at(deadline, self.exchange(request, begun)).await;
        let silence = match answered {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(silence)) => silence,
            Err(_) => late(),
        };
        Err(Silence {
            ms: Some(millis(begun)),
            proxied: self.is_proxied(url),
            ..silence
        })
    }

    async fn exchange(&self, request: &Request<'_>, begun: Instant) -> Result<Answer, Silence> {
        let asked = match request {
            Request::Get(url) => self.client.get((*url).clone()),
            Request::Form {
                url,
                fields,
                client_id,
                secret,
            } => {
                let mut body = url::form_urlencoded::Serializer::new(String::new());
                body.extend_pairs(*fields);
                self.client
                    .post((*url).clone())
                    .basic_auth(client_id, Some(secret.reveal()))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .body(body.finish())
            }
        };
        let mut response = asked
            .header(ACCEPT, "application/json, text/html;q=0.9")
            .send()
            .await
            .map_err(|error| Silence::new(why(&error)))?;
        let status = response.status();
        let location = response.headers().get(LOCATION);
        let location = location
            .filter(|_| status.is_redirection())
            .and_then(|location| request.url().join(location.to_str().ok()?).ok());
        let mut body = Vec::new();
        while !status.is_redirection() {
            let chunk = response
                .chunk()
                .await
                .map_err(|error| Silence::new(why(&error)))?;
            let Some(chunk) = chunk else { break };
            if body.len() + chunk.len() > LONGEST_BODY {
                return Err(Silence::new("the answer is larger than 1 MiB"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status: status.as_u16(),
            location,
            body,
            ms: millis(begun),
            proxied: self.is_proxied(request.url()),
        })
    }

    fn slot(&self, url: &Url) -> Arc<Semaphore> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = slots
            .entry(host)
            .or_insert_with(|| Arc::new(Semaphore::new(PER_HOST)));
        Arc::clone(slot)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        // The system's resolver cannot be interrupted, and nobody waits for it any more.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn millis(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// The names of the proxies in the environment: what two URLs that no exception is likely to name
/// would be sent through.
fn proxy_names(proxies: &Matcher) -> Vec<String> {
    ["http://proxied.invalid/", "https://proxied.invalid/"]
        .iter()
        .filter_map(|url| {
            proxies
                .intercept(&url.parse().ok()?)?
                .uri()
                .host()
                .map(str::to_owned)
        })
        .collect()
}

/// Why there was no answer, without the URL, which may hold the client id.
fn why(error: &reqwest::Error) -> String {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(unreachable) = error.downcast_ref::<Unreachable>() {
            return unreachable.to_string();
        }
        cause = error.source();
    }
    if error.is_timeout() {
        format!("no connection within {} s", CONNECT.as_secs())
    } else {
        innermost(error)
    }
}

fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
