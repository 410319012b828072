//! Anchors, aliases, tags and directives.

use std::borrow::Cow;

use super::super::problem::{Inside, Problem};
use super::{Kind, Result, Scanner, Token};

/// The characters of anchors, of handles and of the names of directives.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn is_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-;/?:@&=+$,_.!~*'()[]".contains(&byte)
}

impl<'t> Scanner<'t> {
    fn bad(&self, inside: Inside, start: usize) -> Problem {
        Problem::Bad {
            inside,
            start,
            at: self.cursor.at,
        }
    }

    /// Goes over these bytes and gives their text, which must not be empty.
    fn word(&mut self, inside: Inside, start: usize, is: fn(u8) -> bool) -> Result<&'t str> {
        let from = self.cursor.at;
        self.cursor.skip(is);
        if self.cursor.at == from {
            return Err(self.bad(inside, start));
        }
        Ok(self.cursor.slice(from, self.cursor.at))
    }

    /// Demands a space or the end of the line.
    fn end_of(&self, inside: Inside, start: usize) -> Result<()> {
        match self.cursor.is_space_or_end(0) {
            true => Ok(()),
            false => Err(self.bad(inside, start)),
        }
    }

    fn skip_spaces(&mut self) {
        self.cursor.skip(|byte| byte == b' ');
    }

    /// `&name` or `*name`.
    pub(super) fn scan_anchor(&mut self) -> Result<()> {
        let start = self.cursor.at;
        let (kind, inside): (fn(&'t str) -> Kind<'t>, _) = match self.cursor.peek(0) {
            b'*' => (Kind::Alias, Inside::Alias),
            _ => (Kind::Anchor, Inside::Anchor),
        };
        self.cursor.at += 1;
        let name = self.word(inside, start, is_word)?;
        if !self.cursor.is_blank_or_end(0) && !b"?:,]}%@`".contains(&self.cursor.peek(0)) {
            return Err(self.bad(inside, start));
        }
        self.push(kind(name), start);
        Ok(())
    }

    /// `!`, `!name`, `!!name`, `!handle!name` or `!<name>`.
    pub(super) fn scan_tag(&mut self) -> Result<()> {
        let start = self.cursor.at;
        let (handle, suffix) = if self.cursor.peek(1) == b'<' {
            self.cursor.at += 2;
            let suffix = self.scan_uri(Inside::Tag, start)?;
            if self.cursor.peek(0) != b'>' {
                return Err(self.bad(Inside::Tag, start));
            }
            self.cursor.at += 1;
            (None, suffix)
        } else if self.cursor.is_blank_or_end(1) {
            self.cursor.at += 1;
            (None, Cow::Borrowed("!"))
        } else {
            let handle = if self.has_handle() {
                self.scan_handle(Inside::Tag, start)?
            } else {
                self.cursor.at += 1;
                "!"
            };
            (Some(handle), self.scan_uri(Inside::Tag, start)?)
        };
        self.end_of(Inside::Tag, start)?;
        self.push(Kind::Tag(Box::new((handle, suffix))), start);
        Ok(())
    }

    /// Whether a second `!` follows before the next space.
    fn has_handle(&self) -> bool {
        let mut ahead = 1;
        while !self.cursor.is_space_or_end(ahead) {
            if self.cursor.peek(ahead) == b'!' {
                return true;
            }
            ahead += 1;
        }
        false
    }

    fn scan_handle(&mut self, inside: Inside, start: usize) -> Result<&'t str> {
        let from = self.cursor.at;
        if self.cursor.peek(0) != b'!' {
            return Err(self.bad(inside, start));
        }
        self.cursor.at += 1;
        if self.cursor.peek(0) != b' ' {
            self.cursor.skip(is_word);
            if self.cursor.peek(0) != b'!' {
                return Err(self.bad(inside, start));
            }
            self.cursor.at += 1;
        }
        Ok(self.cursor.slice(from, self.cursor.at))
    }

    fn scan_uri(&mut self, inside: Inside, start: usize) -> Result<Cow<'t, str>> {
        let from = self.cursor.at;
        self.cursor.skip(is_uri);
        let mut uri = Cow::Borrowed(self.cursor.slice(from, self.cursor.at));
        while self.cursor.peek(0) == b'%' {
            let escaped = self.scan_uri_escapes(inside, start)?;
            let from = self.cursor.at;
            self.cursor.skip(is_uri);
            let uri = uri.to_mut();
            uri.push_str(&escaped);
            uri.push_str(self.cursor.slice(from, self.cursor.at));
        }
        match self.cursor.at > from {
            true => Ok(uri),
            false => Err(self.bad(inside, start)),
        }
    }

    /// Bytes of UTF-8, each as `%` with two hexadecimal digits.
    fn scan_uri_escapes(&mut self, inside: Inside, start: usize) -> Result<String> {
        let mut bytes = Vec::new();
        while self.cursor.peek(0) == b'%' {
            let digits = self.cursor.slice(self.cursor.at + 1, self.cursor.at + 3);
            let is_hex = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            match u8::from_str_radix(digits, 16) {
                Ok(byte) if is_hex => bytes.push(byte),
                _ => return Err(self.bad(inside, start)),
            }
            self.cursor.at += 3;
        }
        String::from_utf8(bytes).map_err(|_| self.bad(inside, start))
    }

    /// A line that starts with `%`.
    pub(super) fn scan_directive(&mut self) -> Result<()> {
        const INSIDE: Inside = Inside::Directive;
        let start = self.cursor.at;
        self.cursor.at += 1;
        let name = self.word(INSIDE, start, is_word)?;
        self.end_of(INSIDE, start)?;
        let kind = match name {
            "YAML" => {
                self.skip_spaces();
                let major = self.word(INSIDE, start, |byte| byte.is_ascii_digit())?;
                if self.cursor.peek(0) != b'.' {
                    return Err(self.bad(INSIDE, start));
                }
                self.cursor.at += 1;
                self.word(INSIDE, start, |byte| byte.is_ascii_digit())?;
                self.end_of(INSIDE, start)?;
                let is_1 = major.trim_start_matches('0') == "1";
                Kind::Version { is_1 }
            }
            "TAG" => {
                self.skip_spaces();
                let handle = self.scan_handle(INSIDE, start)?;
                if self.cursor.peek(0) != b' ' {
                    return Err(self.bad(INSIDE, start));
                }
                self.skip_spaces();
                let prefix = self.scan_uri(INSIDE, start)?;
                self.end_of(INSIDE, start)?;
                Kind::TagHandle(Box::new((handle, prefix)))
            }
            _ => {
                self.cursor.skip_line();
                Kind::OtherDirective
            }
        };
        let end = self.cursor.at;
        self.skip_spaces();
        self.skip_comment();
        if !self.cursor.is_line_end(0) {
            return Err(self.bad(INSIDE, start));
        }
        self.cursor.line_break();
        self.tokens.push_back(Token { kind, start, end });
        Ok(())
    }
}
