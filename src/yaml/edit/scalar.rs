use super::{Edit, Editor};
use crate::yaml::{Node, Span, Style, Value, quote};

impl Editor<'_> {
    /// Writes something else, as it is to stand in the text, in the place of a value; a text stays
    /// in the quotes that it has.
    pub fn replace(&self, node: Node<'_>, new: &str) -> Option<Vec<Edit>> {
        let (span, written) = (node.span(), self.written(node));
        if node.is_shared() || node.has_properties() {
            return None;
        }
        if written.is_empty() {
            let follows_key = self.slice(0, span.start)?.ends_with(':');
            return follows_key.then(|| vec![Edit::insert(span.start, format!(" {new}"))]);
        }
        let is_certain = match node.style() {
            Style::Plain | Style::SingleQuoted | Style::DoubleQuoted => true,
            // In a line of its own it may stand further left than a plain scalar can.
            Style::Literal | Style::Folded => {
                let before = self.slice(self.line_start(span.start), span.start)?;
                !before.trim().is_empty() && !written.lines().next()?.contains('#')
            }
            Style::Flow => !written.contains(['#', '&', '*', '!']),
            Style::Block => false,
        };
        let is_text = quote(new) == new;
        let new = match node.style() {
            Style::SingleQuoted if is_text && !new.contains('\'') => format!("'{new}'"),
            Style::DoubleQuoted if is_text && !new.contains(['"', '\\']) => format!("\"{new}\""),
            _ => new.to_owned(),
        };
        is_certain.then(|| vec![Edit::replace(span, new)])
    }

    /// Puts quotes around a value or a key, so that what is written is a text.
    pub fn quote(&self, node: Node<'_>) -> Option<Vec<Edit>> {
        let mark = quotes(self.plain(node)?)?;
        Some(enclose(node.span(), mark, mark))
    }

    /// Makes the text the only item of a list, or the only value of a mapping: what stands before
    /// it, such as `[`, and after it.
    pub fn wrap(&self, node: Node<'_>, before: &str, after: &str) -> Option<Vec<Edit>> {
        let written = self.written(node);
        if node.is_shared() || node.has_properties() || node.as_str().is_none() {
            return None;
        }
        match node.style() {
            Style::SingleQuoted | Style::DoubleQuoted => Some(enclose(node.span(), before, after)),
            Style::Plain if quote(written) == written => Some(enclose(node.span(), before, after)),
            Style::Plain => {
                let mark = quotes(self.plain(node)?)?;
                let (before, after) = (format!("{before}{mark}"), format!("{mark}{after}"));
                Some(enclose(node.span(), &before, &after))
            }
            _ => None,
        }
    }

    /// Gives an entry of a mapping another key, in the quotes that it has; none where the mapping
    /// has that key already.
    pub fn rename(&self, map: Node<'_>, key: Node<'_>, new: &str) -> Option<Vec<Edit>> {
        if map.is_large() || map.entry(new).is_some() {
            return None;
        }
        if key.is_shared() || key.has_properties() {
            return None;
        }
        let new = match key.style() {
            Style::Plain => quote(new),
            Style::SingleQuoted if !new.contains('\'') => format!("'{new}'"),
            Style::DoubleQuoted if !new.contains(['"', '\\']) => format!("\"{new}\""),
            _ => return None,
        };
        (!self.written(key).is_empty()).then(|| vec![Edit::replace(key.span(), new)])
    }

    /// The text of a scalar of one line without quotes.
    fn plain(&self, node: Node<'_>) -> Option<&str> {
        let is_scalar = !matches!(node.value(), Value::List(_) | Value::Map(_) | Value::Set(_));
        let is_plain = is_scalar && node.style() == Style::Plain;
        let written = self.written(node);
        let span = node.span();
        let is_one_line = !written.is_empty() && self.line_end(span.start) >= span.end;
        (is_plain && is_one_line && !node.is_shared() && !node.has_properties()).then_some(written)
    }
}

/// Two insertions, so that no edit repeats the text between them, which may be a secret.
fn enclose(span: Span, before: &str, after: &str) -> Vec<Edit> {
    vec![
        Edit::insert(span.start, before),
        Edit::insert(span.end, after),
    ]
}

/// The quotes in which a text is written as it stands.
pub(super) fn quotes(text: &str) -> Option<&'static str> {
    if !text.contains(['"', '\\']) {
        Some("\"")
    } else if !text.contains('\'') {
        Some("'")
    } else {
        None
    }
}
