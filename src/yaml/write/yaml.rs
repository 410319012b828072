//! Values as YAML that PyYAML reads as the same values.

use super::super::{Node, Value, quote};
use super::walk::{Mask, Visit, WriteError, walk};
use super::{HIDDEN, python};

/// The longest text that is written, in bytes.
const LIMIT: usize = 512 << 20;

/// A key with as many characters needs a `?` in front of it.
const KEY_LENGTH: usize = 1000;

/// A value as YAML without aliases, one entry a line. `path` is the path of the value itself. The
/// tuples of `!!omap` and `!!pairs` are written as lists.
///
/// # Errors
/// The value contains itself, or is too large or too deep.
pub fn to_yaml(node: Node<'_>, path: &str, mask: &Mask<'_>) -> Result<String, WriteError> {
    let mut yaml = String::new();
    let mut depth = 0;
    // Whether the next entry stands in the line of the `- ` of the list around it.
    let mut inline = false;
    walk(node, path, mask, &mut |visit, _| {
        match visit {
            Visit::Entry { key, .. } => {
                let indent = 2 * (depth - 1);
                if !std::mem::take(&mut inline) {
                    yaml.extend(std::iter::repeat_n(' ', indent));
                }
                match key {
                    None => yaml.push('-'),
                    Some(key) => {
                        let key = scalar(key);
                        if key.chars().nth(KEY_LENGTH).is_some() {
                            let indent = " ".repeat(indent);
                            yaml.push_str(&format!("? {key}\n{indent}"));
                        } else {
                            yaml.push_str(&key);
                        }
                        yaml.push(':');
                    }
                }
            }
            Visit::Leaf(node) => line(&mut yaml, &scalar(node)),
            Visit::Hidden(_) => line(&mut yaml, &quote(HIDDEN)),
            Visit::Open(node) => {
                depth += 1;
                let is_empty = !node.is_truthy();
                match is_empty {
                    true => line(&mut yaml, if node.is_map() { "{}" } else { "[]" }),
                    false if yaml.ends_with('-') => {
                        yaml.push(' ');
                        inline = true;
                    }
                    false if !yaml.is_empty() => yaml.push('\n'),
                    false => {}
                }
            }
            Visit::Close(_) => depth -= 1,
        }
        match yaml.len() > LIMIT {
            true => Err(WriteError::TooLarge),
            false => Ok(()),
        }
    })?;
    Ok(yaml)
}

/// The rest of a line.
fn line(yaml: &mut String, text: &str) {
    if !yaml.is_empty() {
        yaml.push(' ');
    }
    yaml.push_str(text);
    yaml.push('\n');
}

fn scalar(node: Node<'_>) -> String {
    match node.value() {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        // Without a limit on digits.
        Value::Int(value) => python::int(value).unwrap_or_else(|_| {
            let digits = value.magnitude().to_str_radix(16);
            let sign = if value.sign() == num_bigint::Sign::Minus {
                "-"
            } else {
                ""
            };
            format!("{sign}0x{digits}")
        }),
        Value::Float(value) if value.is_nan() => ".nan".to_owned(),
        Value::Float(f64::INFINITY) => ".inf".to_owned(),
        Value::Float(f64::NEG_INFINITY) => "-.inf".to_owned(),
        Value::Float(value) => {
            let text = python::float(*value);
            match text.contains('.') {
                true => text,
                // YAML 1.1 has no exponent without a point.
                false => text.replace('e', ".0e"),
            }
        }
        Value::Str(text) => quote(text),
        Value::Timestamp(text) => text.to_string(),
        Value::Bytes(bytes) => format!("!!binary \"{}\"", base64(bytes)),
        Value::Set(items) => {
            let items = items.iter().map(|&item| scalar(node.other(item)));
            let items: Vec<String> = items.map(|item| format!("? {item}")).collect();
            format!("!!set {{{}}}", items.join(", "))
        }
        Value::List(_) | Value::Map(_) | Value::Pair(..) => String::new(),
    }
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut three = [0; 3];
        three
            .iter_mut()
            .zip(chunk)
            .for_each(|(to, from)| *to = *from);
        let [a, b, c] = three.map(usize::from);
        let sixes = [
            a >> 2,
            (a & 3) << 4 | b >> 4,
            (b & 15) << 2 | c >> 6,
            c & 63,
        ];
        for (index, six) in sixes.iter().enumerate() {
            let letter = ALPHABET.get(*six).filter(|_| index <= chunk.len());
            text.push(letter.map_or('=', |&letter| letter.into()));
        }
    }
    text
}
