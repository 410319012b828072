use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("example-banner-is-on").consoleme("consoleme/handlers/v2/user_profile.py:28").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "example_config.is_example_config";
    if context.truthy(key).is_some() {
        findings
            .report(&RULE, context.place(key))
            .message("`example_config` is still there; ConsoleMe tells everybody on every page that it has no authentication")
            .help("remove the section `example_config`")
            .fix(Fix::risky(context.config.remove("example_config")));
    }
}
