//! CBOR as an authenticator writes it, and as none should: the software authenticator also writes what a server must
//! refuse.

/// A value of CBOR (RFC 8949).
#[derive(Clone, Debug)]
pub enum Cbor {
    /// An integer, in its shortest form.
    Int(i64),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text.
    Text(String),
    /// An array.
    Array(Vec<Cbor>),
    /// A map: keys with their values, in this order, whether sorted or not. A key may be repeated.
    Map(Vec<(Cbor, Cbor)>),
    /// True or false.
    Bool(bool),
    /// These bytes as they are: for what the others cannot say.
    Raw(Vec<u8>),
}

impl Cbor {
    /// A text.
    pub fn text(text: &str) -> Cbor {
        Cbor::Text(text.to_owned())
    }

    /// The value as it is written.
    pub fn bytes(&self) -> Vec<u8> {
        let mut written = Vec::new();
        self.write(&mut written);
        written
    }

    fn write(&self, to: &mut Vec<u8>) {
        match self {
            Cbor::Int(number) if *number < 0 => to.extend(head(1, number.unsigned_abs() - 1)),
            Cbor::Int(number) => to.extend(head(0, number.unsigned_abs())),
            Cbor::Bytes(bytes) => {
                to.extend(head(2, bytes.len() as u64));
                to.extend(bytes);
            }
            Cbor::Text(text) => {
                to.extend(head(3, text.len() as u64));
                to.extend(text.as_bytes());
            }
            Cbor::Array(values) => {
                to.extend(head(4, values.len() as u64));
                values.iter().for_each(|value| value.write(to));
            }
            Cbor::Map(entries) => {
                to.extend(head(5, entries.len() as u64));
                for (key, value) in entries {
                    key.write(to);
                    value.write(to);
                }
            }
            Cbor::Bool(is) => to.push(if *is { 0xf5 } else { 0xf4 }),
            Cbor::Raw(bytes) => to.extend(bytes),
        }
    }
}

/// The head of a value in its shortest form: its major type, and a number, a length or a count.
fn head(major: u8, number: u64) -> Vec<u8> {
    let width = match number {
        0..=23 => return vec![(major << 5) | number as u8],
        24..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        _ => 8,
    };
    long_head(major, number, width)
}

/// The head of a value with a number of 1, 2, 4 or 8 bytes, even where fewer would do.
pub fn long_head(major: u8, number: u64, width: usize) -> Vec<u8> {
    let additional = match width {
        1 => 24,
        2 => 25,
        4 => 26,
        _ => 27,
    };
    let mut written = vec![(major << 5) | additional];
    written.extend(&number.to_be_bytes()[8 - width.clamp(1, 8)..]);
    written
}
