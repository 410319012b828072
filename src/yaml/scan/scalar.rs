//! Scalars: plain, in quotes, and in blocks.

use std::borrow::Cow;

use super::super::Style;
use super::super::problem::{Inside, Problem};
use super::{Kind, Result, Scanner, Token};

/// A scalar's text: a piece of the source as long as it is one.
struct Text<'t> {
    folded: String,
    /// Where the piece of the source starts that is not in `folded`.
    from: usize,
    source: &'t str,
}

impl<'t> Text<'t> {
    fn new(source: &'t str, from: usize) -> Self {
        Self {
            folded: String::new(),
            from,
            source,
        }
    }

    fn rest(&self, end: usize) -> &'t str {
        self.source.get(self.from..end).unwrap_or_default()
    }

    /// Takes the source up to `end`, then another text in place of the source up to `next`.
    fn replace(&mut self, end: usize, with: &str, next: usize) {
        let rest = self.rest(end);
        self.folded.push_str(rest);
        self.folded.push_str(with);
        self.from = next;
    }

    fn finish(mut self, start: usize, end: usize) -> Cow<'t, str> {
        if self.from == start {
            return Cow::Borrowed(self.rest(end));
        }
        let rest = self.rest(end);
        self.folded.push_str(rest);
        Cow::Owned(self.folded)
    }
}

/// What line breaks become in a text that is folded: the first is a space if it is the only one,
/// and else nothing; those that Unicode calls line and paragraph separators stay.
fn fold(first: &str, more: &str) -> String {
    match first {
        "\n" if more.is_empty() => " ".to_owned(),
        "\n" => more.to_owned(),
        _ => format!("{first}{more}"),
    }
}

impl<'t> Scanner<'t> {
    fn push_scalar(&mut self, text: Cow<'t, str>, style: Style, start: usize, end: usize) {
        let kind = Kind::Scalar(text, style);
        self.tokens.push_back(Token { kind, start, end });
    }

    fn is_document_mark(&self) -> bool {
        self.cursor.is_document_mark(b"---") || self.cursor.is_document_mark(b"...")
    }

    pub(super) fn scan_plain(&mut self) {
        let start = self.cursor.at;
        let indent = self.indent + 1;
        let mut text = Text::new(self.cursor.text, start);
        let mut end = start;
        let mut pending: Option<String> = None;
        while self.cursor.peek(0) != b'#' {
            let from = self.cursor.at;
            self.skip_plain();
            if self.cursor.at == from {
                break;
            }
            self.key_allowed = false;
            if let Some(folded) = pending.take() {
                text.replace(end, &folded, from);
            }
            end = self.cursor.at;
            self.cursor.skip(|byte| byte == b' ');
            if self.cursor.break_length(0) > 0 {
                pending = self.plain_breaks();
                if pending.is_none() {
                    break;
                }
                let column = isize::try_from(self.cursor.column()).unwrap_or(isize::MAX);
                if !self.in_flow() && column < indent {
                    break;
                }
            } else if self.cursor.at == end {
                break;
            }
        }
        self.push_scalar(text.finish(start, end), Style::Plain, start, end);
    }

    /// Goes over the characters of a plain scalar up to a blank or its end.
    fn skip_plain(&mut self) {
        loop {
            self.cursor.skip_plain();
            let goes_on = match self.cursor.peek(0) {
                b':' => {
                    let closes = matches!(self.cursor.peek(1), b',' | b'[' | b']' | b'{' | b'}');
                    !(self.cursor.is_blank_or_end(1) || self.in_flow() && closes)
                }
                b',' | b'?' | b'[' | b']' | b'{' | b'}' => !self.in_flow(),
                0xc2 | 0xe2 => self.cursor.break_length(0) == 0,
                _ => false,
            };
            if !goes_on {
                return;
            }
            self.cursor.at += 1;
        }
    }

    /// Goes over the line breaks in a plain scalar; nothing where a document's mark follows.
    fn plain_breaks(&mut self) -> Option<String> {
        let first = self.cursor.line_break()?;
        self.key_allowed = true;
        let mut more = String::new();
        if self.is_document_mark() {
            return None;
        }
        loop {
            self.cursor.skip(|byte| byte == b' ');
            match self.cursor.line_break() {
                None => return Some(fold(first, &more)),
                Some(_) if self.is_document_mark() => return None,
                Some(line_break) => more.push_str(line_break),
            }
        }
    }

    pub(super) fn scan_quoted(&mut self) -> Result<()> {
        let opening = self.cursor.at;
        let quote = self.cursor.peek(0);
        let double = quote == b'"';
        self.cursor.at += 1;
        let start = self.cursor.at;
        let mut text = Text::new(self.cursor.text, start);
        loop {
            self.cursor
                .skip(|byte| byte != quote && !matches!(byte, b'\\' | b'\r' | b'\n' | 0xc2 | 0xe2));
            let at = self.cursor.at;
            match self.cursor.peek(0) {
                0 => return Err(Problem::Unclosed { at: opening }),
                byte if byte == quote => {
                    if double || self.cursor.peek(1) != quote {
                        break;
                    }
                    text.replace(at + 1, "", at + 2);
                    self.cursor.at += 2;
                }
                b'\\' if double => self.scan_escape(&mut text, opening)?,
                _ => match self.cursor.line_break() {
                    None => self.cursor.at += 1,
                    Some(first) => {
                        let blank = |c| matches!(c, ' ' | '\t');
                        let kept = text.rest(at).trim_end_matches(blank).len();
                        let end = text.from + kept;
                        let more = self.quoted_breaks(opening)?;
                        text.replace(end, &fold(first, &more), self.cursor.at);
                    }
                },
            }
        }
        let content = text.finish(start, self.cursor.at);
        self.cursor.at += 1;
        let style = if double {
            Style::DoubleQuoted
        } else {
            Style::SingleQuoted
        };
        self.push_scalar(content, style, opening, self.cursor.at);
        Ok(())
    }

    /// Goes over blanks and further line breaks.
    fn quoted_breaks(&mut self, opening: usize) -> Result<String> {
        let mut breaks = String::new();
        loop {
            if self.is_document_mark() {
                return Err(Problem::Unclosed { at: opening });
            }
            self.cursor.skip(|byte| matches!(byte, b' ' | b'\t'));
            match self.cursor.line_break() {
                None => return Ok(breaks),
                Some(line_break) => breaks.push_str(line_break),
            }
        }
    }

    fn scan_escape(&mut self, text: &mut Text<'t>, opening: usize) -> Result<()> {
        let at = self.cursor.at;
        let bad = |length| Problem::Escape { at, length };
        self.cursor.at += 1;
        let digits = match self.cursor.peek(0) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => {
                if self.cursor.line_break().is_some() {
                    let breaks = self.quoted_breaks(opening)?;
                    text.replace(at, &breaks, self.cursor.at);
                    return Ok(());
                }
                let escaped = simple_escape(self.cursor.peek(0)).ok_or(bad(2))?;
                self.cursor.at += 1;
                text.replace(at, escaped, self.cursor.at);
                return Ok(());
            }
        };
        let code = self.hexadecimal(at + 2, digits).ok_or(bad(digits + 2))?;
        self.cursor.at += 1 + digits;
        let mut escaped = char::from_u32(code);
        if escaped.is_none() && code > u32::from(char::MAX) {
            return Err(bad(digits + 2));
        }
        // Python holds half a character; with its other half it is one as soon as it is written.
        if let 0xd800..0xdc00 = code
            && self.cursor.slice(self.cursor.at, self.cursor.at + 2) == "\\u"
            && let Some(low @ 0xdc00..0xe000) = self.hexadecimal(self.cursor.at + 2, 4)
        {
            escaped = char::from_u32(0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00));
            self.cursor.at += 6;
        }
        let escaped = escaped.unwrap_or(char::REPLACEMENT_CHARACTER);
        text.replace(at, escaped.encode_utf8(&mut [0; 4]), self.cursor.at);
        Ok(())
    }

    fn hexadecimal(&self, at: usize, digits: usize) -> Option<u32> {
        let digits = self.cursor.text.get(at..at + digits)?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    }

    pub(super) fn scan_block_scalar(&mut self) -> Result<()> {
        let start = self.cursor.at;
        let folded = self.cursor.peek(0) == b'>';
        self.cursor.at += 1;
        let (keep, increment) = self.scan_block_header(start)?;
        let mut end = self.cursor.at;
        self.cursor.skip(|byte| byte == b' ');
        self.skip_comment();
        if !self.cursor.is_line_end(0) {
            return Err(self.bad_block(start));
        }
        self.cursor.line_break();

        let least = usize::try_from(self.indent + 1).unwrap_or(0).max(1);
        let (indent, mut breaks) = match increment {
            None => {
                let (breaks, deepest) = self.leading_breaks();
                (least.max(deepest), breaks)
            }
            Some(increment) => {
                let indent = least + increment - 1;
                (indent, self.block_breaks(indent))
            }
        };
        let mut text = String::new();
        let mut line_break = "";
        while self.is_block_line(indent) {
            text.push_str(&breaks);
            let leading_text = !matches!(self.cursor.peek(0), b' ' | b'\t');
            let from = self.cursor.at;
            self.cursor.skip_line();
            end = self.cursor.at;
            text.push_str(self.cursor.slice(from, end));
            line_break = self.cursor.line_break().unwrap_or_default();
            breaks = self.block_breaks(indent);
            if !self.is_block_line(indent) {
                break;
            }
            let next_is_text = !matches!(self.cursor.peek(0), b' ' | b'\t');
            if folded && line_break == "\n" && leading_text && next_is_text {
                if breaks.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(line_break);
            }
        }
        if keep != Some(false) {
            text.push_str(line_break);
        }
        if keep == Some(true) {
            text.push_str(&breaks);
        }
        let style = if folded {
            Style::Folded
        } else {
            Style::Literal
        };
        self.push_scalar(text.into(), style, start, end);
        Ok(())
    }

    fn bad_block(&self, start: usize) -> Problem {
        Problem::Bad {
            inside: Inside::Block,
            start,
            at: self.cursor.at,
        }
    }

    /// Whether a line of a block scalar starts here.
    fn is_block_line(&mut self, indent: usize) -> bool {
        !self.cursor.is_end() && self.cursor.column() == indent
    }

    /// `+` or `-`, and the indentation, in any order.
    fn scan_block_header(&mut self, start: usize) -> Result<(Option<bool>, Option<usize>)> {
        let (mut keep, mut increment) = (None, None);
        for _ in 0..2 {
            match self.cursor.peek(0) {
                sign @ (b'+' | b'-') if keep.is_none() => keep = Some(sign == b'+'),
                digit @ b'1'..=b'9' if increment.is_none() => {
                    increment = Some(usize::from(digit - b'0'));
                }
                _ => break,
            }
            self.cursor.at += 1;
        }
        match self.cursor.is_space_or_end(0) {
            true => Ok((keep, increment)),
            false => Err(self.bad_block(start)),
        }
    }

    /// The line breaks before a block scalar's first line, and how deep that or an empty line
    /// before it is indented.
    fn leading_breaks(&mut self) -> (String, usize) {
        let mut breaks = String::new();
        let mut deepest = 0;
        loop {
            self.cursor.skip(|byte| byte == b' ');
            deepest = deepest.max(self.cursor.column());
            match self.cursor.line_break() {
                Some(line_break) => breaks.push_str(line_break),
                None => return (breaks, deepest),
            }
        }
    }

    /// The line breaks between two lines of a block scalar.
    fn block_breaks(&mut self, indent: usize) -> String {
        let mut breaks = String::new();
        loop {
            while self.cursor.peek(0) == b' ' && self.cursor.column() < indent {
                self.cursor.at += 1;
            }
            match self.cursor.line_break() {
                Some(line_break) => breaks.push_str(line_break),
                None => return breaks,
            }
        }
    }
}

fn simple_escape(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'0' => "\0",
        b'a' => "\x07",
        b'b' => "\x08",
        b't' | b'\t' => "\t",
        b'n' => "\n",
        b'v' => "\x0b",
        b'f' => "\x0c",
        b'r' => "\r",
        b'e' => "\x1b",
        b' ' => " ",
        b'"' => "\"",
        b'\\' => "\\",
        b'/' => "/",
        b'N' => "\u{85}",
        b'_' => "\u{a0}",
        b'L' => "\u{2028}",
        b'P' => "\u{2029}",
        _ => return None,
    })
}
