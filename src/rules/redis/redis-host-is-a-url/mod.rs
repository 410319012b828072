use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("redis-host-is-a-url").consoleme("consoleme/lib/redis.py:350").docs(include_str!("README.md"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let hosts = context.get("redis.host");
    for (name, host) in hosts.iter().flat_map(|hosts| hosts.entries()) {
        let Some(text) = host.as_str().filter(|text| text.contains("://")) else { continue };
        let key = format!("redis.host.{}", name.as_str().unwrap_or_default());
        findings
            .report(&RULE, crate::finding::Place::of(host, key.clone()))
            .message(format!("`{key}` is a URL; ConsoleMe looks for a host of that name and goes on without its cache"))
            .help(format!("write the host alone: `{}`", host_of(text)));
    }
}

fn host_of(url: &str) -> String {
    url::Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| "redis.internal".to_owned())
}
