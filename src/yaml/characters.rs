//! Which characters PyYAML's reader lets through.

use super::problem::Problem;

/// Finds the first character that is not allowed.
pub(super) fn check(text: &str) -> Result<(), Problem> {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Most of a text is plain ASCII: look at it in pieces.
    for piece in bytes.chunks(64) {
        let plain = piece
            .iter()
            .fold(true, |plain, &byte| plain & is_plain(byte));
        if !plain && let Some(found) = bad_byte(bytes, at, piece.len()) {
            return Err(Problem::Character { at: found });
        }
        at += piece.len();
    }
    Ok(())
}

fn is_plain(byte: u8) -> bool {
    (0x20..0x7f).contains(&byte) | (byte == b'\n') | (byte == b'\r') | (byte == b'\t')
}

/// The first character of a piece that is not allowed.
fn bad_byte(bytes: &[u8], start: usize, length: usize) -> Option<usize> {
    (start..start + length).find(|&at| match bytes.get(at..).unwrap_or_default() {
        [byte, ..] if byte.is_ascii() => !is_plain(*byte),
        [0xc2, second, ..] => *second < 0xa0 && *second != 0x85,
        [0xef, 0xbf, third, ..] => *third >= 0xbe,
        _ => false,
    })
}
