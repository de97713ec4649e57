//! The keys of the software authenticator.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};

use super::authenticator_cbor::Cbor;
use crate::base::webauthn::Algorithm;

/// A pair of keys for one of the algorithms that a page asks for.
#[derive(Debug)]
pub enum Key {
    /// Ed25519.
    EdDsa(Ed25519KeyPair),
    /// ECDSA on P-256 with SHA-256.
    Es256(EcdsaKeyPair),
    /// RSA with SHA-256 in the padding of PKCS #1, 2048 bits.
    Rs256(Box<RsaKeyPair>),
}

impl Key {
    /// A new key. That of RS256 is always the same: making one takes seconds.
    pub fn new(algorithm: Algorithm) -> Key {
        let random = SystemRandom::new();
        match algorithm {
            Algorithm::EdDsa => {
                let written = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
                Key::EdDsa(Ed25519KeyPair::from_pkcs8(written.as_ref()).unwrap())
            }
            Algorithm::Es256 => {
                let written = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
                es256(written.as_ref())
            }
            Algorithm::Rs256 => Key::fixed(algorithm),
        }
    }

    /// The same key each time, for tests that must not differ between runs.
    pub fn fixed(algorithm: Algorithm) -> Key {
        match algorithm {
            Algorithm::EdDsa => Key::EdDsa(Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap()),
            Algorithm::Es256 => es256(&STANDARD.decode(ES256_TEST_KEY).unwrap()),
            Algorithm::Rs256 => {
                let written = STANDARD.decode(RS256_TEST_KEY).unwrap();
                Key::Rs256(Box::new(RsaKeyPair::from_pkcs8(&written).unwrap()))
            }
        }
    }

    /// The number of its algorithm in COSE.
    pub fn algorithm(&self) -> i64 {
        match self {
            Key::EdDsa(_) => -8,
            Key::Es256(_) => -7,
            Key::Rs256(_) => -257,
        }
    }

    /// The public key as COSE has it (RFC 9053), its parameters in the order that CTAP2 asks for.
    pub fn public_key(&self) -> Vec<(Cbor, Cbor)> {
        let (kind, parameters) = match self {
            Key::EdDsa(pair) => {
                (1, vec![(-1, Cbor::Int(6)), (-2, Cbor::Bytes(pair.public_key().as_ref().to_vec()))])
            }
            Key::Es256(pair) => {
                // A byte that says "not compressed", then both coordinates.
                let point = pair.public_key().as_ref();
                let (x, y) = (point[1..33].to_vec(), point[33..].to_vec());
                (2, vec![(-1, Cbor::Int(1)), (-2, Cbor::Bytes(x)), (-3, Cbor::Bytes(y))])
            }
            Key::Rs256(pair) => {
                let PublicKeyComponents::<Vec<u8>> { n, e } = pair.public().into();
                (3, vec![(-1, Cbor::Bytes(n)), (-2, Cbor::Bytes(e))])
            }
        };
        let first = [(1, Cbor::Int(kind)), (3, Cbor::Int(self.algorithm()))];
        first.into_iter().chain(parameters).map(|(label, value)| (Cbor::Int(label), value)).collect()
    }

    /// The signature of a message. That of ES256 differs each time.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Key::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
            Key::Es256(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Key::Rs256(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }
}

fn es256(written: &[u8]) -> Key {
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, written, &SystemRandom::new());
    Key::Es256(pair.unwrap())
}

// Test keys: made for these tests and published here, they protect nothing. PKCS #8 in base64.

const ES256_TEST_KEY: &str = "\
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxQM5P8PIgBCkIJTTNH5lANjztIlKSLBMr5Ip61X74BKhRANCAATc\
    FoBIR2LkRi86Hjqk1briw6U7Gi7YctqT/DL3Kvx3RUwEd2CIpBL87yHoduykzwr+kpCAzeJM9PMAqVPtcOI9";

const RS256_TEST_KEY: &str = "\
    MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQC0lonwzCJzWf+t9LL86ISU4vC3rNgPGSXvBc2mdX7CY00sZSM/\
    Izt4NXfvpobIgbQizCqkgzxtP2SXGiKxkqUAmjr3GXTDzKUuFkzWP5oTOpzHOlHTPMfOzNxnexDPlvk3qNC802fPDJ6zbr/BOrEL\
    CjuZus3/7hWTZQjjM+zhVaI51agOmBzM8/nHgTNEVkWVWkALy3NjL+vSPHGceXh0UNfXi8PWqvykaTvLd7i3sW0BQC8zAXiU7rW/\
    Eifz0vt23N1S2qjqtoSude31ti2PjDjarLKpVk5wM7tQENtH5F+vVKj5BmwdXegGTvw3vywZJu1I9AedKKlxiXTPUs2vAgMBAAEC\
    ggEAEsxQ05YMSAGoUc1VDGqP0ofFEvmVDA1MG5N5EsjMRyPbFrH4d0wNlrfKIlItWZXW0IB8N9/JXH3q1KfN0Lo5HtTvKmWl9/PH\
    hgKgQPUh7rp9M2fouJptGiPNFaCD4XgPvTF/eQhwl+byZi8zGsQnRcTs61W8t9VqvYsY3725/MKmTE0EZ2mDbGPTPcBJtTAgszZk\
    XQzDkKx6gwr0ZHitQeSzPJJc+m/dw9PgDLwu6ep8cs25jYrj3JTKJmGTA8ly/8qhQXzrjSiLtrorcOFflbVcbfDataIe1CBP31CW\
    2oF1401hNSgA8/CAXg+S1L3ONxIzKxU2xPkKH+mtQmAOkQKBgQDrTET/atRkiEOihVmaasFPCXkiJKSzXn1lu4QlV+Q3817dQ7Hk\
    tb/L3pNkkwxR62y4ItBs3rf2MxT2FM1eiOz/HrN7HKODfwjmhVo9tBw3+h4N8vJWSCJ/dmt6Mcsfo5LYupWq6pXk5T0q2mwZj7ej\
    yNv33fq+GlffgGntjjiMfQKBgQDEegMCr2aMvf/779dP/qnU34VFGcTI+HZc+oVIwxRS8eYnQqka6hl9ViwngJwytWZ3R0bXvxGL\
    G6c2M8Xlz5mN0oJa7Wi3UUGpS6LZfrzXOO6ACiDbRe131PbcfQt8ofrnN96R4yogQED/3vX9cBeh8sNoMr76UypIqvUnyX8WmwKB\
    gQDhm5GUrWPUuOrQy7dsXevX0qd421WoPnNRtggwniNOmmVdFmldd/7chR8iEfSAH5FwxMC/gpU01SnGAZAgkn1a6J8C7iTCEm4A\
    SeCKxUVBTuq+STGfFS8us+a9lTzDq11DvTOAW8k5XavWiPOZVrmnqxFuikK/QBb9T+1BP1ptKQKBgQCBOHoIZxH8WO4mZbznqOdL\
    0WKWavdI8ljul/nXPC5+ywgDJE2SHQt8qpNJu8V/eF0W7/MA7HJ+WkakWHK8zcgBRcVkRiaMAs47qTpG75sFtjTuUzr+3EPtf0yJ\
    AVjvtJ0PO2iP7KcFJR1a6+o/sFxqr/6i5lVC0DXMK1wnuddzJwKBgEwzD44P0LlD3/NR1TxOGwdbxuH237srk4wngzpE9m1+BO4K\
    rRsbNDJS12i/imvJ11j/DvNckwLjGYp6ClebCSwGVBAMQTFmB9V/y4YZILBgyNZD+hCmCf2bnJNu/bEVsCX2HJeIblAmV9kkVLt0\
    JxlHie7NDPmVP9Avf2QTzZPf";
