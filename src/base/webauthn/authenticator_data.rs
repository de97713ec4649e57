//! The authenticator data: what the authenticator itself says and signs (Level 3, section 6.1).

use super::cbor::{self, Value};
use super::refused::Refused;

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const BACKUP_ELIGIBLE: u8 = 0x08;
const BACKED_UP: u8 = 0x10;
/// A credential follows.
const CREDENTIAL: u8 = 0x40;
/// Extensions follow.
const EXTENSIONS: u8 = 0x80;

/// What the authenticator says about its user and the credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags {
    /// Someone was there: they touched it, or unlocked it.
    pub user_present: bool,
    /// It was its owner: by PIN, fingerprint or face.
    pub user_verified: bool,
    /// The credential may be copied to other devices of its owner.
    pub backup_eligible: bool,
    /// It was copied.
    pub backed_up: bool,
}

/// Authenticator data, read to its last byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthenticatorData<'b> {
    /// The SHA-256 of the domain that the credential is for.
    pub rp_id_hash: &'b [u8; 32],
    /// Its flags. The two bits without a meaning are ignored: a later standard may give them one.
    pub flags: Flags,
    /// The signature counter. Zero if the authenticator does not count.
    pub counter: u32,
    /// The new credential, in a registration.
    pub credential: Option<Credential<'b>>,
}

/// A new credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credential<'b> {
    /// The model of the authenticator, as it says.
    pub aaguid: [u8; 16],
    /// The credential ID, which the authenticator chose.
    pub id: &'b [u8],
    /// Its public key, which is a value in canonical CBOR.
    pub public_key: &'b [u8],
}

impl<'b> AuthenticatorData<'b> {
    /// Reads authenticator data. What the flags announce has to be there, and nothing else.
    pub fn read(bytes: &'b [u8]) -> Result<AuthenticatorData<'b>, Refused> {
        let (rp_id_hash, rest) = bytes.split_first_chunk::<32>().ok_or(Refused::DataEnds)?;
        let (flags, rest) = rest.split_first().ok_or(Refused::DataEnds)?;
        let (counter, mut rest) = rest.split_first_chunk::<4>().ok_or(Refused::DataEnds)?;
        let has = |flag: u8| flags & flag != 0;
        let mut credential = None;
        if has(CREDENTIAL) {
            let (read, after) = Credential::read(rest)?;
            (credential, rest) = (Some(read), after);
        }
        if has(EXTENSIONS) {
            rest = after_extensions(rest)?;
        }
        if !rest.is_empty() {
            return Err(Refused::DataContinues);
        }
        let flags = Flags {
            user_present: has(USER_PRESENT),
            user_verified: has(USER_VERIFIED),
            backup_eligible: has(BACKUP_ELIGIBLE),
            backed_up: has(BACKED_UP),
        };
        Ok(AuthenticatorData { rp_id_hash, flags, counter: u32::from_be_bytes(*counter), credential })
    }
}

impl<'b> Credential<'b> {
    /// Reads the credential at the beginning of the bytes, and returns it with the bytes that follow it.
    fn read(bytes: &'b [u8]) -> Result<(Credential<'b>, &'b [u8]), Refused> {
        let (aaguid, rest) = bytes.split_first_chunk::<16>().ok_or(Refused::DataEnds)?;
        let (length, rest) = rest.split_first_chunk::<2>().ok_or(Refused::DataEnds)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (id, rest) = rest.split_at_checked(length).ok_or(Refused::DataEnds)?;
        // The key has no length of its own: it ends where its value does.
        let (_, after) = cbor::first(rest).map_err(Refused::PublicKey)?;
        let public_key = rest.get(..rest.len() - after.len()).unwrap_or_default();
        Ok((Credential { aaguid: *aaguid, id, public_key }, after))
    }
}

/// The bytes that follow the extensions. None is asked for, so their values are not looked at.
fn after_extensions(bytes: &[u8]) -> Result<&[u8], Refused> {
    match cbor::first(bytes).map_err(Refused::Extensions)? {
        (Value::Map(entries), after) if entries.iter().all(|(name, _)| matches!(name, Value::Text(_))) => {
            Ok(after)
        }
        _ => Err(Refused::ExtensionFields),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::webauthn::malformed::Malformed;
    use crate::base::webauthn::samples::hex;

    /// Authenticator data with these flags, and these bytes after the counter.
    fn data(flags: u8, rest: &[u8]) -> Vec<u8> {
        [&[7; 32][..], &[flags], &[0, 0, 1, 2], rest].concat()
    }

    /// A credential with an ID of three bytes, and a key that is an empty map.
    fn credential() -> Vec<u8> {
        [&[9; 16][..], &[0, 3], b"abc", &[0xa0]].concat()
    }

    #[test]
    fn each_flag_means_itself() {
        let flags = |bits| AuthenticatorData::read(&data(bits, &[])).unwrap().flags;
        let none =
            Flags { user_present: false, user_verified: false, backup_eligible: false, backed_up: false };
        assert_eq!(flags(0), none);
        assert_eq!(flags(0x01), Flags { user_present: true, ..none });
        assert_eq!(flags(0x04), Flags { user_verified: true, ..none });
        assert_eq!(flags(0x08), Flags { backup_eligible: true, ..none });
        assert_eq!(flags(0x10), Flags { backed_up: true, ..none });
        assert_eq!(flags(0x22), none);
    }

    #[test]
    fn what_the_flags_announce_is_read() {
        let bytes = data(0xc1, &[&credential()[..], b"\xa1\x61a\xf5"].concat());
        let read = AuthenticatorData::read(&bytes).unwrap();
        assert_eq!((read.rp_id_hash, read.counter), (&[7; 32], 258));
        assert_eq!(read.credential, Some(Credential { aaguid: [9; 16], id: b"abc", public_key: &[0xa0] }));
        assert_eq!(AuthenticatorData::read(&data(0x81, &[0xa0])).unwrap().credential, None);
    }

    #[test]
    fn every_byte_is_needed_and_none_may_follow() {
        for (flags, rest) in
            [(0x01, Vec::new()), (0x41, credential()), (0xc1, [&credential()[..], b"\xa1\x61a\xf5"].concat())]
        {
            let bytes = data(flags, &rest);
            assert!(AuthenticatorData::read(&bytes).is_ok());
            for end in 0..bytes.len() {
                let why = AuthenticatorData::read(&bytes[..end]).unwrap_err();
                let cut = [
                    Refused::DataEnds,
                    Refused::PublicKey(Malformed::Ends),
                    Refused::Extensions(Malformed::Ends),
                ];
                assert!(cut.contains(&why), "{end}: {why}");
            }
            for more in [&[0][..], &[0xa0]] {
                let longer = [&bytes[..], more].concat();
                assert_eq!(AuthenticatorData::read(&longer), Err(Refused::DataContinues));
            }
        }
    }

    #[test]
    fn extensions_are_a_map_with_names() {
        for (rest, why) in [
            ("", Refused::Extensions(Malformed::Ends)),
            ("80", Refused::ExtensionFields),
            ("f6", Refused::ExtensionFields),
            ("a10101", Refused::ExtensionFields),
            ("bfff", Refused::Extensions(Malformed::Indefinite)),
        ] {
            assert_eq!(AuthenticatorData::read(&data(0x81, &hex(rest))), Err(why), "{rest}");
        }
    }
}
