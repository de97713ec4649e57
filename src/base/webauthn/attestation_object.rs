//! The attestation object: the envelope of a registration, with the authenticator data and a statement about the
//! authenticator (Level 3, section 6.5).

use super::cbor::{self, Value};
use super::refused::Refused;

/// The authenticator data in an attestation object: 7.1 step 13, and what is left of steps 21 to 24.
pub fn authenticator_data(bytes: &[u8]) -> Result<&[u8], Refused> {
    let Value::Map(fields) = cbor::whole(bytes).map_err(Refused::AttestationObject)? else {
        return Err(Refused::AttestationFields);
    };
    // In canonical form, keys have one order.
    let [
        (Value::Text("fmt"), Value::Text(format)),
        (Value::Text("attStmt"), statement),
        (Value::Text("authData"), Value::Bytes(data)),
    ] = fields.as_slice()
    else {
        return Err(Refused::AttestationFields);
    };
    if is_name(format) && has_shape(statement, format) {
        Ok(*data)
    } else {
        Err(Refused::AttestationStatement)
    }
}

/// Whether this may be the name of a format (Level 3, section 8.1).
fn is_name(format: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    (1..=32).contains(&format.len()) && format.bytes().all(is_allowed)
}

/// Whether a statement has the shape that every one has: nothing for "none", else fields with names, or a list of
/// statements. What it says is not verified. It would name the model of the authenticator, and no model is refused,
/// so "none" is asked for. Browsers pass on a few others even then, such as the self attestation of a security key:
/// they count as "none", which the standard allows (7.1 step 24, note).
fn has_shape(statement: &Value<'_>, format: &str) -> bool {
    match statement {
        Value::Map(fields) if format == "none" => fields.is_empty(),
        Value::Map(fields) => fields.iter().all(|(name, _)| matches!(name, Value::Text(_))),
        Value::Array(_) => format != "none",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::webauthn::malformed::Malformed;

    /// An attestation object with this statement, both in CBOR, and one byte of authenticator data.
    fn object(format: &[u8], statement: &[u8]) -> Vec<u8> {
        [&b"\xa3\x63fmt"[..], format, b"\x67attStmt", statement, b"\x68authData\x41\x07"].concat()
    }

    #[test]
    fn the_authenticator_data_is_found_whatever_the_statement_says() {
        for (format, statement) in [
            (&b"\x64none"[..], &b"\xa0"[..]),
            (b"\x66packed", b"\xa2\x63alg\x26\x63sig\x41\x00"),
            (b"\x66packed", b"\xa0"),
            (b"\x68compound", b"\x82\xa0\xa0"),
            (b"\x61!", b"\xa0"),
            (b"\x78\x20a-format-of-exactly-32-character", b"\xa0"),
        ] {
            assert_eq!(authenticator_data(&object(format, statement)), Ok(&[7][..]), "{format:?}");
        }
    }

    #[test]
    fn a_statement_without_a_name_or_of_another_shape_is_refused() {
        for (format, statement) in [
            (&b"\x64none"[..], &b"\xa1\x63alg\x26"[..]),
            (b"\x64none", b"\x80"),
            (b"\x64none", b"\xf6"),
            (b"\x66packed", b"\x40"),
            (b"\x66packed", b"\xa1\x01\x26"),
            (b"\x60", b"\xa0"),
            (b"\x66a form", b"\xa0"),
            (b"\x62\"a", b"\xa0"),
            (b"\x62\\a", b"\xa0"),
            (b"\x62\xc3\xbc", b"\xa0"),
            (b"\x78\x21a-format-of-exactly-33-characters", b"\xa0"),
        ] {
            let object = object(format, statement);
            let found = authenticator_data(&object);
            assert_eq!(found, Err(Refused::AttestationStatement), "{format:?} {statement:?}");
        }
    }

    #[test]
    fn an_object_with_other_fields_is_refused() {
        for fields in [
            &b"\xa0"[..],
            b"\x80",
            b"\xa2\x63fmt\x64none\x67attStmt\xa0",
            b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x61a",
            b"\xa3\x63fmt\x44none\x67attStmt\xa0\x68authData\x41\x07",
            b"\xa3\x63Fmt\x64none\x67attStmt\xa0\x68authData\x41\x07",
            b"\xa4\x63fmt\x64none\x65epAtt\xf5\x67attStmt\xa0\x68authData\x41\x07",
        ] {
            assert_eq!(authenticator_data(fields), Err(Refused::AttestationFields), "{fields:?}");
        }
        let unsorted = b"\xa3\x68authData\x41\x07\x63fmt\x64none\x67attStmt\xa0";
        assert_eq!(authenticator_data(unsorted), Err(Refused::AttestationObject(Malformed::Unsorted)));
        let longer = [&object(b"\x64none", b"\xa0")[..], &[0]].concat();
        assert_eq!(authenticator_data(&longer), Err(Refused::AttestationObject(Malformed::Continues)));
    }
}
