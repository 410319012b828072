use super::{Edit, Editor};
use crate::yaml::{Node, Span, Style, Value};

/// How far a new section's settings stand to the right, where no other section shows it.
const INDENT: usize = 2;

/// An entry on the way from the root to a value.
#[derive(Debug, Clone, Copy)]
pub struct Step<'t> {
    /// The mapping.
    pub map: Node<'t>,
    /// The entry's key.
    pub key: Node<'t>,
    /// The entry's value.
    pub value: Node<'t>,
}

/// An entry or item as it stands in the text of its collection.
#[derive(Debug, Clone, Copy)]
struct Child {
    start: u32,
    /// None where the value is an alias.
    end: Option<u32>,
}

impl Editor<'_> {
    /// Takes the last entry of a path out. A mapping that would be left empty goes too, as ConsoleMe
    /// and others stumble over a key with nothing under it. A comment behind the entry stays.
    pub fn remove(&self, path: &[Step<'_>]) -> Option<Vec<Edit>> {
        let (Step { map, key, value }, parents) = path.split_last()?;
        let children = children(*map)?;
        let start = key.span().start;
        if children.len() > 1 || !self.is_alone(*map, start, end(*key, *value)?) {
            return self.cut(*map, &children, start);
        }
        self.remove(parents)
    }

    /// Moves the last entry of a path, if its value stands in one line, to another mapping of the same
    /// text.
    pub fn relocate(
        &self,
        path: &[Step<'_>],
        target: Node<'_>,
        names: &[&str],
    ) -> Option<Vec<Edit>> {
        let Step { key, value, .. } = path.last()?;
        let end = end(*key, *value)?;
        let is_one_line = self.line_end(key.span().start) >= end;
        let written = self.written(*value);
        if !is_one_line || written.is_empty() || value.has_properties() || value.is_shared() {
            return None;
        }
        let mut edits = self.insert(target, names, written)?;
        edits.extend(self.remove(path)?);
        self.fit(&edits).then_some(edits)
    }

    /// Takes an item out of a list that has others.
    pub fn remove_item(&self, list: Node<'_>, item: Node<'_>) -> Option<Vec<Edit>> {
        let children = children(list)?;
        (children.len() > 1).then(|| self.cut(list, &children, item.span().start))?
    }

    /// Adds an entry to a mapping, as its last one where that is possible: a key, or a key in
    /// sections that are new too, and a value as it is to stand in the text.
    pub fn insert(&self, map: Node<'_>, names: &[&str], value: &str) -> Option<Vec<Edit>> {
        let (first, rest) = names.split_first()?;
        if map.is_large() || map.entry(first).is_some() {
            return None;
        }
        let nested = rest.iter().rev().fold(value.to_owned(), |value, name| {
            format!("{{{name}: {value}}}")
        });
        let step = self.step(map);
        let sections = names.iter().enumerate();
        let mut lines: Vec<String> = sections
            .map(|(depth, name)| format!("{}{name}:", " ".repeat(depth * step)))
            .collect();
        if let Some(last) = lines.last_mut() {
            last.push(' ');
            last.push_str(value);
        }
        self.add(map, &format!("{first}: {nested}"), &lines)
    }

    /// Adds an item to a list, as it is to stand in the text.
    pub fn push(&self, list: Node<'_>, item: &str) -> Option<Vec<Edit>> {
        self.add(list, item, &[format!("- {item}")])
    }

    /// Makes a list of a mapping, with the mapping as its only item.
    pub fn wrap_map(&self, map: Node<'_>) -> Option<Vec<Edit>> {
        let span = map.span();
        if map.is_shared() || map.has_properties() || !map.is_map() {
            return None;
        }
        if map.style() == Style::Flow {
            return Some(vec![
                Edit::insert(span.start, "["),
                Edit::insert(span.end, "]"),
            ]);
        }
        let before = self.slice(self.line_start(span.start), span.start)?;
        let mut edits = self.indented(span, "- ".len());
        edits.push(Edit::insert(span.start, "- "));
        before.bytes().all(|b| b == b' ').then_some(edits)
    }

    /// Moves an entry into a new section in the place where it stands, or into several in one
    /// another: the names of the sections, and the entry's own.
    pub fn nest(&self, entry: Step<'_>, names: &[&str]) -> Option<Vec<Edit>> {
        let Step { map, key, value } = entry;
        let (first, rest) = names.split_first()?;
        let is_section =
            |other: Node<'_>| other.source() == map.source() && other.as_str() == Some(first);
        let is_free = !map.is_large()
            && !map.is_shared()
            && !map.entries().any(|(other, _)| is_section(other));
        let (start, end) = (key.span().start, end(key, value)?);
        if !is_free || key.has_properties() {
            return None;
        }
        if map.style() == Style::Flow {
            let sections: String = rest.iter().map(|name| format!(": {{{name}")).collect();
            return Some(vec![
                Edit::replace(key.span(), format!("{first}{sections}")),
                Edit::insert(end, "}".repeat(rest.len())),
            ]);
        }
        let step = self.step(map);
        let column = self.column(start)?;
        let line_break = self.line_break(start);
        let sections = rest.iter().zip(1..).map(|(name, depth)| {
            let indent = " ".repeat(column + depth * step);
            format!(":{line_break}{indent}{name}")
        });
        let sections: String = sections.collect();
        let span = Span { start, end };
        let mut edits = self.indented(span, rest.len() * step);
        edits.push(Edit::replace(key.span(), format!("{first}{sections}")));
        Some(edits)
    }

    /// Takes a child out of a collection that has others.
    fn cut(&self, whole: Node<'_>, children: &[Child], start: u32) -> Option<Vec<Edit>> {
        let index = children.iter().position(|child| child.start == start)?;
        let end = children.get(index)?.end?;
        let is_named_elsewhere = whole
            .aliased()
            .any(|span| span.start < end && start < span.end);
        // What looks like a comment may be one.
        if is_named_elsewhere || self.slice(start, end)?.contains('#') {
            return None;
        }
        let span = if whole.style() == Style::Flow {
            let before = index.checked_sub(1).and_then(|index| children.get(index));
            match children.get(index + 1) {
                Some(next) if self.is_comma(end, next.start) => Span {
                    start,
                    end: next.start,
                },
                None if self.is_comma(before?.end?, start) => Span {
                    start: before?.end?,
                    end,
                },
                _ => return None,
            }
        } else {
            self.lines(whole, start, end)?
        };
        Some(vec![Edit::replace(span, "")])
    }

    /// The lines of an entry or item of a block; without the comment behind it, if there is one.
    fn lines(&self, whole: Node<'_>, start: u32, end: u32) -> Option<Span> {
        let line = self.line_start(start);
        let before = self.slice(line, start)?;
        let own = before.trim_start_matches(' ');
        let is_first_in_line = match own.strip_prefix('-') {
            None => own.is_empty() && whole.is_map(),
            Some(rest) => rest.bytes().all(|b| b == b' ') && !whole.is_map(),
        };
        if !is_first_in_line || !self.is_last_in_line(end) {
            return None;
        }
        let rest = self.slice(end, self.line_end(end))?;
        Some(match rest.find('#') {
            None => Span {
                start: line,
                end: self.next_line(end),
            },
            Some(comment) => Span {
                start: start - u32::try_from(own.len()).ok()?,
                end: end + u32::try_from(comment).ok()?,
            },
        })
    }

    /// Whether a collection consists of this one entry in the text too; `<<` is no entry.
    fn is_alone(&self, whole: Node<'_>, start: u32, end: u32) -> bool {
        let span = whole.span();
        let is_brace = |start, end, brace| {
            let between = self.slice(start, end);
            between.is_some_and(|between| between.trim() == brace)
        };
        match whole.style() {
            Style::Flow => is_brace(span.start, start, "{") && is_brace(end, span.end, "}"),
            _ => (start, end) == (span.start, span.end),
        }
    }

    fn is_comma(&self, start: u32, end: u32) -> bool {
        self.slice(start, end)
            .is_some_and(|between| between.trim() == ",")
    }

    /// Adds a child to a collection: as it is written between braces or brackets, or as the lines of
    /// a block.
    fn add(&self, whole: Node<'_>, flow: &str, block: &[String]) -> Option<Vec<Edit>> {
        let span = whole.span();
        if whole.is_shared() {
            return None;
        }
        if whole.style() == Style::Flow {
            let (first, last) = (span.start + 1, span.end.checked_sub(1)?);
            if self.slice(first, last)?.trim().is_empty() {
                return Some(vec![Edit::insert(first, flow)]);
            }
            let end = children(whole)?.last().and_then(|child| child.end);
            let is_at_end = |end| {
                self.slice(end, last)
                    .is_some_and(|rest| rest.trim().is_empty())
            };
            let edit = match end.filter(|&end| is_at_end(end)) {
                Some(end) => Edit::insert(end, format!(", {flow}")),
                None => Edit::insert(first, format!("{flow}, ")),
            };
            return Some(vec![edit]);
        }
        let indent = " ".repeat(self.column(span.start)?);
        // A block scalar at the end may reach over the empty lines that follow.
        let edit = if self.is_last_in_line(span.end) && !ends_with_block_scalar(whole) {
            let line_break = self.line_break(span.end);
            let lines = block
                .iter()
                .map(|line| format!("{line_break}{indent}{line}"));
            Edit::insert(self.line_end(span.end), lines.collect::<String>())
        } else {
            let line_break = self.line_break(span.start);
            let lines = block
                .iter()
                .map(|line| format!("{line}{line_break}{indent}"));
            Edit::insert(span.start, lines.collect::<String>())
        };
        Some(vec![edit])
    }

    /// How far the sections of a mapping stand to the right of it.
    fn step(&self, map: Node<'_>) -> usize {
        let column = self.column(map.span().start);
        let sections = map.entries().filter(|(_, value)| {
            let is_here = value.source() == map.source() && map.span().contains(value.span());
            is_here && value.is_map() && value.style() == Style::Block
        });
        sections
            .filter_map(|(_, value)| self.column(value.span().start)?.checked_sub(column?))
            .find(|&step| step > 0)
            .unwrap_or(INDENT)
    }
}

/// The end of an entry whose value is written behind its key.
fn end(key: Node<'_>, value: Node<'_>) -> Option<u32> {
    let is_behind = value.source() == key.source() && value.span().start >= key.span().end;
    is_behind.then_some(value.span().end)
}

/// What stands in the text of a collection, in that order, if that is not too much. A merged file's
/// entries do not.
fn children(whole: Node<'_>) -> Option<Vec<Child>> {
    if whole.is_large() {
        return None;
    }
    let is_here =
        |node: Node<'_>| node.source() == whole.source() && whole.span().contains(node.span());
    let mut children: Vec<Child> = match whole.value() {
        Value::List(_) => whole
            .items()
            .filter(|item| is_here(*item))
            .map(|item| Child {
                start: item.span().start,
                end: Some(item.span().end),
            })
            .collect(),
        _ => whole
            .entries()
            .chain(whole.lost())
            .filter(|(key, _)| is_here(*key))
            .map(|(key, value)| Child {
                start: key.span().start,
                end: end(key, value),
            })
            .collect(),
    };
    children.sort_by_key(|child| child.start);
    Some(children)
}

fn ends_with_block_scalar(whole: Node<'_>) -> bool {
    let end = whole.span().end;
    let mut at = whole;
    loop {
        let entries = at.entries().map(|(_, value)| value);
        let below = entries
            .chain(at.items())
            .find(|node| node.source() == whole.source() && node.span().end == end);
        match below {
            // An alias may lead back up.
            Some(below) if at.span().contains(below.span()) && below.id() != at.id() => at = below,
            _ => return matches!(at.style(), Style::Literal | Style::Folded),
        }
    }
}
