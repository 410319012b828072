//! What makes a finding the same one in another run, although lines have moved.

use std::collections::HashMap;
use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher24};

/// Counts the findings of one configuration that nothing else tells apart.
#[derive(Default)]
pub(super) struct Fingerprints(HashMap<u128, u64>);

impl Fingerprints {
    /// The fingerprint of the next finding: of its rule, the file's name, the key, and the first
    /// line of the masked text that it points at. Neither lines nor the numbers of list items
    /// count, so an entry above it changes nothing; findings that are equal in all this are
    /// numbered.
    pub(super) fn next(&mut self, rule: &str, file: &str, key: &str, text: &str) -> String {
        let first = text.lines().next().unwrap_or_default().trim();
        let mut hasher = SipHasher24::new();
        for part in [rule, file, &without_indices(key), first] {
            hasher.write(part.as_bytes());
            // No text holds this byte, so that no two lists of parts run together to the same.
            hasher.write(&[0xff]);
        }
        let count = self.0.entry(hasher.finish128().as_u128()).or_default();
        *count += 1;
        hasher.write(&count.to_le_bytes());
        format!("{:032x}", hasher.finish128().as_u128())
    }
}

/// `a[3].b` as `a[].b`.
fn without_indices(key: &str) -> String {
    let mut inside = false;
    let kept = key.chars().filter(|&c| {
        inside = c == '[' || inside && c.is_ascii_digit();
        !inside || c == '['
    });
    kept.collect()
}
