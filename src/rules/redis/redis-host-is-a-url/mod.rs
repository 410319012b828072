use crate::finding::{Findings, Fix, Place, Rule};
use crate::rules::Context;
use crate::yaml::quote;
use url::Url;

pub(super) static RULE: Rule =
    Rule::warning("redis-host-is-a-url").consoleme("consoleme/lib/redis.py:350").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let hosts = context.get("redis.host");
    for (name, host) in hosts.iter().flat_map(|hosts| hosts.entries()) {
        let Some(text) = host.as_str().filter(|text| text.contains("://")) else { continue };
        let key = format!("redis.host.{}", name.as_str().unwrap_or_default());
        let url = Url::parse(text).ok();
        let host_alone = url.as_ref().and_then(alone).and_then(|name| context.config.replace(host, &quote(name)));
        let name = url.as_ref().and_then(Url::host_str).unwrap_or("redis.internal");
        findings
            .report(&RULE, Place::of(host, key.clone()))
            .message(format!("`{key}` is a URL; ConsoleMe looks for a host of that name and goes on without its cache"))
            .help(format!("write the host alone: `{name}`"))
            .fix(Fix::safe(host_alone));
    }
}

/// The host, where the URL says nothing else that would be lost.
fn alone(url: &Url) -> Option<&str> {
    let is_alone = url.username().is_empty()
        && url.password().is_none()
        && url.port().is_none_or(|port| port == 6379)
        && matches!(url.path(), "" | "/" | "/0");
    url.host_str().filter(|_| is_alone)
}
