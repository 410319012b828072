//! Which tag PyYAML's `Resolver` gives to a plain scalar.

/// The tags that `safe_load` treats in a way of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Str,
    Null,
    Bool,
    Int,
    Float,
    Timestamp,
    Binary,
    Seq,
    Map,
    Set,
    Omap,
    Pairs,
    /// `<<`
    Merge,
    /// `=`
    Value,
    /// No constructor has it.
    Unknown,
}

/// The tag with this name.
pub(super) fn named(name: &str) -> Tag {
    match name.strip_prefix("tag:yaml.org,2002:") {
        Some("str") => Tag::Str,
        Some("null") => Tag::Null,
        Some("bool") => Tag::Bool,
        Some("int") => Tag::Int,
        Some("float") => Tag::Float,
        Some("timestamp") => Tag::Timestamp,
        Some("binary") => Tag::Binary,
        Some("seq") => Tag::Seq,
        Some("map") => Tag::Map,
        Some("set") => Tag::Set,
        Some("omap") => Tag::Omap,
        Some("pairs") => Tag::Pairs,
        Some("merge") => Tag::Merge,
        Some("value") => Tag::Value,
        _ => Tag::Unknown,
    }
}

/// The tag of a plain scalar with this text.
pub(super) fn implicit(text: &str) -> Tag {
    // Python's `$` matches before a line break at the very end, too.
    let text = text.strip_suffix('\n').unwrap_or(text);
    let Some(&first) = text.as_bytes().first() else {
        return Tag::Null;
    };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => word(text),
        b'<' if text == "<<" => Tag::Merge,
        b'=' if text == "=" => Tag::Value,
        b'0'..=b'9' | b'+' | b'-' | b'.' => number(text.as_bytes()),
        _ => Tag::Str,
    }
}

fn word(text: &str) -> Tag {
    match text {
        "~" | "null" | "Null" | "NULL" => Tag::Null,
        "yes" | "Yes" | "YES" | "no" | "No" | "NO" | "true" | "True" | "TRUE" | "false"
        | "False" | "FALSE" | "on" | "On" | "ON" | "off" | "Off" | "OFF" => Tag::Bool,
        _ => Tag::Str,
    }
}

fn number(text: &[u8]) -> Tag {
    if is_float(text) {
        Tag::Float
    } else if is_int(text) {
        Tag::Int
    } else if is_timestamp(text) {
        Tag::Timestamp
    } else {
        Tag::Str
    }
}

/// A text without its first characters of this kind, and how many they are.
fn skip(text: &[u8], is: impl Fn(u8) -> bool) -> (&[u8], usize) {
    let count = text.iter().take_while(|&&byte| is(byte)).count();
    (text.get(count..).unwrap_or_default(), count)
}

fn is_digit_or_underscore(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'_'
}

fn unsigned(text: &[u8]) -> &[u8] {
    match text {
        [b'+' | b'-', rest @ ..] => rest,
        _ => text,
    }
}

fn is_float(text: &[u8]) -> bool {
    let rest = unsigned(text);
    match rest {
        b".inf" | b".Inf" | b".INF" => return true,
        b".nan" | b".NaN" | b".NAN" => return rest.len() == text.len(),
        _ => {}
    }
    match rest {
        [b'0'..=b'9', ..] => {
            let (rest, _) = skip(rest, is_digit_or_underscore);
            match rest {
                [b'.', fraction @ ..] => is_exponent(skip(fraction, is_digit_or_underscore).0),
                _ => match sixties(rest) {
                    Some([b'.', fraction @ ..]) => {
                        skip(fraction, is_digit_or_underscore).0.is_empty()
                    }
                    _ => false,
                },
            }
        }
        [b'.', b'0'..=b'9', fraction @ ..] => {
            rest.len() == text.len() && is_exponent(skip(fraction, is_digit_or_underscore).0)
        }
        _ => false,
    }
}

/// Nothing, or an exponent with its sign.
fn is_exponent(text: &[u8]) -> bool {
    match text {
        [] => true,
        [b'e' | b'E', b'+' | b'-', digits @ ..] => {
            !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// What follows one or more `:59`.
fn sixties(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text;
    loop {
        rest = match rest {
            [b':', b'0'..=b'5', b'0'..=b'9', rest @ ..] | [b':', b'0'..=b'9', rest @ ..] => rest,
            _ => return (rest.len() < text.len()).then_some(rest),
        };
    }
}

fn is_int(text: &[u8]) -> bool {
    let all = |digits: &[u8], is: fn(&u8) -> bool| {
        !digits.is_empty() && digits.iter().all(|byte| *byte == b'_' || is(byte))
    };
    match unsigned(text) {
        b"0" => true,
        [b'0', b'b', digits @ ..] => all(digits, |byte| matches!(byte, b'0' | b'1')),
        [b'0', b'x', digits @ ..] => all(digits, u8::is_ascii_hexdigit),
        [b'0', digits @ ..] => all(digits, |byte| matches!(byte, b'0'..=b'7')),
        [b'1'..=b'9', rest @ ..] => {
            let (rest, _) = skip(rest, is_digit_or_underscore);
            rest.is_empty() || sixties(rest).is_some_and(<[u8]>::is_empty)
        }
        _ => false,
    }
}

fn is_timestamp(text: &[u8]) -> bool {
    let Some(parts) = super::timestamp::parts(text) else {
        return false;
    };
    // A date alone must have all its digits.
    parts.time.is_some() || text.len() == "2000-01-01".len()
}
