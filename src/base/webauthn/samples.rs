//! What the tests read: the test vectors of the standard, bytes in hexadecimal, and numbers that look random.

use serde::{Deserialize, Deserializer};

/// The vectors of Web Authentication Level 3, section 16: a registration and an assertion of each kind of credential.
pub fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../tests/fixtures/webauthn/w3c-level-3.json")).unwrap()
}

#[derive(Deserialize)]
pub struct Vectors {
    pub rp_id: String,
    pub origin: String,
    pub vectors: Vec<Vector>,
}

impl Vectors {
    /// The vector of this name.
    pub fn named(&self, name: &str) -> &Vector {
        self.vectors.iter().find(|vector| vector.name == name).unwrap()
    }
}

#[derive(Deserialize)]
pub struct Vector {
    pub name: String,
    pub registration: Registration,
    pub assertion: Assertion,
}

/// The challenge, what browser and authenticator answer, and two of the values that are in the answer.
#[derive(Deserialize)]
pub struct Registration {
    #[serde(deserialize_with = "from_hex")]
    pub challenge: Vec<u8>,
    #[serde(deserialize_with = "from_hex")]
    pub client_data: Vec<u8>,
    #[serde(deserialize_with = "from_hex")]
    pub attestation_object: Vec<u8>,
    #[serde(deserialize_with = "from_hex")]
    pub credential_id: Vec<u8>,
    #[serde(deserialize_with = "from_hex")]
    pub aaguid: Vec<u8>,
}

#[derive(Deserialize)]
pub struct Assertion {
    #[serde(deserialize_with = "from_hex")]
    pub challenge: Vec<u8>,
    #[serde(deserialize_with = "from_hex")]
    pub client_data: Vec<u8>,
    #[serde(deserialize_with = "from_hex")]
    pub authenticator_data: Vec<u8>,
    #[serde(deserialize_with = "from_hex")]
    pub signature: Vec<u8>,
}

fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    String::deserialize(deserializer).map(|text| hex(&text))
}

/// The bytes that are written in hexadecimal.
pub fn hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2), "{text}");
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// The bytes with each of their bits flipped, one after the other, and the place of its byte.
pub fn flipped(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    (0..bytes.len() * 8).map(move |bit| {
        let mut changed = bytes.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        (bit / 8, changed)
    })
}

/// Numbers that look random and are the same in each run (Marsaglia's xorshift).
pub struct Random(u64);

impl Default for Random {
    fn default() -> Random {
        Random(0x9e37_79b9_7f4a_7c15)
    }
}

impl Random {
    /// The next number below this one.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
}
