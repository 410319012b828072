use crate::consoleme::Environment;
use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;
use url::Url;

pub(super) static RULE: Rule =
    Rule::warning("local-endpoint-left").consoleme("consoleme/lib/dynamo.py:67").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    if context.environment != Environment::Production {
        return;
    }
    let outcomes = [
        ("dynamodb_server", Severity::Warning, "finds none of its data"),
        ("boto3.client_kwargs.endpoint_url", Severity::Error, "does not start unless something there plays AWS"),
    ];
    for (key, severity, outcome) in outcomes {
        let host = context.text(key).and_then(|text| Some(Url::parse(text).ok()?.host_str()?.to_owned()));
        if host.is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host.as_str())) {
            findings
                .report(&RULE, context.place(key))
                .severity(severity)
                .message(format!("`{key}` names this machine; ConsoleMe talks to it instead of AWS, and {outcome}"))
                .help("remove the line")
                .fix(Fix::risky(context.config.remove(key)));
        }
    }
}
