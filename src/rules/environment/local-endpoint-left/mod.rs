use crate::consoleme::Environment;
use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;
use url::Url;

pub(super) static RULE: Rule =
    Rule::warning("local-endpoint-left").consoleme("consoleme/lib/dynamo.py:67").docs(include_str!("README.md"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    if context.environment != Environment::Production {
        return;
    }
    for key in ["dynamodb_server", "boto3.client_kwargs.endpoint_url"] {
        let host = context.text(key).and_then(|text| Some(Url::parse(text).ok()?.host_str()?.to_owned()));
        if host.is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host.as_str())) {
            findings
                .report(&RULE, context.place(key))
                .message(format!("`{key}` names this machine; ConsoleMe talks to it instead of AWS"))
                .help("remove the line")
                .fix(Fix::risky(context.config.remove(key)));
        }
    }
}
