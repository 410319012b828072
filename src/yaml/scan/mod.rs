//! A text as tokens, by the rules of PyYAML's scanner. They are not those of YAML 1.1 or of
//! libyaml: no tab stands between tokens, a `?` ends a plain scalar in a flow collection, a key has
//! at most 1024 characters.

mod cursor;
mod prefix;
mod scalar;

use std::borrow::Cow;
use std::collections::VecDeque;

use super::problem::Problem;
use super::{Span, Style};
use cursor::Cursor;

/// A key that is not marked with `?` has at most as many characters before its `:`.
const KEY_LENGTH: usize = 1024;

#[derive(Debug)]
pub(super) struct Token<'t> {
    pub kind: Kind<'t>,
    /// Its first byte, and the byte after its last.
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, PartialEq)]
pub(super) enum Kind<'t> {
    StreamEnd,
    Version {
        is_1: bool,
    },
    /// Its handle and what that stands for.
    TagHandle(Box<(&'t str, Cow<'t, str>)>),
    OtherDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    FlowEntry,
    BlockEntry,
    Key,
    Value,
    Alias(&'t str),
    Anchor(&'t str),
    /// Its handle, if it has one, and the rest.
    Tag(Box<(Option<&'t str>, Cow<'t, str>)>),
    Scalar(Cow<'t, str>, Style),
}

/// Where a key may start, should a `:` follow.
#[derive(Debug, Clone, Copy)]
struct PossibleKey {
    /// The number of its first token.
    token: usize,
    /// Whether nothing but a key may stand here.
    required: bool,
    at: usize,
    line: usize,
    column: usize,
}

#[derive(Debug)]
pub(super) struct Scanner<'t> {
    cursor: Cursor<'t>,
    done: bool,
    /// Tokens that nobody has taken.
    tokens: VecDeque<Token<'t>>,
    /// Whether the first of them will stay the first.
    ready: bool,
    taken: usize,
    /// The column of the innermost block collection; -1 outside of all.
    indent: isize,
    indents: Vec<isize>,
    key_allowed: bool,
    /// One for the block context and one for each open bracket or brace.
    keys: Vec<Option<PossibleKey>>,
    /// The keys before this one cannot be keys any more.
    first_key: usize,
    /// The comments so far.
    comments: Vec<Span>,
}

type Result<T> = std::result::Result<T, Problem>;

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut cursor = Cursor::new(text);
        if text.starts_with('\u{feff}') {
            cursor.at = '\u{feff}'.len_utf8();
        }
        Self {
            cursor,
            done: false,
            tokens: VecDeque::new(),
            ready: false,
            taken: 0,
            indent: -1,
            indents: Vec::new(),
            key_allowed: true,
            keys: vec![None],
            first_key: 0,
            comments: Vec::new(),
        }
    }

    /// The comments of what was scanned.
    pub(super) fn into_comments(self) -> Vec<Span> {
        self.comments
    }

    /// The next token; after the last one, nothing.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<Option<&Token<'t>>> {
        // The parser asks several times for each token.
        if !self.ready {
            self.prepare()?;
        }
        Ok(self.tokens.front())
    }

    pub(super) fn take(&mut self) -> Result<Option<Token<'t>>> {
        if !self.ready {
            self.prepare()?;
        }
        self.ready = false;
        self.taken += 1;
        Ok(self.tokens.pop_front())
    }

    /// Scans until the first token can be told from a key.
    fn prepare(&mut self) -> Result<()> {
        while self.needs_more()? {
            self.fetch()?;
        }
        self.ready = true;
        Ok(())
    }

    fn needs_more(&mut self) -> Result<bool> {
        if self.done {
            return Ok(false);
        }
        if self.tokens.is_empty() {
            return Ok(true);
        }
        self.check_required_key()?;
        Ok(self.next_key() == Some(self.taken))
    }

    fn in_flow(&self) -> bool {
        self.keys.len() > 1
    }

    /// Whether too much stands between the key and this place.
    fn is_stale(&self, key: &PossibleKey) -> bool {
        key.line != self.cursor.line
            || self.cursor.at - key.at > KEY_LENGTH
                && self.cursor.slice(key.at, self.cursor.at).chars().count() > KEY_LENGTH
    }

    /// Only in the block context can a key be required.
    fn check_required_key(&self) -> Result<()> {
        match self.keys.first() {
            Some(Some(key)) if key.required && self.is_stale(key) => Err(self.no_colon(key)),
            _ => Ok(()),
        }
    }

    fn no_colon(&self, key: &PossibleKey) -> Problem {
        Problem::NoColon {
            start: key.at,
            end: self.cursor.at,
        }
    }

    /// The first token that may turn out to be a key. Outer ones go stale before inner ones.
    fn next_key(&mut self) -> Option<usize> {
        while let Some(key) = self.keys.get(self.first_key) {
            match key {
                Some(key) if !self.is_stale(key) => return Some(key.token),
                _ => self.first_key += 1,
            }
        }
        None
    }

    /// Remembers that a key may start here.
    fn save_key(&mut self) -> Result<()> {
        if !self.key_allowed {
            return Ok(());
        }
        self.remove_key()?;
        let column = self.cursor.column();
        let key = PossibleKey {
            token: self.taken + self.tokens.len(),
            required: !self.in_flow() && usize::try_from(self.indent) == Ok(column),
            at: self.cursor.at,
            line: self.cursor.line,
            column,
        };
        if let Some(place) = self.keys.last_mut() {
            *place = Some(key);
        }
        self.first_key = self.first_key.min(self.keys.len() - 1);
        Ok(())
    }

    /// Forgets the key of this level.
    fn remove_key(&mut self) -> Result<()> {
        match self.keys.last_mut().and_then(Option::take) {
            Some(key) if key.required => Err(self.no_colon(&key)),
            _ => Ok(()),
        }
    }

    /// Ends the block collections that are indented deeper than this.
    fn unwind(&mut self, column: isize) {
        if self.in_flow() {
            return;
        }
        while self.indent > column {
            self.push(Kind::BlockEnd, self.cursor.at);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    /// Whether a block collection starts at this column.
    fn indent_to(&mut self, column: usize) -> bool {
        let column = isize::try_from(column).unwrap_or(isize::MAX);
        let deeper = self.indent < column;
        if deeper {
            self.indents.push(self.indent);
            self.indent = column;
        }
        deeper
    }

    /// Adds a token that ends here.
    fn push(&mut self, kind: Kind<'t>, start: usize) {
        let end = self.cursor.at;
        self.tokens.push_back(Token { kind, start, end });
    }

    /// Adds a token of so many bytes.
    fn push_sign(&mut self, kind: Kind<'t>, length: usize) {
        let start = self.cursor.at;
        self.cursor.at += length;
        self.push(kind, start);
    }

    fn fetch(&mut self) -> Result<()> {
        self.skip_to_token();
        self.check_required_key()?;
        if !self.in_flow() {
            let column = self.cursor.column();
            self.unwind(isize::try_from(column).unwrap_or(isize::MAX));
        }
        if self.cursor.is_end() {
            return self.fetch_end();
        }
        let first = self.cursor.peek(0);
        if matches!(first, b'%' | b'-' | b'.') && self.cursor.is_line_start() {
            if first == b'%' {
                return self.fetch_directive();
            }
            if self.cursor.is_document_mark(b"---") {
                return self.fetch_document_mark(Kind::DocumentStart);
            }
            if self.cursor.is_document_mark(b"...") {
                return self.fetch_document_mark(Kind::DocumentEnd);
            }
        }
        match first {
            b'[' => self.fetch_flow_start(Kind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(Kind::FlowMappingStart),
            b']' => self.fetch_flow_end(Kind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(Kind::FlowMappingEnd),
            b',' => {
                self.key_allowed = true;
                self.remove_key()?;
                self.push_sign(Kind::FlowEntry, 1);
                Ok(())
            }
            b'-' if self.cursor.is_blank_or_end(1) => self.fetch_block_entry(),
            b'?' if self.in_flow() || self.cursor.is_blank_or_end(1) => self.fetch_key(),
            b':' if self.in_flow() || self.cursor.is_blank_or_end(1) => self.fetch_value(),
            b'*' | b'&' => {
                self.save_key()?;
                self.key_allowed = false;
                self.scan_anchor()
            }
            b'!' => {
                self.save_key()?;
                self.key_allowed = false;
                self.scan_tag()
            }
            b'|' | b'>' if !self.in_flow() => {
                self.key_allowed = true;
                self.remove_key()?;
                self.scan_block_scalar()
            }
            b'\'' | b'"' => {
                self.save_key()?;
                self.key_allowed = false;
                self.scan_quoted()
            }
            b'\t' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' | b'?' | b':' => {
                // A `?` or `:` that something follows is text in the block context.
                if matches!(first, b'?' | b':') {
                    self.fetch_plain()
                } else {
                    Err(Problem::CannotStart { at: self.cursor.at })
                }
            }
            _ => self.fetch_plain(),
        }
    }

    fn fetch_plain(&mut self) -> Result<()> {
        self.save_key()?;
        self.key_allowed = false;
        self.scan_plain();
        Ok(())
    }

    /// Goes over spaces, comments and line breaks.
    fn skip_to_token(&mut self) {
        loop {
            self.cursor.skip(|byte| byte == b' ');
            self.skip_comment();
            if self.cursor.line_break().is_none() {
                return;
            }
            if !self.in_flow() {
                self.key_allowed = true;
            }
        }
    }

    /// Goes over a comment, if one starts here.
    fn skip_comment(&mut self) {
        if self.cursor.peek(0) != b'#' {
            return;
        }
        let start = self.cursor.at;
        self.cursor.skip_line();
        self.comments.push(Span::new(start, self.cursor.at));
    }

    fn fetch_end(&mut self) -> Result<()> {
        self.unwind(-1);
        self.remove_key()?;
        self.keys.clear();
        self.push(Kind::StreamEnd, self.cursor.at);
        self.done = true;
        Ok(())
    }

    fn fetch_directive(&mut self) -> Result<()> {
        self.unwind(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.scan_directive()
    }

    fn fetch_document_mark(&mut self, kind: Kind<'t>) -> Result<()> {
        self.unwind(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.push_sign(kind, 3);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: Kind<'t>) -> Result<()> {
        self.save_key()?;
        self.keys.push(None);
        self.key_allowed = true;
        self.push_sign(kind, 1);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: Kind<'t>) -> Result<()> {
        self.remove_key()?;
        if !self.in_flow() {
            // A bracket that nothing opened: no grammar goes on from here.
            return Err(Problem::NothingToClose { at: self.cursor.at });
        }
        self.keys.pop();
        self.first_key = self.first_key.min(self.keys.len() - 1);
        self.key_allowed = false;
        self.push_sign(kind, 1);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<()> {
        if !self.in_flow() {
            if !self.key_allowed {
                return Err(Problem::EntryNotAllowed { at: self.cursor.at });
            }
            let column = self.cursor.column();
            if self.indent_to(column) {
                self.push(Kind::BlockSequenceStart, self.cursor.at);
            }
        }
        self.key_allowed = true;
        self.remove_key()?;
        self.push_sign(Kind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<()> {
        if !self.in_flow() {
            if !self.key_allowed {
                return Err(Problem::KeyNotAllowed { at: self.cursor.at });
            }
            let column = self.cursor.column();
            if self.indent_to(column) {
                self.push(Kind::BlockMappingStart, self.cursor.at);
            }
        }
        self.key_allowed = !self.in_flow();
        self.remove_key()?;
        self.push_sign(Kind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<()> {
        let key = self.keys.last_mut().and_then(Option::take);
        match key.filter(|key| !self.is_stale(key)) {
            Some(key) => {
                let place = key.token.saturating_sub(self.taken).min(self.tokens.len());
                let token = |kind| Token {
                    kind,
                    start: key.at,
                    end: key.at,
                };
                self.tokens.insert(place, token(Kind::Key));
                if !self.in_flow() && self.indent_to(key.column) {
                    self.tokens.insert(place, token(Kind::BlockMappingStart));
                }
                self.key_allowed = false;
            }
            None => {
                if !self.in_flow() {
                    if !self.key_allowed {
                        return Err(Problem::ValueNotAllowed { at: self.cursor.at });
                    }
                    let column = self.cursor.column();
                    if self.indent_to(column) {
                        self.push(Kind::BlockMappingStart, self.cursor.at);
                    }
                }
                self.key_allowed = !self.in_flow();
            }
        }
        self.push_sign(Kind::Value, 1);
        Ok(())
    }
}
