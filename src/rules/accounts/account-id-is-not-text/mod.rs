use crate::cognito::AccountId;
use crate::finding::{Findings, Fix, Place, Rule};
use crate::rules::Context;
use crate::yaml::Value;

pub(super) static RULE: Rule =
    Rule::warning("account-id-is-not-text").consoleme("consoleme/lib/account_indexers/local_config.py:9").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(accounts) = context.get("account_ids_to_name") else { return };
    for (id, _) in accounts.entries() {
        let written = context.config.written(id);
        let place = Place::of(id, format!("account_ids_to_name.{written}"));
        match id.value() {
            Value::Int(number) => {
                // Twelve digits as they stand there, whatever number Python makes of them.
                let is_id = written.parse::<AccountId>().is_ok();
                let quoted = is_id.then(|| context.config.quote(id)).flatten();
                findings
                    .report(&RULE, place)
                    .message(format!(
                        "the account id `{written}` is not in quotes; ConsoleMe reads the number {number}"
                    ))
                    .help(format!("write \"{written}\" in quotes"))
                    .fix(Fix::safe(quoted));
            }
            Value::Str(text) => {
                if let Err(error) = text.parse::<AccountId>() {
                    findings
                        .report(&RULE, place)
                        .message(format!("{error}; ConsoleMe lists an account that does not exist"))
                        .help("write the twelve digits of the account's id, in quotes");
                }
            }
            _ => {
                findings
                    .report(&RULE, place)
                    .message(format!("the account id `{written}` is {}", id.type_name()))
                    .help("write the twelve digits of the account's id, in quotes");
            }
        }
    }
}
