use crate::cognito::AccountId;
use crate::finding::{Findings, Fix, Place, Rule};
use crate::rules::Context;
use crate::yaml::{Node, Value};

pub(super) static RULE: Rule =
    Rule::warning("account-id-is-not-text").consoleme("consoleme/lib/account_indexers/local_config.py:9").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

/// Sections whose entries ConsoleMe asks for by the account's id, which is a text then
/// (`consoleme/celery_tasks/celery_tasks.py:1690`, `consoleme/lib/aws.py:1415`).
const ASKED_FOR: [&str; 2] = ["celery.cache_resources_from_aws_config_for_account", "get_enabled_regions_for_account"];

const HELP: &str = "write the twelve digits of the account's id, in quotes";

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, written, place) in keys(context, "account_ids_to_name") {
        match id.value() {
            Value::Int(number) => {
                let outcome = format!("ConsoleMe reads the number {number}");
                report(context, id, place, &outcome, findings);
            }
            Value::Str(text) => {
                if let Err(error) = text.parse::<AccountId>() {
                    findings
                        .report(&RULE, place)
                        .message(format!("{error}; ConsoleMe lists an account that does not exist"))
                        .help(HELP);
                }
            }
            _ => {
                findings.report(&RULE, place).message(format!("the account id `{written}` is {}", id.type_name())).help(HELP);
            }
        }
    }
    for section in ASKED_FOR {
        for (id, _, place) in keys(context, section) {
            if let Value::Int(_) = id.value() {
                report(context, id, place, "ConsoleMe asks for a text and never finds what stands here", findings);
            }
        }
    }
    for (id, key) in values(context) {
        // Where the number has the digits that stand there, its text is the id.
        if let Value::Int(number) = id.value()
            && number.to_string() != context.config.written(id)
        {
            let outcome = format!("ConsoleMe reads the number {number}");
            report(context, id, Place::of(id, key), &outcome, findings);
        }
    }
}

/// The keys of a section, as they are and as they are written.
fn keys<'c>(context: &Context<'c>, section: &str) -> impl Iterator<Item = (Node<'c>, &'c str, Place)> {
    let entries = context.get(section).into_iter().flat_map(Node::entries);
    entries.map(move |(id, _)| {
        let written = context.config.written(id);
        (id, written, Place::of(id, format!("{section}.{written}")))
    })
}

/// Account ids that are values, with their keys.
fn values<'c>(context: &Context<'c>) -> impl Iterator<Item = (Node<'c>, String)> {
    let account = "aws.account_number";
    let of_tables = context.get(account).map(|id| (id, account.to_owned()));
    let organizations = "cache_accounts_from_aws_organizations";
    let all = context.get(organizations).into_iter().flat_map(Node::items).zip(0..);
    let masters = all.filter_map(move |(organization, number)| {
        let key = "organizations_master_account_id";
        Some((organization.get(key)?, format!("{organizations}[{number}].{key}")))
    });
    of_tables.into_iter().chain(masters)
}

fn report(context: &Context<'_>, id: Node<'_>, place: Place, outcome: &str, findings: &mut Findings) {
    let written = context.config.written(id);
    // Twelve digits as they stand there, whatever number Python makes of them.
    let is_id = written.parse::<AccountId>().is_ok();
    let quoted = is_id.then(|| context.config.quote(id)).flatten();
    findings
        .report(&RULE, place)
        .message(format!("the account id `{written}` is not in quotes; {outcome}"))
        .help(format!("write \"{written}\" in quotes"))
        .fix(Fix::safe(quoted));
}
