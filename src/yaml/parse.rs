//! Tokens → events, by the grammar of PyYAML's parser. Its states stand on a stack of our own, so
//! that depth costs no stack of the program.

use std::borrow::Cow;
use std::collections::HashMap;

use super::event::{Before, Event, Kind, Properties};
use super::problem::{Expected, Problem};
use super::scan::{Kind as Token, Scanner, Token as Scanned};
use super::{Span, Style};

/// What the parser is in the middle of.
#[derive(Debug, Clone, Copy)]
enum State {
    /// Before the first document.
    Stream,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequence,
    IndentlessSequence,
    BlockKey,
    BlockValue,
    FlowSequenceFirst,
    FlowSequence,
    /// `[key: value]`: a mapping of one entry inside a flow sequence.
    PairKey,
    PairValue,
    PairEnd,
    FlowKeyFirst,
    FlowKey,
    FlowValue,
    FlowNoValue,
    End,
}

pub(super) struct Events<'t> {
    scanner: Scanner<'t>,
    state: State,
    states: Vec<State>,
    /// Where the open collections start.
    starts: Vec<usize>,
    handles: HashMap<&'t str, Cow<'t, str>>,
    /// The end of the last token that was taken.
    end: usize,
}

type Result<T> = std::result::Result<T, Problem>;

impl<'t> Events<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            scanner: Scanner::new(text),
            state: State::Stream,
            states: Vec::new(),
            starts: Vec::new(),
            handles: HashMap::new(),
            end: 0,
        }
    }

    /// The comments of what was read.
    pub(super) fn into_comments(self) -> Vec<Span> {
        self.scanner.into_comments()
    }

    /// The next event; after the end of the stream, that again.
    pub(super) fn next(&mut self) -> Result<Event<'t>> {
        match self.state {
            State::Stream => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => {
                if self.is(|token| {
                    is_directive(token)
                        || matches!(
                            token,
                            Token::DocumentStart | Token::DocumentEnd | Token::StreamEnd
                        )
                })? {
                    Ok(self.empty_and_pop())
                } else {
                    self.node(true, false)
                }
            }
            State::DocumentEnd => {
                let at = self.start()?;
                self.eat(|token| matches!(token, Token::DocumentEnd))?;
                self.state = State::DocumentStart;
                Ok(event(Kind::DocumentEnd, at, at))
            }
            State::BlockNode => self.node(true, false),
            State::BlockSequence => self.block_sequence(),
            State::IndentlessSequence => self.indentless_sequence(),
            State::BlockKey => self.block_key(),
            State::BlockValue => self.block_value(),
            State::FlowSequenceFirst => self.flow_sequence(true),
            State::FlowSequence => self.flow_sequence(false),
            State::PairKey => self.pair_key(),
            State::PairValue => self.pair_value(),
            State::PairEnd => {
                self.state = State::FlowSequence;
                Ok(event(Kind::End, self.end, self.end))
            }
            State::FlowKeyFirst => self.flow_key(true),
            State::FlowKey => self.flow_key(false),
            State::FlowValue => self.flow_value(),
            State::FlowNoValue => Ok(self.empty(State::FlowKey)),
            State::End => Ok(event(Kind::StreamEnd, self.end, self.end)),
        }
    }

    fn is(&mut self, is: impl Fn(&Token<'t>) -> bool) -> Result<bool> {
        Ok(self.scanner.peek()?.is_some_and(|token| is(&token.kind)))
    }

    fn take(&mut self) -> Result<Option<Scanned<'t>>> {
        let token = self.scanner.take()?;
        if let Some(token) = &token {
            self.end = token.end;
        }
        Ok(token)
    }

    /// Takes the next token if it is this one.
    fn eat(&mut self, is: impl Fn(&Token<'t>) -> bool) -> Result<Option<Scanned<'t>>> {
        if self.is(is)? { self.take() } else { Ok(None) }
    }

    /// Where the next token starts.
    fn start(&mut self) -> Result<usize> {
        let end = self.end;
        Ok(self.scanner.peek()?.map_or(end, |token| token.start))
    }

    fn expected<T>(&mut self, expected: Expected) -> Result<T> {
        let end = self.end;
        let at = self.start()?;
        Err(Problem::Expected {
            expected,
            collection: self.starts.last().copied(),
            after: end,
            at,
        })
    }

    fn pop(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// A value that was left out, right after what was there.
    fn empty(&mut self, state: State) -> Event<'t> {
        self.state = state;
        let kind = Kind::Scalar(None, Cow::Borrowed(""), Style::Plain);
        event(kind, self.end, self.end)
    }

    fn empty_and_pop(&mut self) -> Event<'t> {
        self.pop();
        let state = self.state;
        self.empty(state)
    }

    /// A node, after which the parser is in this state.
    fn node_then(&mut self, then: State, block: bool, indentless: bool) -> Result<Event<'t>> {
        self.states.push(then);
        self.node(block, indentless)
    }

    fn document_start(&mut self, first: bool) -> Result<Event<'t>> {
        let is_explicit = |token: &Token<'t>| {
            is_directive(token) || matches!(token, Token::DocumentStart | Token::StreamEnd)
        };
        if first && !self.is(is_explicit)? {
            self.default_handles();
            let at = self.start()?;
            self.states.push(State::DocumentEnd);
            self.state = State::BlockNode;
            return Ok(event(Kind::DocumentStart, at, at));
        }
        while self
            .eat(|token| matches!(token, Token::DocumentEnd))?
            .is_some()
        {}
        if self
            .eat(|token| matches!(token, Token::StreamEnd))?
            .is_some()
        {
            self.state = State::End;
            return Ok(event(Kind::StreamEnd, self.end, self.end));
        }
        self.directives()?;
        match self.eat(|token| matches!(token, Token::DocumentStart))? {
            None => self.expected(Expected::Document),
            Some(token) => {
                self.states.push(State::DocumentEnd);
                self.state = State::DocumentContent;
                Ok(event(Kind::DocumentStart, token.start, token.end))
            }
        }
    }

    fn default_handles(&mut self) {
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            self.handles.entry(handle).or_insert(Cow::Borrowed(prefix));
        }
    }

    fn directives(&mut self) -> Result<()> {
        self.handles.clear();
        let mut version = false;
        while let Some(token) = self.eat(is_directive)? {
            let bad = Problem::Directive {
                start: token.start,
                end: token.end,
            };
            let is_fine = match token.kind {
                Token::Version { is_1 } => is_1 && !std::mem::replace(&mut version, true),
                Token::TagHandle(tag) => {
                    let (handle, prefix) = *tag;
                    self.handles.insert(handle, prefix).is_none()
                }
                _ => true,
            };
            if !is_fine {
                return Err(bad);
            }
        }
        self.default_handles();
        Ok(())
    }

    fn node(&mut self, block: bool, indentless: bool) -> Result<Event<'t>> {
        if let Some(token) = self.eat(|token| matches!(token, Token::Alias(_)))? {
            self.pop();
            let name = match token.kind {
                Token::Alias(name) => name,
                _ => "",
            };
            return Ok(event(Kind::Alias(name), token.start, token.end));
        }
        let properties = self.properties()?;
        let at = self.start()?;
        if indentless && self.is(|token| matches!(token, Token::BlockEntry))? {
            self.state = State::IndentlessSequence;
            return Ok(event(Kind::SequenceStart(properties, Style::Block), at, at));
        }
        let starts_content = |token: &Token<'t>| match token {
            Token::Scalar(..) | Token::FlowSequenceStart | Token::FlowMappingStart => true,
            Token::BlockSequenceStart | Token::BlockMappingStart => block,
            _ => false,
        };
        let Some(token) = self.eat(starts_content)? else {
            if properties.is_none() {
                return self.expected(Expected::Node { block });
            }
            self.pop();
            let kind = Kind::Scalar(properties, Cow::Borrowed(""), Style::Plain);
            return Ok(event(kind, self.end, self.end));
        };
        let (kind, state) = match token.kind {
            Token::Scalar(text, style) => {
                self.pop();
                let kind = Kind::Scalar(properties, text, style);
                return Ok(event(kind, token.start, token.end));
            }
            Token::FlowSequenceStart => (
                Kind::SequenceStart(properties, Style::Flow),
                State::FlowSequenceFirst,
            ),
            Token::FlowMappingStart => (
                Kind::MappingStart(properties, Style::Flow),
                State::FlowKeyFirst,
            ),
            Token::BlockSequenceStart => (
                Kind::SequenceStart(properties, Style::Block),
                State::BlockSequence,
            ),
            _ => (
                Kind::MappingStart(properties, Style::Block),
                State::BlockKey,
            ),
        };
        self.starts.push(token.start);
        self.state = state;
        Ok(event(kind, token.start, token.end))
    }

    /// An anchor and a tag, in any order.
    fn properties(&mut self) -> Result<Before<'t>> {
        if !self.is(|token| matches!(token, Token::Anchor(_) | Token::Tag(_)))? {
            return Ok(None);
        }
        let mut properties = Box::<Properties<'_>>::default();
        loop {
            let anchor = properties.anchor.is_none();
            let tag = properties.tag.is_none();
            let token = self.eat(|token| match token {
                Token::Anchor(_) => anchor,
                Token::Tag(_) => tag,
                _ => false,
            })?;
            let Some(token) = token else {
                return Ok(Some(properties));
            };
            let span = Span::new(token.start, token.end);
            match token.kind {
                Token::Anchor(name) => properties.anchor = Some((name, span)),
                Token::Tag(tag) => {
                    let (handle, suffix) = *tag;
                    let name = match handle.map(|handle| self.handles.get(handle)) {
                        None => suffix,
                        Some(Some(prefix)) => Cow::Owned(format!("{prefix}{suffix}")),
                        Some(None) => {
                            return Err(Problem::Handle {
                                start: token.start,
                                end: token.end,
                            });
                        }
                    };
                    properties.tag = Some((name, span));
                }
                _ => {}
            }
        }
    }

    /// The end of a collection that a token closes.
    fn close(&mut self, token: &Scanned<'t>) -> Event<'t> {
        self.starts.pop();
        self.pop();
        event(Kind::End, token.start, token.end)
    }

    fn block_sequence(&mut self) -> Result<Event<'t>> {
        if self
            .eat(|token| matches!(token, Token::BlockEntry))?
            .is_some()
        {
            if self.is(|token| matches!(token, Token::BlockEntry | Token::BlockEnd))? {
                return Ok(self.empty(State::BlockSequence));
            }
            return self.node_then(State::BlockSequence, true, false);
        }
        match self.eat(|token| matches!(token, Token::BlockEnd))? {
            Some(token) => Ok(self.close(&token)),
            None => self.expected(Expected::Entry),
        }
    }

    /// A sequence as the value of a key in the same column.
    fn indentless_sequence(&mut self) -> Result<Event<'t>> {
        if self
            .eat(|token| matches!(token, Token::BlockEntry))?
            .is_none()
        {
            self.pop();
            return Ok(event(Kind::End, self.end, self.end));
        }
        let is_over = |token: &Token<'t>| {
            matches!(
                token,
                Token::BlockEntry | Token::Key | Token::Value | Token::BlockEnd
            )
        };
        if self.is(is_over)? {
            return Ok(self.empty(State::IndentlessSequence));
        }
        self.node_then(State::IndentlessSequence, true, false)
    }

    fn block_key(&mut self) -> Result<Event<'t>> {
        if self.eat(|token| matches!(token, Token::Key))?.is_some() {
            if self.is(ends_block_key)? {
                return Ok(self.empty(State::BlockValue));
            }
            return self.node_then(State::BlockValue, true, true);
        }
        match self.eat(|token| matches!(token, Token::BlockEnd))? {
            Some(token) => Ok(self.close(&token)),
            None => self.expected(Expected::Key),
        }
    }

    fn block_value(&mut self) -> Result<Event<'t>> {
        let is_there = self.eat(|token| matches!(token, Token::Value))?.is_some();
        if !is_there || self.is(ends_block_key)? {
            return Ok(self.empty(State::BlockKey));
        }
        self.node_then(State::BlockKey, true, true)
    }

    fn flow_sequence(&mut self, first: bool) -> Result<Event<'t>> {
        const CLOSE: fn(&Token<'_>) -> bool = |token| matches!(token, Token::FlowSequenceEnd);
        if !first && !self.is(CLOSE)? && self.eat(is_comma)?.is_none() {
            return self.expected(Expected::Bracket);
        }
        if let Some(token) = self.eat(CLOSE)? {
            return Ok(self.close(&token));
        }
        if self.is(|token| matches!(token, Token::Key))? {
            let at = self.start()?;
            self.state = State::PairKey;
            let kind = Kind::MappingStart(None, Style::Flow);
            return Ok(event(kind, at, at));
        }
        self.node_then(State::FlowSequence, false, false)
    }

    fn pair_key(&mut self) -> Result<Event<'t>> {
        self.take()?;
        if self.is(|token| {
            matches!(
                token,
                Token::Value | Token::FlowEntry | Token::FlowSequenceEnd
            )
        })? {
            return Ok(self.empty(State::PairValue));
        }
        self.node_then(State::PairValue, false, false)
    }

    fn pair_value(&mut self) -> Result<Event<'t>> {
        let is_there = self.eat(|token| matches!(token, Token::Value))?.is_some();
        let is_over =
            |token: &Token<'t>| matches!(token, Token::FlowEntry | Token::FlowSequenceEnd);
        if !is_there || self.is(is_over)? {
            return Ok(self.empty(State::PairEnd));
        }
        self.node_then(State::PairEnd, false, false)
    }

    fn flow_key(&mut self, first: bool) -> Result<Event<'t>> {
        const CLOSE: fn(&Token<'_>) -> bool = |token| matches!(token, Token::FlowMappingEnd);
        if !first && !self.is(CLOSE)? && self.eat(is_comma)?.is_none() {
            return self.expected(Expected::Brace);
        }
        if let Some(token) = self.eat(CLOSE)? {
            return Ok(self.close(&token));
        }
        if self.eat(|token| matches!(token, Token::Key))?.is_none() {
            return self.node_then(State::FlowNoValue, false, false);
        }
        if self.is(|token| matches!(token, Token::Value) || ends_flow_value(token))? {
            return Ok(self.empty(State::FlowValue));
        }
        self.node_then(State::FlowValue, false, false)
    }

    fn flow_value(&mut self) -> Result<Event<'t>> {
        let is_there = self.eat(|token| matches!(token, Token::Value))?.is_some();
        if !is_there || self.is(ends_flow_value)? {
            return Ok(self.empty(State::FlowKey));
        }
        self.node_then(State::FlowKey, false, false)
    }
}

fn is_comma(token: &Token<'_>) -> bool {
    matches!(token, Token::FlowEntry)
}

fn is_directive(token: &Token<'_>) -> bool {
    matches!(
        token,
        Token::Version { .. } | Token::TagHandle(_) | Token::OtherDirective
    )
}

fn ends_block_key(token: &Token<'_>) -> bool {
    matches!(token, Token::Key | Token::Value | Token::BlockEnd)
}

fn ends_flow_value(token: &Token<'_>) -> bool {
    matches!(token, Token::FlowEntry | Token::FlowMappingEnd)
}

fn event(kind: Kind<'_>, start: usize, end: usize) -> Event<'_> {
    Event {
        kind,
        span: Span::new(start, end),
    }
}
