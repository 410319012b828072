//! What `validate` and `init` share of the live checks: the flags, and the lines that show how far
//! they are.

use std::cell::RefCell;
use std::time::Duration;

use clap::Args;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::settings::either;
use crate::examine::Examined;
use crate::live::{AllowedHost, Hosts, Network, NetworkError, Options, Step};
use crate::report::Mask;
use crate::settings::{RedirectUri, Seconds, Settings};

/// How long all live checks of a file may take where nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The flags of the live checks.
#[derive(Debug, Clone, Args)]
pub(super) struct LiveArguments {
    /// Ask the provider too whether people can log in, without anybody's credentials.
    #[arg(long)]
    online: bool,

    /// A further callback URL that has to be registered; give it once for each.
    #[arg(long = "callback-url", value_name = "URL", requires = "online")]
    callback_urls: Vec<RedirectUri>,

    /// Show the client secret to the provider, once its token endpoint is proven to be its own.
    #[arg(long, requires = "online")]
    probe_secret: bool,

    /// A host to ask besides those of Cognito, wherever it is, over plain http too; give it once
    /// for each.
    #[arg(long = "allow-host", value_name = "HOST[:PORT]", requires = "online")]
    allow_hosts: Vec<AllowedHost>,

    /// How long all that is asked about one file may take [default: 15].
    #[arg(long, value_name = "SECS", requires = "online")]
    timeout: Option<Seconds>,
}

/// The network, once it is needed, and what to ask.
pub(super) struct Live {
    network: Network,
    options: Options,
    progress: bool,
}

impl LiveArguments {
    /// Makes the network ready, if it was asked for. What a flag does not say, the settings do.
    /// `progress` is for a terminal.
    ///
    /// # Errors
    /// The system has none to offer.
    pub(super) fn start(
        &self,
        settings: &Settings,
        progress: bool,
    ) -> Result<Option<Live>, NetworkError> {
        if !self.online {
            return Ok(None);
        }
        let callbacks = either(&self.callback_urls, &settings.callback_url).iter();
        let options = Options {
            callbacks: callbacks.map(|RedirectUri(url)| url.clone()).collect(),
            probe_secret: self.probe_secret,
        };
        let hosts = either(&self.allow_hosts, &settings.allow_host).to_vec();
        let timeout = self.timeout.or(settings.timeout);
        let timeout = timeout.map_or(TIMEOUT, |Seconds(timeout)| timeout);
        let network = Network::new(Hosts::new(hosts), timeout)?;
        Ok(Some(Live {
            network,
            options,
            progress,
        }))
    }
}

impl Live {
    /// Asks as `init` does: Cognito's own hosts, and nothing but the file's own callback.
    ///
    /// # Errors
    /// The system has no network to offer.
    pub(super) fn plain(progress: bool) -> Result<Self, NetworkError> {
        Ok(Self {
            network: Network::new(Hosts::default(), TIMEOUT)?,
            options: Options::default(),
            progress,
        })
    }

    /// Asks the provider of a configuration.
    pub(super) fn ask(&self, examined: &mut Examined) {
        if !self.progress {
            return examined.ask(&self.network, &self.options, &|_| {});
        }
        let lines = Lines::new(Mask::of(&examined.read));
        examined.ask(&self.network, &self.options, &|step| lines.show(step));
        // They are for the eye; what they led to is in the report. A terminal that is gone needs
        // no clearing.
        let _ = lines.all.clear();
    }
}

/// A line on standard error for each request under way.
struct Lines {
    all: MultiProgress,
    waiting: RefCell<Vec<(String, ProgressBar)>>,
    mask: Mask,
}

impl Lines {
    fn new(mask: Mask) -> Self {
        Self {
            all: MultiProgress::new(),
            waiting: RefCell::default(),
            mask,
        }
    }

    fn show(&self, step: Step<'_>) {
        let mut waiting = self.waiting.borrow_mut();
        match step {
            Step::Asked { check, target } => {
                let line = self.all.add(ProgressBar::new_spinner());
                if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
                    line.set_style(style);
                }
                let message = self.mask.line(&format!("{check} {target}"));
                line.set_message(message.clone());
                line.enable_steady_tick(Duration::from_millis(100));
                waiting.push((message, line));
            }
            Step::Answered { check, target } => {
                let message = self.mask.line(&format!("{check} {target}"));
                let first = waiting.iter().position(|(known, _)| *known == message);
                if let Some(first) = first {
                    waiting.swap_remove(first).1.finish();
                }
            }
        }
    }
}
