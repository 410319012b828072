//! Scalars as PyYAML's `SafeConstructor` makes them.

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::ToPrimitive;

use super::resolve::Tag;
use super::{Value, timestamp};

/// Python refuses to read a decimal integer with more digits (`sys.get_int_max_str_digits`).
const INT_DIGITS: usize = 4300;

/// Sexagesimal numbers with more parts cost more than linear time; PyYAML takes them.
const PARTS: usize = 10_000;

/// The value of a scalar with this tag, or why Python raises an error.
pub(super) fn construct(tag: Tag, text: &str) -> Result<Value, &'static str> {
    Ok(match tag {
        Tag::Null => Value::Null,
        Tag::Bool => Value::Bool(boolean(text)?),
        Tag::Int => Value::Int(integer(text)?),
        Tag::Float => Value::Float(float(text)?),
        Tag::Timestamp => Value::Timestamp(timestamp::construct(text)?),
        Tag::Binary => Value::Bytes(binary(text)?),
        _ => Value::Str(text.into()),
    })
}

fn boolean(text: &str) -> Result<bool, &'static str> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "on" => Ok(true),
        "no" | "false" | "off" => Ok(false),
        _ => Err("it is none of the words for true and false"),
    }
}

/// Without underscores and sign.
fn unsigned(text: &str) -> Result<(bool, String), &'static str> {
    let digits = text.replace('_', "");
    match digits.strip_prefix('-') {
        Some(rest) => Ok((true, rest.to_owned())),
        None if digits.is_empty() => Err("it is empty"),
        None => Ok((
            false,
            digits.strip_prefix('+').unwrap_or(&digits).to_owned(),
        )),
    }
}

fn integer(text: &str) -> Result<BigInt, &'static str> {
    let (negative, digits) = unsigned(text)?;
    let value = if let Some(digits) = digits.strip_prefix("0b") {
        python_int(digits, 2)?
    } else if let Some(digits) = digits.strip_prefix("0x") {
        python_int(digits, 16)?
    } else if digits == "0" {
        BigInt::ZERO
    } else if digits.starts_with('0') {
        python_int(&digits, 8)?
    } else if digits.contains(':') {
        let parts: Vec<&str> = digits.split(':').collect();
        if parts.len() > PARTS {
            return Err("it has too many parts");
        }
        let mut value = BigInt::ZERO;
        for part in parts {
            value = value * 60 + python_int(part, 10)?;
        }
        value
    } else {
        python_int(&digits, 10)?
    };
    Ok(if negative { -value } else { value })
}

/// Python's `int(text, base)`.
fn python_int(text: &str, base: u32) -> Result<BigInt, &'static str> {
    const NOT: &str = "it is not written as an integer";
    let text = text.trim_matches(is_python_space);
    let (sign, text) = match text.as_bytes() {
        [b'-', ..] => (Sign::Minus, text.get(1..)),
        [b'+', ..] => (Sign::Plus, text.get(1..)),
        _ => (Sign::Plus, Some(text)),
    };
    let text = text.ok_or(NOT)?;
    let prefixes: &[&str] = match base {
        2 => &["0b", "0B"],
        8 => &["0o", "0O"],
        16 => &["0x", "0X"],
        _ => &[],
    };
    let digits = prefixes
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(text);
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return Err(NOT);
    }
    if base == 10 && digits.len() > INT_DIGITS {
        return Err("Python reads no integer with more than 4300 digits");
    }
    // Most are small, and large ones need logarithms.
    let value = match u64::from_str_radix(digits, base) {
        Ok(value) => BigUint::from(value),
        Err(_) => BigUint::parse_bytes(digits.as_bytes(), base).ok_or(NOT)?,
    };
    Ok(BigInt::from_biguint(sign, value))
}

/// What `str.strip` takes away.
fn is_python_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

fn float(text: &str) -> Result<f64, &'static str> {
    let lower = text.to_lowercase();
    let (negative, digits) = unsigned(&lower)?;
    let value = match digits.as_str() {
        ".inf" => f64::INFINITY,
        // The sign of a `nan` is lost.
        ".nan" => return Ok(f64::NAN),
        _ if digits.contains(':') => {
            let parts: Vec<&str> = digits.split(':').collect();
            if parts.len() > PARTS {
                return Err("it has too many parts");
            }
            let mut base = BigUint::from(1u32);
            let mut value = 0.0;
            for part in parts.iter().rev() {
                let factor = base.to_f64().filter(|factor| factor.is_finite());
                value += python_float(part)? * factor.ok_or("it is too large")?;
                base *= 60u32;
            }
            value
        }
        digits => python_float(digits)?,
    };
    Ok(if negative { -value } else { value })
}

/// Python's `float(text)`.
fn python_float(text: &str) -> Result<f64, &'static str> {
    text.trim_matches(is_python_space)
        .parse()
        .map_err(|_| "it is not written as a number")
}

/// Python's `base64.decodebytes`, which skips what is not of the alphabet.
fn binary(text: &str) -> Result<Box<[u8]>, &'static str> {
    if !text.is_ascii() {
        return Err("it is not base64: it has characters outside ASCII");
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut quad, mut pads) = (0u32, 0, 0);
    for byte in text.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' if quad >= 2 => {
                pads += 1;
                if quad + pads >= 4 {
                    return Ok(bytes.into());
                }
                continue;
            }
            _ => continue,
        };
        pads = 0;
        bits = bits << 6 | u32::from(six);
        quad = (quad + 1) % 4;
        match quad {
            2 => bytes.extend((bits >> 4).to_le_bytes().first()),
            3 => bytes.extend((bits >> 2).to_le_bytes().first()),
            0 => bytes.extend(bits.to_le_bytes().first()),
            _ => {}
        }
    }
    match quad {
        0 => Ok(bytes.into()),
        _ => Err("it is not base64: it ends too early"),
    }
}
