//! `x-consoleme-status` as a word of the schema: what is outdated or unknown is an error there, so
//! that a run without any never reads the catalogue.

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError};
use serde_json::{Map, Value as Json};

/// The word, as the validator asks for it.
///
/// # Errors
/// None; the validator's signature has one.
#[expect(clippy::unnecessary_wraps, reason = "the validator's signature")]
pub(super) fn keyword<'a>(
    _schema: &'a Map<String, Json>,
    value: &'a Json,
    _path: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    let told = matches!(value.as_str(), Some("never-read" | "deprecated" | "plugin"));
    Ok(Box::new(Status { told }))
}

struct Status {
    told: bool,
}

impl<'i> Keyword<'i> for Status {
    fn validate(&self, _instance: &'i Json) -> Result<(), ValidationError<'i>> {
        if self.told {
            Err(ValidationError::custom("its status"))
        } else {
            Ok(())
        }
    }

    fn is_valid(&self, _instance: &'i Json) -> bool {
        !self.told
    }
}
