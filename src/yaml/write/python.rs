//! Values as Python writes them.

use num_bigint::BigInt;

use super::super::{Node, Value};
use super::WriteError;

/// Python writes no longer decimal number.
const INT_DIGITS: usize = 4300;

/// `str(int)`.
pub(super) fn int(value: &BigInt) -> Result<String, WriteError> {
    // A bit is less than a third of a digit, and to write a long number takes long.
    if value.bits() > 4 * INT_DIGITS as u64 {
        return Err(WriteError::Number);
    }
    let digits = value.to_string();
    match digits.trim_start_matches('-').len() > INT_DIGITS {
        true => Err(WriteError::Number),
        false => Ok(digits),
    }
}

/// `repr(float)` of a finite number.
pub(super) fn float(value: f64) -> String {
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>().unwrap_or(0) {
        -4..16 => {
            let plain = value.to_string();
            match plain.contains('.') {
                true => plain,
                false => plain + ".0",
            }
        }
        exponent => format!(
            "{digits}e{}{:02}",
            if exponent < 0 { '-' } else { '+' },
            exponent.abs()
        ),
    }
}

/// `str(value)`, where it is no collection.
pub(super) fn str(node: Node<'_>) -> String {
    match node.value() {
        Value::Str(text) | Value::Timestamp(text) => text.to_string(),
        _ => repr(node),
    }
}

fn repr(node: Node<'_>) -> String {
    match node.value() {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(value) => int(value).unwrap_or_default(),
        Value::Float(value) if value.is_nan() => "nan".to_owned(),
        Value::Float(value) if value.is_infinite() => value.to_string(),
        Value::Float(value) => float(*value),
        Value::Str(text) | Value::Timestamp(text) => {
            let escape = |c: char| match c {
                '\\' => "\\\\".to_owned(),
                '\n' => "\\n".to_owned(),
                '\r' => "\\r".to_owned(),
                '\t' => "\\t".to_owned(),
                c if c.is_control() && u32::from(c) < 0x100 => format!("\\x{:02x}", u32::from(c)),
                c if c.is_whitespace() && c != ' ' => c.escape_unicode().to_string(),
                c => c.into(),
            };
            quoted(text.chars().map(escape).collect())
        }
        Value::Bytes(bytes) => {
            let escape = |byte: &u8| match byte {
                b'\\' => "\\\\".to_owned(),
                b'\n' => "\\n".to_owned(),
                b'\r' => "\\r".to_owned(),
                b'\t' => "\\t".to_owned(),
                b' '..=b'~' => char::from(*byte).into(),
                byte => format!("\\x{byte:02x}"),
            };
            format!("b{}", quoted(bytes.iter().map(escape).collect()))
        }
        Value::Set(items) if items.is_empty() => "set()".to_owned(),
        Value::Set(items) => {
            let items = items.iter().map(|&item| repr(node.other(item)));
            format!("{{{}}}", items.collect::<Vec<_>>().join(", "))
        }
        Value::List(_) | Value::Map(_) | Value::Pair(..) => String::new(),
    }
}

/// In single quotes, or in double quotes where these need no escape.
fn quoted(text: String) -> String {
    match (text.contains('\''), text.contains('"')) {
        (true, false) => format!("\"{text}\""),
        _ => format!("'{}'", text.replace('\'', "\\'")),
    }
}
