//! The events of a text, from libyaml-safer.

use std::borrow::Cow;

use libyaml_safer::{Encoding, EventData, MappingStyle, Parser, ScalarStyle, SequenceStyle};

use super::error::Refusal;
use super::event::{Event, Kind, Properties};
use super::{Span, Style, hint};

pub(super) struct Events<'t> {
    text: &'t str,
    parser: Parser<&'t [u8]>,
}

impl<'t> Events<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut parser = Parser::new();
        parser.set_encoding(Encoding::Utf8);
        parser.set_input(text.as_bytes());
        Self { text, parser }
    }

    pub(super) fn next(&mut self) -> Result<Event<'t>, Refusal> {
        loop {
            let event = self.parser.parse().map_err(|error| {
                let at = error.problem_mark().map_or(0, |mark| mark.index);
                hint::syntax(self.text, usize::try_from(at).unwrap_or(0), error.problem())
            })?;
            let mark = |at: u64| u32::try_from(at).unwrap_or(u32::MAX);
            let span = Span {
                start: mark(event.start_mark.index),
                end: mark(event.end_mark.index),
            };
            let kind = match event.data {
                EventData::StreamStart { .. } => continue,
                EventData::StreamEnd => Kind::StreamEnd,
                EventData::DocumentStart { .. } => Kind::DocumentStart,
                EventData::DocumentEnd { .. } => Kind::DocumentEnd,
                EventData::Alias { anchor } => Kind::Alias(anchor.into()),
                EventData::Scalar {
                    anchor,
                    tag,
                    value,
                    style,
                    ..
                } => Kind::Scalar(
                    properties(anchor, tag, span),
                    Cow::Owned(value),
                    match style {
                        ScalarStyle::SingleQuoted => Style::SingleQuoted,
                        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                        ScalarStyle::Literal => Style::Literal,
                        ScalarStyle::Folded => Style::Folded,
                        _ => Style::Plain,
                    },
                ),
                EventData::SequenceStart {
                    anchor, tag, style, ..
                } => Kind::SequenceStart(
                    properties(anchor, tag, span),
                    match style {
                        SequenceStyle::Flow => Style::Flow,
                        _ => Style::Block,
                    },
                ),
                EventData::MappingStart {
                    anchor, tag, style, ..
                } => Kind::MappingStart(
                    properties(anchor, tag, span),
                    match style {
                        MappingStyle::Flow => Style::Flow,
                        _ => Style::Block,
                    },
                ),
                EventData::SequenceEnd | EventData::MappingEnd => Kind::End,
            };
            return Ok(Event { kind, span });
        }
    }
}

fn properties<'t>(anchor: Option<String>, tag: Option<String>, span: Span) -> Properties<'t> {
    Properties {
        anchor: anchor.map(|name| (name.into(), span)),
        tag: tag.map(|name| (name.into(), span)),
    }
}
