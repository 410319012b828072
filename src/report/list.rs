//! Lists in JSON whose items come one after the other, and that are written when all are there.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};

use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use tempfile::SpooledTempFile;

use super::KEPT;

/// Ends an item. No text in JSON holds this byte.
const END: u8 = 0;

/// Such a list.
pub(super) struct List {
    /// What stands in front of each line of an item.
    indent: String,
    items: RefCell<SpooledTempFile>,
}

impl List {
    /// An empty list, in a document that indents its items as deep.
    pub(super) fn new(depth: usize) -> Self {
        Self {
            indent: format!("\n{}", "  ".repeat(depth)),
            items: RefCell::new(SpooledTempFile::new(KEPT)),
        }
    }

    /// Adds an item.
    pub(super) fn push(&mut self, item: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string_pretty(item)?;
        let mut item = text.replace('\n', &self.indent).into_bytes();
        item.push(END);
        self.items.get_mut().write_all(&item)
    }
}

impl Serialize for List {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let mut items = self.items.borrow_mut();
        items.seek(SeekFrom::Start(0)).map_err(S::Error::custom)?;
        for item in BufReader::new(&mut *items).split(END) {
            let text = String::from_utf8(item.map_err(S::Error::custom)?);
            let text = text.map_err(S::Error::custom)?;
            let item = RawValue::from_string(text).map_err(S::Error::custom)?;
            list.serialize_element(&item)?;
        }
        list.end()
    }
}
