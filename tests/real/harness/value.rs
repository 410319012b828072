//! A Python value, with its type.

use num_bigint::BigInt;
use serde_json::Value as Json;

/// What Python held.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `None`.
    None,
    /// `bool`.
    Bool(bool),
    /// `int`, however large.
    Int(BigInt),
    /// `float`.
    Float(f64),
    /// `str`.
    Str(String),
    /// A `str` that holds lone surrogates, which no Rust string can: its code points.
    Points(Vec<u32>),
    /// `bytes`.
    Bytes(Vec<u8>),
    /// `datetime.date`, as `str()` writes it.
    Date(String),
    /// `datetime.datetime`, as `str()` writes it.
    DateTime(String),
    /// `list`.
    List(Vec<Value>),
    /// `tuple`, in what `!!omap` and `!!pairs` give.
    Tuple(Vec<Value>),
    /// `set`, sorted by what `repr` writes.
    Set(Vec<Value>),
    /// `dict`, in its order.
    Map(Vec<(Value, Value)>),
    /// A container that holds itself: the container at this depth, the outermost being 0.
    Ancestor(usize),
}

impl Value {
    /// Reads the tokens that `typed` in `server/values.py` writes.
    pub(super) fn read(tokens: &Json) -> Value {
        let mut tokens = tokens.as_array().expect("a list of tokens").iter();
        let value = next(&mut tokens);
        assert!(tokens.next().is_none(), "tokens are left over");
        value
    }

    /// The value under a text key, one level down.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let Value::Map(entries) = self else {
            return None;
        };
        entries
            .iter()
            .find(|(name, _)| name.as_str() == Some(key))
            .map(|(_, value)| value)
    }

    /// The text of a `str`.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::Str(text) = self {
            Some(text)
        } else {
            None
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Str(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Value {
        Value::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number.into())
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

fn next<'a>(tokens: &mut impl Iterator<Item = &'a Json>) -> Value {
    let token = tokens.next().expect("another token");
    match token {
        Json::Null => Value::None,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => Value::Int(number.as_i64().expect("a small integer").into()),
        Json::String(text) => Value::Str(text.clone()),
        Json::Array(_) => panic!("no token is a list"),
        Json::Object(object) => {
            let (kind, content) = object.iter().next().expect("a token with a kind");
            let text = || content.as_str().expect("a token with a text").to_owned();
            let count = || usize::try_from(content.as_u64().expect("a count")).expect("a count");
            match kind.as_str() {
                "int" => Value::Int(from_hex(&text())),
                "float" => Value::Float(text().parse().expect("a float")),
                "points" => Value::Points(
                    serde_json::from_value(content.clone()).expect("a list of code points"),
                ),
                "bytes" => Value::Bytes(
                    text()
                        .as_bytes()
                        .chunks(2)
                        .map(|pair| u8::from_str_radix(&String::from_utf8_lossy(pair), 16))
                        .collect::<Result<_, _>>()
                        .expect("bytes in hexadecimal"),
                ),
                "date" => Value::Date(text()),
                "datetime" => Value::DateTime(text()),
                "list" => Value::List((0..count()).map(|_| next(tokens)).collect()),
                "tuple" => Value::Tuple((0..count()).map(|_| next(tokens)).collect()),
                "set" => Value::Set((0..count()).map(|_| next(tokens)).collect()),
                "map" => Value::Map((0..count()).map(|_| (next(tokens), next(tokens))).collect()),
                "ancestor" => Value::Ancestor(count()),
                other => panic!("unknown token {other}"),
            }
        }
    }
}

fn from_hex(text: &str) -> BigInt {
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text), |digits| ("-", digits));
    let digits = digits.strip_prefix("0x").expect("a hexadecimal integer");
    BigInt::parse_bytes(format!("{sign}{digits}").as_bytes(), 16).expect("a hexadecimal integer")
}
