//! `# consoleme-cfg: ignore[rule-id] reason`: what a comment says to this program.

use std::ops::Range;

/// What every such comment starts with, after its `#`.
const NAME: &str = "consoleme-cfg";

/// A comment that suppresses findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive<'t> {
    /// Whether it is for the whole file, rather than for one line.
    pub whole_file: bool,
    /// Where the rules' ids stand in the comment; at least one.
    pub ids: Vec<Range<usize>>,
    /// Why, for people.
    pub reason: &'t str,
}

/// What is wrong with a comment that is meant for this program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// No colon after the program's name.
    #[error("a colon is missing after `consoleme-cfg`")]
    NoColon,
    /// Neither `ignore` nor `ignore-file`.
    #[error("neither `ignore[` nor `ignore-file[` follows")]
    NotIgnore,
    /// No list of rules.
    #[error("no list of rules in square brackets follows")]
    NoList,
    /// The list does not end.
    #[error("the square bracket is not closed")]
    Unclosed,
    /// The list holds nothing, or nothing between two commas.
    #[error("a rule is missing in the square brackets")]
    EmptyName,
}

/// What a comment says to this program; nothing where it is for people only. Other programs'
/// comments may stand before it: `# noqa # consoleme-cfg: …`.
pub fn directive(comment: &str) -> Option<(Range<usize>, Result<Directive<'_>, Malformed>)> {
    let hashes = comment.match_indices('#').map(|(at, _)| at + 1);
    let (start, after) = hashes.filter_map(|at| ours(comment, at)).next()?;
    let end = comment.trim_end().len();
    Some((start..end, parse(comment, after)))
}

/// Where the program's name starts and ends, if it is what follows a `#` and something for the
/// program follows it.
fn ours(comment: &str, hash: usize) -> Option<(usize, usize)> {
    let start = skip_blanks(comment, hash);
    let rest = comment.get(start..)?.strip_prefix(NAME)?;
    let next = rest.trim_start();
    let is_ours = next.starts_with(':') || rest != next && next.starts_with("ignore");
    is_ours.then_some((start, start + NAME.len()))
}

fn parse(comment: &str, after_name: usize) -> Result<Directive<'_>, Malformed> {
    let rest = |at: usize| comment.get(at..).unwrap_or_default();
    let colon = skip_blanks(comment, after_name);
    if !rest(colon).starts_with(':') {
        return Err(Malformed::NoColon);
    }
    let word = skip_blanks(comment, colon + 1);
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let length = rest(word).find(|c| !letters(c));
    let end = length.map_or(comment.len(), |length| word + length);
    let whole_file = match comment.get(word..end) {
        Some("ignore") => false,
        Some("ignore-file") => true,
        _ => return Err(Malformed::NotIgnore),
    };
    let open = skip_blanks(comment, end);
    let list = rest(open).strip_prefix('[').ok_or(Malformed::NoList)?;
    let (list, reason) = list.split_once(']').ok_or(Malformed::Unclosed)?;
    let mut at = open + 1;
    let mut ids = Vec::new();
    for part in list.split(',') {
        let id = part.trim();
        if id.is_empty() {
            return Err(Malformed::EmptyName);
        }
        let start = at + part.len() - part.trim_start().len();
        ids.push(start..start + id.len());
        at += part.len() + 1;
    }
    Ok(Directive {
        whole_file,
        ids,
        reason: reason.trim(),
    })
}

fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.len() - rest.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(comment: &str) -> Result<(bool, Vec<&str>, &str), Malformed> {
        let (_, directive) = directive(comment).expect("it is for this program");
        let directive = directive?;
        let ids = directive.ids.into_iter().map(|id| comment.get(id).unwrap());
        Ok((directive.whole_file, ids.collect(), directive.reason))
    }

    #[test]
    fn comments_for_this_program() {
        let one = Ok((false, vec!["a-b"], ""));
        assert_eq!(said("# consoleme-cfg: ignore[a-b]"), one);
        assert_eq!(said("#consoleme-cfg:ignore[a-b]"), one);
        assert_eq!(said("##  consoleme-cfg : ignore [ a-b ] "), one);
        assert_eq!(
            said("# consoleme-cfg: ignore[a,b-c , d] It's [fine]. "),
            Ok((false, vec!["a", "b-c", "d"], "It's [fine]."))
        );
        assert_eq!(
            said("# noqa # consoleme-cfg: ignore-file[a] größer"),
            Ok((true, vec!["a"], "größer"))
        );
        for (comment, malformed) in [
            ("# consoleme-cfg ignore[a]", Malformed::NoColon),
            ("# consoleme-cfg: ingore[a]", Malformed::NotIgnore),
            ("# consoleme-cfg:", Malformed::NotIgnore),
            ("# consoleme-cfg: ignored[a]", Malformed::NotIgnore),
            ("# consoleme-cfg: ignore a", Malformed::NoList),
            ("# consoleme-cfg: ignore", Malformed::NoList),
            ("# consoleme-cfg: ignore[a", Malformed::Unclosed),
            ("# consoleme-cfg: ignore[]", Malformed::EmptyName),
            ("# consoleme-cfg: ignore[a,]", Malformed::EmptyName),
        ] {
            assert_eq!(said(comment), Err(malformed), "{comment}");
        }
    }

    #[test]
    fn comments_for_people() {
        for comment in [
            "#",
            "# Check it:  consoleme-cfg validate FILE",
            "# consoleme-cfg wrote this file",
            "# consoleme-cfgs: ignore[a]",
            "# a consoleme-cfg: ignore[a]",
            "#ignore[a]",
        ] {
            assert_eq!(directive(comment), None, "{comment}");
        }
    }
}
