//! What makes a value right, where its own text shows what was meant.

use jsonschema::error::ValidationErrorKind;

use super::Located;
use crate::consoleme::{Catalogue, Config};
use crate::finding::{Fix, Severity};
use crate::yaml::{Value, quote};

/// Of a value of another type than ConsoleMe needs.
pub(super) fn of_type(config: &Config, at: &Located<'_>, severity: Severity) -> Option<Fix> {
    let node = at.node;
    let types = at.catalogue.map(Catalogue::types).unwrap_or_default();
    let needs = |name| types.contains(&name);
    let items_are = |name| {
        let item = at.catalogue.and_then(Catalogue::item);
        item.is_some_and(|item| item.types().contains(&name))
    };
    match node.value() {
        // Where the start or the login fails over it, nothing is lost with it.
        Value::Null => Fix::safe_if(severity == Severity::Error, config.remove(&at.key)),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Timestamp(_)
            if needs("string") =>
        {
            Fix::safe(config.quote(node))
        }
        Value::Str(text) if needs("array") && items_are("string") => {
            let is_one = !text.contains([' ', ',', '\n']);
            Fix::safe_if(is_one, config.wrap_in_list(node))
        }
        Value::Str(text) if needs("boolean") => match text.to_lowercase().as_str() {
            "true" | "yes" | "on" => Fix::safe(config.replace(node, "true")),
            // Python takes the word for true, so that it works the other way round today.
            "false" | "no" | "off" => Fix::risky(config.replace(node, "false")),
            _ => None,
        },
        Value::Str(text) if needs("integer") || needs("number") => {
            let is_number = text
                .parse::<u32>()
                .is_ok_and(|number| number.to_string() == **text);
            Fix::safe(config.replace(node, text).filter(|_| is_number))
        }
        Value::Str(_) if needs("object") => {
            let global = at.catalogue?.named().find(|(name, _)| *name == "global");
            let takes_text = global.is_some_and(|(_, global)| global.types().contains(&"string"));
            Fix::safe(
                config
                    .wrap_in_section(node, "global")
                    .filter(|_| takes_text),
            )
        }
        Value::Map(_) if needs("array") && items_are("object") => {
            Fix::safe(config.wrap_in_list(node))
        }
        _ => None,
    }
}

/// Of a word that only differs in capital letters from one that ConsoleMe knows.
pub(super) fn of_value(
    config: &Config,
    at: &Located<'_>,
    kind: &ValidationErrorKind,
) -> Option<Fix> {
    let ValidationErrorKind::Enum { options } = kind else {
        return None;
    };
    let text = at.node.as_str()?;
    let mut words = options.as_array()?.iter().filter_map(|word| word.as_str());
    let word = words.find(|word| word.eq_ignore_ascii_case(text))?;
    Fix::safe(config.replace(at.node, &quote(word)))
}
