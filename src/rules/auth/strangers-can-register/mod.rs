use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("strangers-can-register").consoleme("consoleme/handlers/v2/user.py:57").not_tried("the users' table of ConsoleMe's own passwords").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "auth.allow_user_registration";
    let passwords = context.truthy("auth.get_user_by_password").is_some();
    let (true, Some(_), Some(severity)) = (passwords, context.truthy(key), context.developers_only()) else { return };
    findings
        .report(&RULE, context.place(key))
        .severity(severity)
        .message(format!("`{key}` is on; anybody can register any e-mail address that is not taken, an administrator's too, and logs in with it"))
        .help("remove the line, and let an administrator add users")
            .fix(Fix::risky(context.config.remove(key)));
}
