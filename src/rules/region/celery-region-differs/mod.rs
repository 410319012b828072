use crate::cognito::MetadataUrl;
use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("celery-region-differs").consoleme("consoleme/celery_tasks/celery_tasks.py:825").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "celery.active_region";
    let Some(active) = context.text(key) else { return };
    let pool = context
        .text("get_user_by_oidc_settings.metadata_url")
        .and_then(|url| url.parse::<MetadataUrl>().ok())
        .map(|url| url.host_region().to_string());
    let (other, said_by) = match (context.text("aws.region"), pool) {
        (Some(region), _) => (region.to_owned(), "`aws.region`"),
        (None, Some(region)) => (region, "the user pool"),
        (None, None) => return,
    };
    if active != other {
        findings
            .report(&RULE, context.place(key))
            .message(format!(
                "`celery.active_region` is {active}, but {said_by} says {other}; unless ConsoleMe runs in {active}, it syncs nothing"
            ))
            .help("name the region that ConsoleMe runs in");
    }
}
