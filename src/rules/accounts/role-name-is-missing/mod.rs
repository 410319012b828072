use crate::finding::{Findings, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::warning("role-name-is-missing").consoleme("consoleme/celery_tasks/celery_tasks.py:830").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "policies.role_name";
    let several = context.get("account_ids_to_name").is_some_and(|accounts| accounts.entries().count() > 1);
    let empty = context.get(key).is_some_and(|name| !name.is_truthy());
    if several && (empty || context.lacks(key)) {
        findings
            .report(&RULE, context.place(key))
            .message(format!("`{key}` is missing beside several accounts; ConsoleMe takes on no role in them, and shows its own account's roles for each"))
            .help("write the name of the role that ConsoleMe takes on in every account, such as `ConsoleMe`");
    }
}
