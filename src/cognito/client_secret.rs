use thiserror::Error;

use super::is_placeholder;
use crate::secret::Secret;

/// The secret of an app client.
pub struct ClientSecret(Secret);

/// Why a text is no client secret. Never repeats the text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidClientSecret {
    /// Nothing was given.
    #[error(
        "the client secret is empty; ConsoleMe needs an app client that has one (in the console: a confidential client)"
    )]
    Empty,
    /// A stand-in from an example file.
    #[error("the client secret is still a placeholder; put the app client's own secret there")]
    Placeholder,
    /// White space or a control character, as a careless copy brings along.
    #[error(
        "the client secret has {what} at character {position}, which no secret of Cognito has; copy it again without it"
    )]
    Character {
        /// What kind of character.
        what: &'static str,
        /// Which one, counted from 1.
        position: usize,
    },
}

impl ClientSecret {
    /// Takes a secret exactly as it is.
    ///
    /// # Errors
    /// It is empty, a placeholder, or has a character that no secret has.
    pub fn new(secret: Secret) -> Result<Self, InvalidClientSecret> {
        let text = secret.reveal();
        if text.is_empty() {
            return Err(InvalidClientSecret::Empty);
        }
        if is_placeholder(text) {
            return Err(InvalidClientSecret::Placeholder);
        }
        let wrong = text.chars().zip(1..).find_map(|(c, position)| {
            let what = match c {
                '\n' | '\r' => "a line break",
                _ if c.is_whitespace() => "white space",
                _ if c.is_control() => "a control character",
                _ if !c.is_ascii() => "a character outside ASCII",
                _ => return None,
            };
            Some(InvalidClientSecret::Character { what, position })
        });
        wrong.map_or(Ok(Self(secret)), Err)
    }

    /// Whether it is as long as the secrets of Cognito: 24 to 64 characters (`ClientSecretType` of
    /// its API).
    pub fn is_usual(&self) -> bool {
        (24..=64).contains(&self.reveal().len())
    }

    /// The secret itself, for the one place that has to write it.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(text: &str) -> Result<ClientSecret, InvalidClientSecret> {
        ClientSecret::new(Secret::from(text.to_owned()))
    }

    #[test]
    fn every_character_of_a_secret_is_kept() {
        let text = "a+b/c=d#e: f".replace(' ', "");
        assert_eq!(new(&text).unwrap().reveal(), text);
    }

    #[test]
    fn secrets_have_a_length() {
        for (length, is_usual) in [(23, false), (24, true), (64, true), (65, false)] {
            assert_eq!(new(&"a".repeat(length)).unwrap().is_usual(), is_usual);
        }
    }

    #[test]
    fn what_no_secret_has_is_refused_without_repeating_it() {
        assert_eq!(new("").err(), Some(InvalidClientSecret::Empty));
        assert_eq!(
            new("REPLACE_WITH_YOUR_SECRET").err(),
            Some(InvalidClientSecret::Placeholder)
        );
        let error = new("abc def").err().unwrap();
        assert_eq!(
            error,
            InvalidClientSecret::Character {
                what: "white space",
                position: 4
            }
        );
        assert!(!error.to_string().contains("abc"));
        assert!(matches!(
            new("abc\n"),
            Err(InvalidClientSecret::Character {
                what: "a line break",
                position: 4
            })
        ));
        assert!(matches!(
            new("abc\u{200b}"),
            Err(InvalidClientSecret::Character { .. })
        ));
    }
}
