//! Which files are configurations of ConsoleMe, told without reading them as YAML, so that a broken
//! one is told too.

use std::collections::HashSet;

use super::Catalogue;

/// Whether a text looks like a configuration of ConsoleMe. Of its lines' names that are ConsoleMe's
/// at the top level, those of several words are hardly anybody else's: two of them are enough, or
/// one with two others. With `extends`, any other name is.
pub fn is_configuration(text: &[u8]) -> bool {
    let known: HashSet<&str> = Catalogue::root().named().map(|(name, _)| name).collect();
    let names: HashSet<&str> = names(text).filter(|name| known.contains(name)).collect();
    let own = names.iter().filter(|name| name.contains('_')).count();
    match names.contains("extends") {
        true => names.len() > 1,
        false => own > 1 || own == 1 && names.len() > 2,
    }
}

/// Whether a text has `extends` at its top level.
pub fn may_extend(text: &[u8]) -> bool {
    names(text).any(|name| name == "extends")
}

/// The names at the beginning of lines.
fn names(text: &[u8]) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let lines = text.split(|byte| matches!(byte, b'\n' | b'\r'));
    lines.filter_map(|line| {
        let end = line.iter().position(|byte| *byte == b':')?;
        let name = std::str::from_utf8(line.get(..end)?).ok()?;
        Some(name.trim_end().trim_matches(['"', '\'']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configurations_and_other_files() {
        for text in [
            "application_admin: a\noidc_secrets: {}\n",
            "\u{feff}'auth': {}\r\nurl : x\r\n\"jwt_secret\": [\r\n",
            "extends:\n  - base.yaml\nurl: x\n",
        ] {
            assert!(is_configuration(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "oidc_secrets:\n  client_id: x\n",
            "name: ci\non: push\nenv: {}\njobs:\n  application_admin:\n  oidc_secrets:\n",
            "environment: prod\nurl: x\nredis: y\nlogging: z\n",
            "extends: other\n",
            "# application_admin: a\n# oidc_secrets: b\n",
        ] {
            assert!(!is_configuration(text.as_bytes()), "{text}");
        }
    }
}
