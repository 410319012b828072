//! Keys as Python's dictionaries tell them apart: `1`, `1.0` and `True` are one key.

use std::borrow::Cow;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, Zero};

use super::{Node, NodeId, Value};

/// What Python's `==` and `hash` see of a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key<'t> {
    /// `None`.
    Null,
    /// A text.
    Str(&'t str),
    /// Bytes.
    Bytes(&'t [u8]),
    /// A whole number of any type.
    Int(Cow<'t, BigInt>),
    /// The bits of any other number.
    Float(u64),
    /// PyYAML has one `nan` for all places.
    Nan,
    /// A date or time.
    Timestamp(&'t str),
    /// Something that Python takes for no key, or only for itself.
    Itself(NodeId),
}

impl<'t> Node<'t> {
    /// The node as a key.
    pub fn key(self) -> Key<'t> {
        match self.value() {
            Value::Null => Key::Null,
            Value::Str(text) => Key::Str(text),
            Value::Bytes(bytes) => Key::Bytes(bytes),
            Value::Int(value) => Key::Int(Cow::Borrowed(value)),
            Value::Bool(value) => Key::Int(Cow::Owned(BigInt::from(*value))),
            Value::Float(value) if value.is_nan() => Key::Nan,
            Value::Float(value) => match BigInt::from_f64(*value) {
                Some(whole) if value.fract().is_zero() => Key::Int(Cow::Owned(whole)),
                _ => Key::Float(value.to_bits()),
            },
            Value::Timestamp(text) => Key::Timestamp(text),
            Value::List(_) | Value::Map(_) | Value::Set(_) | Value::Pair(..) => {
                Key::Itself(self.id())
            }
        }
    }
}
