//! Reads CBOR (RFC 8949) in the one form that authenticators and browsers may write: CTAP2's canonical form (CTAP 2.2,
//! section 8), in which each value has one encoding. WebAuthn asks readers to refuse everything else (Level 3, section
//! 2.4).
//!
//! Nothing is allocated for a claimed length: a list grows as its values are read, and each takes at least one byte. A
//! message of n bytes has at most n values.

use super::malformed::Malformed;

/// How deep arrays and maps may nest. CTAP2 allows four; a compound attestation with certificates has five.
const MAX_DEPTH: usize = 6;

/// A value. Its strings are parts of the input.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'b> {
    /// An integer. One that does not fit into 64 bits with sign is refused: no message has one.
    Integer(i64),
    /// A byte string.
    Bytes(&'b [u8]),
    /// A text string.
    Text(&'b str),
    /// An array.
    Array(Vec<Value<'b>>),
    /// A map: keys, which are integers or texts and sorted, with their values.
    Map(Vec<(Value<'b>, Value<'b>)>),
    /// True or false.
    Bool(bool),
    /// Null.
    Null,
}

/// Reads a value that is all of the bytes.
pub fn whole(bytes: &[u8]) -> Result<Value<'_>, Malformed> {
    let (value, rest) = first(bytes)?;
    if rest.is_empty() { Ok(value) } else { Err(Malformed::Continues) }
}

/// Reads the value at the beginning of the bytes, and returns it with the bytes that follow it.
pub fn first(bytes: &[u8]) -> Result<(Value<'_>, &[u8]), Malformed> {
    let mut reader = Reader { rest: bytes };
    let value = reader.value(MAX_DEPTH)?;
    Ok((value, reader.rest))
}

struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    /// The next value. `depth` is how deep arrays and maps may still nest.
    fn value(&mut self, depth: usize) -> Result<Value<'b>, Malformed> {
        let (kind, number) = self.head()?;
        // The kinds are RFC 8949's major types (section 3.1).
        match kind {
            0 => i64::try_from(number).map(Value::Integer).map_err(|_| Malformed::Integer),
            1 => i64::try_from(number).map(|n| Value::Integer(-1 - n)).map_err(|_| Malformed::Integer),
            2 => self.take(number).map(Value::Bytes),
            3 => std::str::from_utf8(self.take(number)?).map(Value::Text).map_err(|_| Malformed::Text),
            4 => self.array(number, depth.checked_sub(1).ok_or(Malformed::Depth)?),
            5 => self.map(number, depth.checked_sub(1).ok_or(Malformed::Depth)?),
            6 => Err(Malformed::Tag),
            // A longer encoding of one of these three is refused by `head`.
            _ => match number {
                20 => Ok(Value::Bool(false)),
                21 => Ok(Value::Bool(true)),
                22 => Ok(Value::Null),
                _ => Err(Malformed::Simple),
            },
        }
    }

    /// The head of a value: its kind and its number, which is an integer, a length or a count.
    fn head(&mut self) -> Result<(u8, u64), Malformed> {
        let [byte] = self.next()?;
        let (number, least) = match byte & 31 {
            number @ 0..=23 => (u64::from(number), 0),
            24 => (u64::from(u8::from_be_bytes(self.next()?)), 24),
            25 => (u64::from(u16::from_be_bytes(self.next()?)), 1 << 8),
            26 => (u64::from(u32::from_be_bytes(self.next()?)), 1 << 16),
            27 => (u64::from_be_bytes(self.next()?), 1 << 32),
            31 => return Err(Malformed::Indefinite),
            _ => return Err(Malformed::Simple),
        };
        if number < least { Err(Malformed::NotShortest) } else { Ok((byte >> 5, number)) }
    }

    fn array(&mut self, count: u64, depth: usize) -> Result<Value<'b>, Malformed> {
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(self.value(depth)?);
        }
        Ok(Value::Array(values))
    }

    fn map(&mut self, count: u64, depth: usize) -> Result<Value<'b>, Malformed> {
        let (mut entries, mut last) = (Vec::new(), None);
        for _ in 0..count {
            let before = self.rest;
            let key = self.value(depth)?;
            if !matches!(key, Value::Integer(_) | Value::Text(_)) {
                return Err(Malformed::Key);
            }
            // The first bytes of an encoding say its kind and its length, so keys are sorted if their bytes are.
            let spelling = before.get(..before.len() - self.rest.len());
            if spelling == last {
                return Err(Malformed::Repeated);
            }
            if spelling < last {
                return Err(Malformed::Unsorted);
            }
            last = spelling;
            entries.push((key, self.value(depth)?));
        }
        Ok(Value::Map(entries))
    }

    /// The next bytes, as many as fit the array.
    fn next<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(Malformed::Ends)?;
        self.rest = rest;
        Ok(*taken)
    }

    /// The next bytes, as many as a head says.
    fn take(&mut self, length: u64) -> Result<&'b [u8], Malformed> {
        let length = usize::try_from(length).map_err(|_| Malformed::Ends)?;
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Malformed::Ends)?;
        self.rest = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::webauthn::samples::{Random, hex};

    fn read(text: &str) -> Result<String, Malformed> {
        whole(&hex(text)).map(|value| format!("{value:?}"))
    }

    #[test]
    fn each_kind_of_value_is_read() {
        for (bytes, value) in [
            ("00", "Integer(0)"),
            ("17", "Integer(23)"),
            ("1818", "Integer(24)"),
            ("190100", "Integer(256)"),
            ("1a00010000", "Integer(65536)"),
            ("1b0000000100000000", "Integer(4294967296)"),
            ("1b7fffffffffffffff", "Integer(9223372036854775807)"),
            ("20", "Integer(-1)"),
            ("390100", "Integer(-257)"),
            ("3b7fffffffffffffff", "Integer(-9223372036854775808)"),
            ("4201ff", "Bytes([1, 255])"),
            ("62c3bc", "Text(\"ü\")"),
            ("820140", "Array([Integer(1), Bytes([])])"),
            ("a201f520f4", "Map([(Integer(1), Bool(true)), (Integer(-1), Bool(false))])"),
            ("a218180060f6", "Map([(Integer(24), Integer(0)), (Text(\"\"), Null)])"),
            ("a261620062616180", "Map([(Text(\"b\"), Integer(0)), (Text(\"aa\"), Array([]))])"),
            ("818181818180", "Array([Array([Array([Array([Array([Array([])])])])])])"),
        ] {
            assert_eq!(read(bytes).as_deref(), Ok(value), "{bytes}");
        }
    }

    #[test]
    fn everything_but_the_canonical_form_is_refused_with_its_reason() {
        for (why, all) in [
            (Malformed::Ends, "|18|1900|41|5affffffff|5b7fffffffffffffff00|7bffffffffffffffff|81"),
            (Malformed::Ends, "9bffffffffffffffff|a1|a101|a20102|bbffffffffffffffff|bbffffffffffffffff0000"),
            (Malformed::Continues, "0000|a000|f6f6"),
            (Malformed::NotShortest, "1817|1900ff|1a0000ffff|1b00000000ffffffff|3817|580100|7800|9800|b800"),
            (Malformed::NotShortest, "f814|f90015"),
            (Malformed::Indefinite, "5f4100ff|7f6161ff|9fff|bfff|ff|81ff"),
            (Malformed::Integer, "1b8000000000000000|1bffffffffffffffff|3b8000000000000000"),
            (Malformed::Text, "61ff|62c328|63eda080"),
            (Malformed::Depth, "81818181818180|81818181a1008180|a100a100a100a100a100a100a0"),
            (Malformed::Key, "a14000|a18000|a1a000|a1f500|a1f600"),
            (Malformed::Unsorted, "a202000100|a220000100|a26161000100|a262616100616200|a2616200616100"),
            (Malformed::Repeated, "a201000100|a2616100616100"),
            (Malformed::Tag, "c000|d81800|81c100"),
            (Malformed::Simple, "e0|f7|f820|f93c00|fa3f800000|fb3ff0000000000000|1c|5d|fe"),
        ] {
            for bytes in all.split('|') {
                assert_eq!(read(bytes), Err(why), "{bytes}");
            }
        }
    }

    /// Writes a value in canonical form. Returns how many values it has.
    fn write(value: &Value, to: &mut Vec<u8>) -> usize {
        let mut head = |kind: u8, number: u64| {
            let (info, bytes) = match number {
                0..=23 => (number as u8, 0),
                24..=0xff => (24, 1),
                0x100..=0xffff => (25, 2),
                0x1_0000..=0xffff_ffff => (26, 4),
                _ => (27, 8),
            };
            to.push((kind << 5) | info);
            to.extend(&number.to_be_bytes()[8 - bytes..]);
        };
        match value {
            Value::Integer(n) if *n < 0 => head(1, !*n as u64),
            Value::Integer(n) => head(0, *n as u64),
            Value::Bytes(bytes) => {
                head(2, bytes.len() as u64);
                to.extend(*bytes);
            }
            Value::Text(text) => {
                head(3, text.len() as u64);
                to.extend(text.as_bytes());
            }
            Value::Array(values) => {
                head(4, values.len() as u64);
                return values.iter().fold(1, |count, value| count + write(value, to));
            }
            Value::Map(entries) => {
                head(5, entries.len() as u64);
                return entries
                    .iter()
                    .fold(1, |count, (key, value)| count + write(key, to) + write(value, to));
            }
            Value::Bool(is) => head(7, 20 + u64::from(*is)),
            Value::Null => head(7, 22),
        }
        1
    }

    /// What is read has one encoding, the bytes that it was read from, and at most one value for each of them.
    fn is_the_only_spelling(bytes: &[u8]) -> bool {
        let Ok((value, rest)) = first(bytes) else { return true };
        let mut again = Vec::new();
        let count = write(&value, &mut again);
        again == bytes[..bytes.len() - rest.len()] && count <= again.len()
    }

    /// An attestation object in miniature, with every kind of value.
    const GOOD: &[u8] = b"\xa4\x01\x82\x20\x18\x2a\x63fmt\x64none\x67attStmt\xa1\x63x5c\x81\x58\x18\
        ........................\x68authData\xa3\x01\xf5\x02\xf6\x21\x19\x01\x00";

    #[test]
    fn ten_thousand_hostile_inputs_are_refused_or_have_one_spelling() {
        assert!(whole(GOOD).is_ok());
        let (mut random, mut read) = (Random::default(), 0);
        for round in 0..10_000 {
            let mut bytes = GOOD.to_vec();
            if round % 2 == 0 {
                // A good one with a few heads among its bytes, which may claim any length.
                for _ in 0..=random.below(3) {
                    let at = random.below(bytes.len());
                    bytes[at] = head(&mut random);
                }
            } else {
                // Nothing but heads.
                bytes = (0..random.below(64)).map(|_| head(&mut random)).collect();
            }
            if random.below(4) == 0 {
                bytes.truncate(random.below(bytes.len() + 1));
            }
            read += usize::from(first(&bytes).is_ok());
            assert!(is_the_only_spelling(&bytes), "{bytes:02x?}");
        }
        assert!((1000..9000).contains(&read), "{read} were read: only one side was tested");
    }

    fn head(random: &mut Random) -> u8 {
        let info = [0, 1, 2, 3, 23, 24, 25, 26, 27, 31][random.below(10)];
        ((random.below(8) << 5) | info) as u8
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_have_one_spelling(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(is_the_only_spelling(&bytes));
        }
    }
}
