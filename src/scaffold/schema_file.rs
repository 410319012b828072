//! The schema beside a configuration, where editors find it.

use std::fs;
use std::path::Path;

use crate::consoleme::SCHEMA;

/// The name of the file.
pub const SCHEMA_FILE: &str = "consoleme.schema.json";

/// Whether a file is there that holds this very schema, so that it need not be written.
pub fn is_schema(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes == SCHEMA.as_bytes())
}
