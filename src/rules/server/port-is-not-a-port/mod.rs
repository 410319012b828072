use crate::finding::{Findings, Rule};
use crate::rules::Context;
use crate::yaml::Value;

pub(super) static RULE: Rule =
    Rule::error("port-is-not-a-port").consoleme("consoleme/__main__.py:45").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "tornado.port";
    let Some(port) = context.truthy(key) else { return };
    let usable = match port.value() {
        Value::Int(number) => u16::try_from(number.clone()).is_ok(),
        Value::Str(text) => text.parse::<u16>().is_ok(),
        _ => false,
    };
    if !usable {
        findings
            .report(&RULE, context.place(key))
            .message(format!(
                "`tornado.port` is `{}`, which is no port; ConsoleMe does not listen where you expect it",
                context.config.written(port)
            ))
            .help("write a number from 1 to 65535, such as 8081");
    }
}
