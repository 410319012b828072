use super::{Edit, Editor};
use crate::yaml::{ReadErrorKind, Span};

/// Edits after which PyYAML goes on at the place where it stops, where it is evident what was meant.
/// Another error may follow further down.
pub fn repair(text: &str, kind: ReadErrorKind, span: Span) -> Option<Vec<Edit>> {
    let editor = Editor::new(text);
    match kind {
        ReadErrorKind::Tab => editor.spaces(span),
        ReadErrorKind::Indicator => editor.quote_rest(span),
        ReadErrorKind::Colon => editor.space_behind_colon(span),
        _ => None,
    }
}

impl Editor<'_> {
    /// Spaces for tabs. What tabs indent is as deep as they are many, if nothing else indents: then
    /// two spaces each, in every line.
    fn spaces(&self, span: Span) -> Option<Vec<Edit>> {
        let line = self.line_start(span.start);
        let is_blank = |c| matches!(c, ' ' | '\t');
        if !self.slice(line, span.start)?.chars().all(is_blank) {
            let tabs = self.slice(span.start, self.line_end(span.start))?;
            let tabs = tabs.len() - tabs.trim_start_matches('\t').len();
            let end = span.start + u32::try_from(tabs).ok()?;
            let start = span.start;
            return Some(vec![Edit::replace(Span { start, end }, " ".repeat(tabs))]);
        }
        let mut edits = Vec::new();
        let mut at = self.line_start(0);
        let end = self.end();
        while at < end {
            let written = self.slice(at, self.line_end(at))?;
            let indent = written.len() - written.trim_start_matches(is_blank).len();
            let indent = written.get(..indent)?;
            if indent.contains(' ') {
                return None;
            }
            if !indent.is_empty() {
                let tabs = u32::try_from(indent.len()).ok()?;
                let span = Span {
                    start: at,
                    end: at + tabs,
                };
                edits.push(Edit::replace(span, "  ".repeat(indent.len())));
            }
            at = self.next_line(at);
        }
        Some(edits)
    }

    /// Quotes around the rest of a line that starts with a character that has a meaning.
    fn quote_rest(&self, span: Span) -> Option<Vec<Edit>> {
        let before = self.slice(self.line_start(span.start), span.start)?;
        let rest = self.slice(span.start, self.line_end(span.start))?;
        let rest = rest.trim_end_matches([' ', '\t']);
        let is_value = before.ends_with(": ") || before.trim_start_matches(' ') == "- ";
        let is_block = !before.contains(['[', '{', '"', '\'', '#']);
        // Where a comment may begin nobody knows what belongs to the text.
        if !is_value || !is_block || rest.contains('#') {
            return None;
        }
        let end = span.start + u32::try_from(rest.len()).ok()?;
        let mark = super::scalar::quotes(rest)?;
        Some(vec![
            Edit::insert(span.start, mark),
            Edit::insert(end, mark),
        ])
    }

    /// A space behind the colon of a name at the start of a line.
    fn space_behind_colon(&self, span: Span) -> Option<Vec<Edit>> {
        let before = self.slice(self.line_start(span.start), span.start)?;
        let name = before.trim_start_matches([' ', '-']);
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let is_colon = self.slice(span.start, span.end)? == ":";
        let is_url = self
            .slice(span.end, self.line_end(span.end))?
            .starts_with("//");
        let is_certain = is_colon && !is_url && !name.is_empty() && name.chars().all(is_name);
        is_certain.then(|| vec![Edit::insert(span.end, " ")])
    }
}
