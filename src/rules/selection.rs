//! Which rules a team wants to hear of.

use std::str::FromStr;

use thiserror::Error;

use super::{ends_reading, grouped};
use crate::finding::Rule;
use crate::schema::nearest;

/// The name of a rule, or of a group of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// One rule, by its id.
    Rule(&'static str),
    /// All rules of a group.
    Group(&'static str),
}

/// No rule and no group has this name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("there is no rule and no group `{name}`; {}", advice(.near))]
pub struct UnknownName {
    /// What was written.
    pub name: String,
    /// What was probably meant.
    pub near: Option<&'static str>,
}

fn advice(near: &Option<&'static str>) -> String {
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`consoleme-cfg rules` lists them".to_owned(),
    }
}

impl FromStr for Name {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        for (group, rule) in grouped() {
            if rule.id == text {
                return Ok(Self::Rule(rule.id));
            }
            if group == text {
                return Ok(Self::Group(group));
            }
        }
        let names = grouped().flat_map(|(group, rule)| [group, rule.id]);
        Err(UnknownName {
            name: text.to_owned(),
            near: nearest(text, names, false),
        })
    }
}

/// The rules to hear of. What is said of a rule itself goes before what is said of its group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these; all, where none is named.
    pub select: Vec<Name>,
    /// Not these.
    pub ignore: Vec<Name>,
}

impl Selection {
    /// Whether to tell of what a rule found. What keeps ConsoleMe from reading its configuration is
    /// always told: nothing else is known of such a configuration.
    pub fn takes(&self, rule: &Rule) -> bool {
        let by_id = |names: &[Name]| names.contains(&Name::Rule(rule.id));
        let by_group = |names: &[Name]| {
            let own = |&(_, known): &(&str, &Rule)| known.id == rule.id;
            let group = grouped().find(own).map(|(group, _)| Name::Group(group));
            group.is_some_and(|group| names.contains(&group))
        };
        if ends_reading(rule) {
            true
        } else if by_id(&self.ignore) {
            false
        } else if by_id(&self.select) {
            true
        } else if by_group(&self.ignore) {
            false
        } else {
            self.select.is_empty() || by_group(&self.select)
        }
    }

    /// Whether a rule was looked for, so that it says something when nothing was found. What only
    /// the provider can tell is looked for another time; what is no rule any more is not found.
    pub fn has_looked_for(&self, id: &str) -> bool {
        let known = grouped().find(|(_, rule)| rule.id == id);
        known.is_none_or(|(group, rule)| group != "live" && self.takes(rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(texts: &[&str]) -> Vec<Name> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn takes(select: &[&str], ignore: &[&str], id: &str) -> bool {
        let selection = Selection {
            select: names(select),
            ignore: names(ignore),
        };
        let (_, rule) = grouped().find(|(_, rule)| rule.id == id).unwrap();
        selection.takes(rule)
    }

    #[test]
    fn what_is_said_of_a_rule_goes_before_what_is_said_of_its_group() {
        let one = "url-over-http";
        assert!(takes(&[], &[], one));
        assert!(takes(&["url"], &[], one));
        assert!(!takes(&["oidc", "schema"], &[], one));
        assert!(takes(&["oidc", one], &[], one));
        assert!(!takes(&[], &["url"], one));
        assert!(!takes(&["url"], &[one], one));
        assert!(takes(&[one], &["url"], one));
        assert!(!takes(&[one], &[one], one));
    }

    #[test]
    fn what_ends_the_reading_is_always_told() {
        assert!(takes(
            &["url"],
            &["file", "unreadable-yaml"],
            "unreadable-yaml"
        ));
        assert!(!takes(&["url"], &[], "repeated-key"));
    }

    #[test]
    fn no_group_is_called_like_a_rule() {
        for (group, _) in grouped() {
            assert!(grouped().all(|(_, rule)| rule.id != group), "{group}");
        }
    }
}
