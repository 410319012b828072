//! The field's values, each parsed in one place, whether it came from a prompt, a flag, a file or
//! the network. A refused value says what it is instead and shows a right one.

mod account_id;
mod client_id;
mod client_secret;
mod host;
mod metadata_url;
mod pool_id;
mod region;
mod scope;
mod server_url;

pub use account_id::{AccountId, InvalidAccountId};
pub use client_id::{ClientId, InvalidClientId};
pub use client_secret::{ClientSecret, InvalidClientSecret};
pub use host::CognitoHost;
pub use metadata_url::{DISCOVERY_PATH, InvalidMetadataUrl, MetadataUrl};
pub use pool_id::{InvalidPoolId, PoolId};
pub use region::{InvalidRegion, Region};
pub use scope::{InvalidScope, Scope};
pub use server_url::{CallbackUrl, InvalidServerUrl, ServerUrl};

/// Whether a value of the field is a stand-in that its reader was meant to replace:
/// `REPLACE_WITH_…`, `YOUR_CLIENT_ID`, `<pool-id>`, `{user_pool_id}`.
pub fn is_placeholder(text: &str) -> bool {
    let bracketed = [('<', '>'), ('{', '}')].iter().any(|&(open, close)| {
        text.split_once(open)
            .and_then(|(_, rest)| rest.split_once(close))
            .is_some_and(|(inside, _)| {
                !inside.is_empty()
                    && inside
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "_- .".contains(c))
            })
    });
    bracketed || has_placeholder_word(text)
}

/// Whether any text has a word in it that only a stand-in has; brackets do not count here, as
/// messages and templates have them by right.
pub fn has_placeholder_word(text: &str) -> bool {
    // Most texts have nothing that one of the words begins with.
    let mut pairs = text.as_bytes().windows(2);
    if !pairs.any(|pair| matches!(pair, b"RE" | b"CH" | b"YO")) {
        return false;
    }
    ["REPLACE_WITH", "REPLACE_ME", "CHANGE_ME", "CHANGEME"]
        .iter()
        .any(|word| text.contains(word))
        || text
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .any(|word| word.starts_with("YOUR_") && word.bytes().all(|b| !b.is_ascii_lowercase()))
}

/// Why an answer that looks like another of the values asked for is refused; shared, so that a
/// paste into the wrong prompt is named alike everywhere.
fn looks_like_client_id(text: &str) -> bool {
    (25..=26).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && text.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_told_from_texts() {
        for text in [
            "<pool-id>",
            "https://{your domain}/auth",
            "<a.b_c>",
            "REPLACE_WITH_ID",
            "x CHANGEME",
            "YOUR_CLIENT_ID",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "",
            "<>",
            "{}",
            "a<b",
            "a>b<c",
            "<a/b>",
            "{a$b}",
            "YOURS",
            "YOUR_name",
            "changeme",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
