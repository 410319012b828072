//! A place in a text that knows its line and column as PyYAML counts them.

#[derive(Debug)]
pub(super) struct Cursor<'t> {
    pub text: &'t str,
    /// The byte that comes next.
    pub at: usize,
    /// The first byte of this line, which tells lines apart, too.
    pub line: usize,
    /// A place in this line, and its column.
    counted: (usize, usize),
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            line: 0,
            counted: (0, 0),
        }
    }

    /// A byte ahead. The text has no NUL of its own, so that NUL is its end.
    pub(super) fn peek(&self, ahead: usize) -> u8 {
        let byte = self.text.as_bytes().get(self.at + ahead);
        byte.copied().unwrap_or(0)
    }

    pub(super) fn is_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The text between two places of this cursor.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// How many bytes the line break ahead has; 0 for anything else.
    pub(super) fn break_length(&self, ahead: usize) -> usize {
        match self.peek(ahead) {
            b'\n' => 1,
            b'\r' if self.peek(ahead + 1) == b'\n' => 2,
            b'\r' => 1,
            0xc2 if self.peek(ahead + 1) == 0x85 => 2,
            0xe2 if self.peek(ahead + 1) == 0x80 && matches!(self.peek(ahead + 2), 0xa8 | 0xa9) => {
                3
            }
            _ => 0,
        }
    }

    /// Whether the text or its line ends ahead.
    pub(super) fn is_line_end(&self, ahead: usize) -> bool {
        self.peek(ahead) == 0 || self.break_length(ahead) > 0
    }

    /// Whether the text or its line ends ahead, or a space stands there.
    pub(super) fn is_space_or_end(&self, ahead: usize) -> bool {
        self.peek(ahead) == b' ' || self.is_line_end(ahead)
    }

    /// The same, or a tab.
    pub(super) fn is_blank_or_end(&self, ahead: usize) -> bool {
        self.peek(ahead) == b'\t' || self.is_space_or_end(ahead)
    }

    /// Goes over a line break, and gives what it counts for in a text of several lines.
    pub(super) fn line_break(&mut self) -> Option<&'t str> {
        let length = self.break_length(0);
        if length == 0 {
            return None;
        }
        let counts_for = match length {
            3 => self.slice(self.at, self.at + 3),
            _ => "\n",
        };
        self.at += length;
        self.line = self.at;
        self.counted = (self.at, 0);
        Some(counts_for)
    }

    /// Goes over these bytes.
    pub(super) fn skip(&mut self, is: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|&&byte| is(byte)).count();
    }

    /// Goes on to the end of the line.
    pub(super) fn skip_line(&mut self) {
        loop {
            self.skip(|byte| !matches!(byte, b'\r' | b'\n' | 0xc2 | 0xe2));
            if self.is_line_end(0) {
                return;
            }
            self.at += 1;
        }
    }

    /// Goes on to what may end a plain scalar.
    pub(super) fn skip_plain(&mut self) {
        self.skip(|byte| {
            !matches!(
                byte,
                b' ' | b'\t'
                    | b'\r'
                    | b'\n'
                    | b':'
                    | b','
                    | b'?'
                    | b'['
                    | b']'
                    | b'{'
                    | b'}'
                    | 0xc2
                    | 0xe2
            )
        });
    }

    /// The characters before this place in its line; byte-order marks do not count.
    pub(super) fn column(&mut self) -> usize {
        let (place, column) = self.counted;
        let column = column + columns(self.slice(place, self.at));
        self.counted = (self.at, column);
        column
    }

    /// Whether this is the first column.
    pub(super) fn is_line_start(&mut self) -> bool {
        // Cheap where it matters: a line's first byte, and every place that is not near it.
        self.at == self.line || (self.at - self.line < 16 && self.column() == 0)
    }

    /// Whether a document starts or ends here: `---` or `...`.
    pub(super) fn is_document_mark(&self, mark: &[u8]) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        rest.starts_with(mark) && self.is_blank_or_end(mark.len())
    }
}

fn columns(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().filter(|&c| c != '\u{feff}').count()
    }
}
