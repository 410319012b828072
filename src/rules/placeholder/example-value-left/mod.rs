use crate::finding::{Findings, Place, Rule};
use crate::rules::Context;
use crate::yaml::Node;

pub(super) static RULE: Rule =
    Rule::warning("example-value-left").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

/// Values that stand in ConsoleMe's own example files, and that no installation has by itself.
const EXAMPLES: [(&str, &str); 8] = [
    ("application_admin", "consoleme_admins@example.com"),
    ("aws.issuer", "YourCompany"),
    ("groups.can_admin_policies", "consoleme_admins@example.com"),
    ("groups.can_edit_config", "configeditors@example.com"),
    ("ses.arn", "arn:aws:ses:us-east-1:123456789012:identity/example.com"),
    ("ses.consoleme.sender", "consoleme_test@example.com"),
    ("support_chat_url", "https://www.example.com/slack/channel"),
    ("support_contact", "consoleme-support@example.com"),
];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for (key, example) in EXAMPLES {
        let Some(value) = context.get(key) else { continue };
        let item = value.items().zip(0..).find(|(item, _)| item.as_str() == Some(example));
        let place = match item {
            Some((item, index)) => Place::of(item, format!("{key}[{index}]")),
            None if Node::as_str(value) == Some(example) => Place::of(value, key),
            None => continue,
        };
        findings
            .report(&RULE, place)
            .message(format!("`{key}` still has the value of ConsoleMe's example file"))
            .help("write a value of your own, or remove the line");
    }
}
