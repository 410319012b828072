//! Keys that ConsoleMe never asks for, and the ones that were meant.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::consoleme::{Catalogue, Config, Key, Status};
use crate::finding::{Finding, Fix, Place, Rule, Safety, Severity};
use crate::yaml::{Node, Step, Value};

use super::{Comparison, Located, instance, join, outcome, severity_word};

/// A key that has a newer name; ConsoleMe reads it all the same.
pub(super) static DEPRECATED_KEY: Rule = rule!(info "deprecated-key");
/// A key inside a section, written with dots at one level.
pub(super) static DOTTED_KEY: Rule = rule!(warning "dotted-key");
/// A key that belongs into another section.
pub(super) static MISPLACED_KEY: Rule = rule!(warning "misplaced-key");
/// A key that is spelt almost like one that ConsoleMe asks for.
pub(super) static MISSPELT_KEY: Rule = rule!(warning "misspelt-key");
/// A key that ConsoleMe knows by another name.
pub(super) static RENAMED_KEY: Rule = rule!(warning "renamed-key");
/// A key that ConsoleMe never asks for.
pub(super) static UNKNOWN_KEY: Rule = rule!(warning "unknown-key");
/// A key that is around, in examples and guides, and that nothing reads.
pub(super) static UNREAD_KEY: Rule = rule!(info "unread-key");

/// More sections than this make a name too common to say that it is in the wrong one.
const MOST_HOMES: usize = 3;

/// A key that ConsoleMe does not read where it stands.
pub(super) struct Name<'c> {
    /// The section that it stands in.
    pub section: Located<'c>,
    /// The name.
    pub node: Node<'c>,
    /// What stands under it.
    pub value: Node<'c>,
}

/// Adds what is wrong with a name. The finding takes the place, and the severity, of those that
/// miss the key that was meant.
pub(super) fn report(name: &Name<'_>, comparison: &mut Comparison<'_, '_>) {
    let Comparison {
        config,
        known,
        told,
        ..
    } = comparison;
    let Name { section, node, .. } = name;
    let text = node.as_str().unwrap_or_else(|| config.written(*node));
    let key = join(&section.key, text);
    let place = Place::of(*node, key.clone());
    if known.has_name(&place) {
        return;
    }
    let Some(told_of) = judge(name, text, &key) else {
        return;
    };
    let worst = told_of.meant.as_deref().and_then(|meant| {
        let misses = |finding: &Finding| finding.place.is_missing_in(meant);
        known.drop_where(misses).max(told.drop_where(misses))
    });
    let finding = told.report(told_of.rule, place);
    finding.message(told_of.message).help(told_of.help);
    finding.fix(told_of.remedy.fix(config, name, told_of.meant.as_deref()));
    let own = told_of.severity.unwrap_or(told_of.rule.severity);
    finding.severity(worst.map_or(own, |worst| worst.max(own)));
}

/// What there is to tell of a name.
struct Told {
    rule: &'static Rule,
    severity: Option<Severity>,
    message: String,
    help: String,
    /// The key that was meant, where there is no doubt.
    meant: Option<String>,
    remedy: Remedy,
}

/// What makes a name right.
enum Remedy {
    /// Nobody knows.
    Unknown,
    /// To write it as this one, which is in the same section.
    Rename(&'static str, Safety),
    /// To bring it where the key that was meant is.
    Move(Safety),
    /// To take it out.
    Remove,
}

impl Remedy {
    fn fix(&self, config: &Config, name: &Name<'_>, meant: Option<&str>) -> Option<Fix> {
        let section = &name.section.key;
        let entry = Step {
            map: name.section.node,
            key: name.node,
            value: name.value,
        };
        match self {
            Self::Unknown => None,
            Self::Rename(right, safety) => Fix::of(*safety, config.rename(entry, right)),
            Self::Move(safety) => {
                let holds_secret = Catalogue::at(meant?).is_some_and(Catalogue::holds_secret);
                let change = config.relocate(section, entry, meant?);
                // The value may go along, and nobody knows of a secret in the wrong place.
                if holds_secret {
                    Fix::secret(change)
                } else {
                    Fix::of(*safety, change)
                }
            }
            Self::Remove => Fix::risky(config.remove_entry(section, entry)),
        }
    }
}

impl Told {
    fn new(rule: &'static Rule, message: String, help: String) -> Self {
        Self {
            rule,
            severity: None,
            message,
            help,
            meant: None,
            remedy: Remedy::Unknown,
        }
    }

    fn remedy(self, remedy: Remedy) -> Self {
        Self { remedy, ..self }
    }

    fn meaning(self, key: impl Into<String>) -> Self {
        Self {
            meant: Some(key.into()),
            ..self
        }
    }
}

fn judge(name: &Name<'_>, text: &str, key: &str) -> Option<Told> {
    let section = &name.section;
    if let Some(outdated) = section.catalogue.and_then(|section| section.key(text))
        && matches!(outdated.status(), Status::NeverRead | Status::Deprecated)
    {
        let mut told = judge_outdated(outdated, text, key);
        let default = outdated
            .use_instead()
            .and_then(|key| Catalogue::at(key)?.default());
        if default.is_some() && instance::of(name.value).as_ref() == default {
            // It would change nothing under its right name either.
            told.severity = Some(Severity::Info);
        }
        return Some(told);
    }
    if let Some(dotted) = judge_dotted(section, text, key) {
        return Some(dotted);
    }
    let is_root = section.key.is_empty();
    // Beside the key itself, one that resembles it may be for a plugin.
    let may_be_meant = |near: &&str| !is_root || section.node.entry(near).is_none();
    if let Some(near) = nearest(text, siblings(section), is_root).filter(may_be_meant) {
        return Some(misspelt(section, key, near));
    }
    let homes = homes(text, name.value);
    if (1..=MOST_HOMES).contains(&homes.len()) {
        return Some(misplaced(section, text, &homes));
    }
    if is_root {
        // It may well be for a plugin.
        return None;
    }
    if let Some(longer) = siblings(section).find(|sibling| shares_words(text, sibling)) {
        return Some(misspelt(section, key, longer));
    }
    let message = if unknown_severity(section).is_some() {
        let outcome = outcome::of_section(section.catalogue);
        format!("`{}` does not take `{text}`{outcome}", section.key)
    } else {
        format!("ConsoleMe never asks for `{key}`")
    };
    let help = "correct the name, or remove the line".to_owned();
    Some(Told {
        severity: unknown_severity(section),
        ..Told::new(&UNKNOWN_KEY, message, help)
    })
}

/// A name with dots in it that would be a key if its parts stood one below the other. At the top
/// level it is enough that the first of them is a section: not even a plugin finds such a name.
fn judge_dotted(section: &Located<'_>, text: &str, key: &str) -> Option<Told> {
    let (parents, last) = text.rsplit_once('.')?;
    let is_known = Catalogue::at(key).is_some();
    let first = section.catalogue?.key(text.split('.').next()?);
    let is_section = first.is_some_and(|first| first.named().next().is_some());
    let is_hopeless = section.key.is_empty() && is_section;
    if !(is_known || is_hopeless) {
        return None;
    }
    let home = join(&section.key, parents);
    let message = format!(
        "ConsoleMe never finds `{text}`, which is one name with dots in it: it looks for `{last}` under `{home}`"
    );
    let nested: Vec<&str> = parents.split('.').chain([last]).collect();
    let help = format!(
        "write each name on its own line, indented: {}",
        path(&nested)
    );
    let told = Told::new(&DOTTED_KEY, message, help);
    Some(if is_known {
        told.meaning(key).remedy(Remedy::Move(Safety::Safe))
    } else {
        told
    })
}

fn judge_outdated(outdated: Catalogue, text: &str, key: &str) -> Told {
    let last = |path: &'static str| path.rsplit('.').next().unwrap_or(path);
    let section = |path: &str| path.rsplit_once('.').map(|(section, _)| section.to_owned());
    let renamed = |instead, safety| {
        if section(instead) == section(key) {
            Remedy::Rename(last(instead), safety)
        } else {
            Remedy::Move(safety)
        }
    };
    match outdated.use_instead() {
        Some(instead) if outdated.status() == Status::Deprecated => {
            let message = format!(
                "`{key}` is an old name, which ConsoleMe still reads; the key is called `{instead}` now"
            );
            Told::new(
                &DEPRECATED_KEY,
                message,
                format!("write `{}`", last(instead)),
            )
            .remedy(renamed(instead, Safety::Safe))
        }
        Some(instead) if last(instead) == text => {
            let message = format!("ConsoleMe looks for `{text}` {}, not here", home(instead));
            let help = format!("write it {}", home(instead));
            Told::new(&MISPLACED_KEY, message, help)
                .meaning(instead)
                .remedy(Remedy::Move(Safety::Unsafe))
        }
        Some(instead) => {
            let message = format!("ConsoleMe never asks for `{key}`; what it reads is `{instead}`");
            Told::new(&RENAMED_KEY, message, format!("write `{instead}`"))
                .meaning(instead)
                .remedy(renamed(instead, Safety::Unsafe))
        }
        None => Told::new(
            &UNREAD_KEY,
            format!("ConsoleMe never reads `{key}`"),
            "remove the line".to_owned(),
        )
        .remedy(Remedy::Remove),
    }
}

fn misspelt(section: &Located<'_>, key: &str, near: &'static str) -> Told {
    let meant = join(&section.key, near);
    let message = format!("ConsoleMe never asks for `{key}`; did you mean `{meant}`?");
    Told {
        severity: unknown_severity(section),
        ..Told::new(&MISSPELT_KEY, message, format!("write `{near}`"))
            .meaning(meant)
            .remedy(Remedy::Rename(near, Safety::Unsafe))
    }
}

fn misplaced(section: &Located<'_>, text: &str, homes: &[String]) -> Told {
    let places: Vec<String> = homes.iter().map(|key| home(key)).collect();
    let places = places.join(" or ");
    let here = match section.key.as_str() {
        "" => "at the top level".to_owned(),
        section => format!("under `{section}`"),
    };
    let message = format!("ConsoleMe looks for `{text}` {places}, not {here}");
    let told = Told::new(&MISPLACED_KEY, message, format!("write it {places}"));
    match homes {
        [only] => told.meaning(only).remedy(Remedy::Move(Safety::Unsafe)),
        _ => told,
    }
}

/// Where a key stands, in words.
fn home(key: &str) -> String {
    match key.rsplit_once('.') {
        Some((section, _)) => format!("under `{section}`"),
        None => "at the top level".to_owned(),
    }
}

/// `auth: {cookie: {secure: …}}`
fn path(names: &[&str]) -> String {
    let (open, close): (Vec<_>, Vec<_>) = match names.split_last() {
        Some((_, sections)) => sections
            .iter()
            .map(|name| (format!("{name}: {{"), "}"))
            .unzip(),
        None => return String::new(),
    };
    let last = names.last().copied().unwrap_or_default();
    format!("`{}{last}: …{}`", open.concat(), close.concat())
}

fn siblings(section: &Located<'_>) -> impl Iterator<Item = &'static str> {
    let named = section.catalogue.into_iter().flat_map(Catalogue::named);
    named
        .filter(|(_, at)| at.status() != Status::NeverRead)
        .map(|(name, _)| name)
}

fn unknown_severity(section: &Located<'_>) -> Option<Severity> {
    let word = section
        .catalogue?
        .annotation("x-consoleme-unknown-severity")?;
    severity_word(word.as_str()?)
}

/// The keys of this name that would take the value. A single word, such as `name`, means something
/// else in each section, unless a whole section stands under it.
fn homes(text: &str, value: Node<'_>) -> Vec<String> {
    if !text.contains('_') && !value.is_map() {
        return Vec::new();
    }
    /// The keys by their last name, without those that have free names on the way.
    static BY_NAME: LazyLock<HashMap<String, Vec<Key>>> = LazyLock::new(|| {
        let mut by_name: HashMap<String, Vec<Key>> = HashMap::new();
        for key in Catalogue::keys() {
            if key.at.status() == Status::Read && !key.path.contains([':', '<', '[']) {
                let last = key.path.rsplit('.').next().unwrap_or_default();
                by_name.entry(last.to_owned()).or_default().push(key);
            }
        }
        by_name
    });
    let ending = format!(".{text}");
    let last = text.rsplit('.').next().unwrap_or_default();
    let keys = BY_NAME.get(last).into_iter().flatten();
    keys.filter(|key| key.path == text || key.path.ends_with(&ending))
        .filter(|key| takes(key.at, value))
        .map(|key| key.path.clone())
        .collect()
}

fn takes(catalogue: Catalogue, value: Node<'_>) -> bool {
    let types = catalogue.types();
    let one_of = |names: &[&str]| types.iter().any(|name| names.contains(name));
    match value.value() {
        Value::Bool(_) => one_of(&["boolean"]),
        Value::Int(_) | Value::Float(_) => one_of(&["integer", "number"]),
        Value::Str(_) => one_of(&["string"]),
        Value::List(_) => one_of(&["array"]),
        Value::Map(_) => one_of(&["object"]),
        _ => false,
    }
}

/// The known name that a text is a slip of.
pub(crate) fn nearest<'n>(
    text: &str,
    names: impl Iterator<Item = &'n str>,
    strict: bool,
) -> Option<&'n str> {
    let even = |text: &str| text.to_lowercase().replace('-', "_");
    let lower = even(text);
    let close = names.filter_map(|name| {
        let (length, other) = (lower.chars().count(), name.chars().count());
        let letters = length.min(other);
        let most = match (letters, strict) {
            // Of short names too many are words of their own.
            (0..=2, _) => 0,
            (3..=4, true) => usize::from(is_swapped(&lower, name)),
            (3..=4, false) => 1,
            (5..=8, true) => 1,
            (5..=8, false) => 2,
            (_, true) => 2,
            (letters, false) => letters / 4,
        };
        // No slip is smaller than the difference in length, which costs nothing to know.
        let distance =
            (length.abs_diff(other) <= most).then(|| strsim::osa_distance(&lower, &even(name)))?;
        (distance <= most).then_some((distance, name))
    });
    close.min().map(|(_, name)| name)
}

/// Whether two words are made of the same letters.
fn is_swapped(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

/// Whether one name is the other with words before or behind it: `client_secret` and `secret`.
fn shares_words(one: &str, other: &str) -> bool {
    let within = |short: &str, long: &str| {
        let rest = long.strip_prefix(short).map(|rest| rest.starts_with('_'));
        let start = long.strip_suffix(short).map(|start| start.ends_with('_'));
        short.chars().count() > 3 && (rest == Some(true) || start == Some(true))
    };
    within(one, other) || within(other, one)
}
