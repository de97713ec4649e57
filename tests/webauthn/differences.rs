//! Where our verifier and another one differ: each difference, and why it is meant.

use crate::peers::Peer;
use crate::peers::Peer::{PyWebAuthn, SimpleWebAuthn};

/// What ours refuses and another one accepts.
pub struct Stricter {
    pub kind: &'static str,
    /// Our reason.
    pub refused: &'static str,
    /// Who accepts it.
    pub by: &'static [Peer],
    pub why: &'static str,
}

/// What ours accepts and another one refuses.
pub struct Looser {
    pub kind: &'static str,
    pub by: Peer,
    /// A part of its reason.
    pub told: &'static str,
    pub why: &'static str,
}

const BOTH: &[Peer] = &[SimpleWebAuthn, PyWebAuthn];
const SIMPLE: &[Peer] = &[SimpleWebAuthn];
const PYTHON: &[Peer] = &[PyWebAuthn];

const FRAMES: &str = "stricter: no page of ours may be framed, so an answer from a frame was not asked for";
const MEMBERS: &str = "stricter: members have the type of the standard";
const REPEATED: &str = "stricter: readers differ in which of two members they take";
const UTF_8: &str = "stricter: a text that is not UTF-8 is not repaired";
const JSON: &str = "stricter: client data is JSON in UTF-8";
const BASE64: &str = "stricter: the challenge has one spelling";
const CANONICAL: &str = "stricter: CBOR has one spelling, the canonical one of CTAP2";
const WHOLE: &str = "stricter: nothing may follow, and nothing may be missing";
const EXTENSIONS: &str = "stricter: extensions are a map with names";
const ID: &str = "stricter: a credential ID has at most 1023 bytes";
const KEY: &str = "stricter: a key is read when it is registered, not when it is used first";
const CREDENTIAL: &str = "stricter: an assertion has no new credential";
const FIELDS: &str = "stricter: an attestation object has its three fields";
const STATEMENT: &str = "stricter: where nothing is attested, the statement is an empty map";
const DER: &str = "stricter: a signature is DER, not BER";
const ATTESTATION: &str = "looser: no attestation is asked for, so none is verified";

/// What ours refuses and others accept.
#[rustfmt::skip]
pub const STRICTER: &[Stricter] = &[
    // Client data.
    row("framed", "CrossOrigin", BOTH, FRAMES),
    row("framed by a named site", "CrossOrigin", BOTH, FRAMES),
    row("with a top origin, but not framed", "TopOrigin", BOTH, FRAMES),
    row("with a top origin of null", "TopOrigin", BOTH, FRAMES),
    row("with a padded challenge", "Challenge", PYTHON, BASE64),
    row("with a line break in the challenge", "Challenge", PYTHON, BASE64),
    row("with the challenge in the other base64", "Challenge", PYTHON, BASE64),
    row("with crossOrigin as a text", "ClientData", BOTH, MEMBERS),
    row("with a crossOrigin of null", "ClientData", BOTH, MEMBERS),
    row("with two types, the right one last", "ClientData", BOTH, REPEATED),
    row("with two challenges, the right one last", "ClientData", BOTH, REPEATED),
    row("with two origins, the right one last", "ClientData", BOTH, REPEATED),
    row("framed and not framed", "ClientData", BOTH, REPEATED),
    row("with bytes that are not UTF-8", "ClientData", SIMPLE, UTF_8),
    row("with a number that is none", "ClientData", PYTHON, JSON),
    row("in UTF-16", "ClientData", PYTHON, JSON),
    row("with mangled client data", "ClientData", SIMPLE, UTF_8),
    row("with mangled client data", "ClientData", PYTHON, REPEATED),
    row("with mangled client data", "Challenge", PYTHON, BASE64),
    // Authenticator data.
    row("with a number for its extensions", "ExtensionFields", PYTHON, EXTENSIONS),
    row("with a text for its extensions", "ExtensionFields", BOTH, EXTENSIONS),
    row("with an array for its extensions", "ExtensionFields", BOTH, EXTENSIONS),
    row("with numbered extensions", "ExtensionFields", BOTH, EXTENSIONS),
    row("with unsorted extensions", "Extensions(Unsorted)", BOTH, CANONICAL),
    row("with a tag in an extension", "Extensions(Tag)", BOTH, CANONICAL),
    row("with a fraction in an extension", "Extensions(Simple)", BOTH, CANONICAL),
    row("with an undefined extension", "Extensions(Simple)", BOTH, CANONICAL),
    row("with extensions that nest too deep", "Extensions(Depth)", BOTH, CANONICAL),
    row("with a text in an extension that is not UTF-8", "Extensions(Text)", SIMPLE, UTF_8),
    row("with a credential", "UnexpectedCredential", BOTH, CREDENTIAL),
    row("with a credential ID of 1024 bytes", "CredentialId", BOTH, ID),
    row("with mangled authenticator data", "PublicKey(Ends)", SIMPLE, WHOLE),
    row("with mangled authenticator data", "PublicKey(Unsorted)", BOTH, CANONICAL),
    row("with mangled authenticator data", "PublicKey(Simple)", BOTH, CANONICAL),
    row("with mangled authenticator data", "PublicKey(Tag)", BOTH, CANONICAL),
    row("with mangled authenticator data", "PublicKey(Text)", SIMPLE, UTF_8),
    row("with mangled authenticator data", "PublicKeyParameters", BOTH, KEY),
    // Public keys.
    row("with a key for the algorithm of another type", "PublicKeyParameters", BOTH, KEY),
    row("with a key of another type", "PublicKeyParameters", BOTH, KEY),
    row("with a key of no type", "PublicKeyParameters", SIMPLE, KEY),
    row("with a key on another curve", "PublicKeyParameters", BOTH, KEY),
    row("with a key that is a byte too short", "PublicKeyParameters", BOTH, KEY),
    row("with a key that is a byte too long", "PublicKeyParameters", BOTH, KEY),
    row("with a key of letters", "PublicKeyParameters", BOTH, KEY),
    row("with half a point", "PublicKeyParameters", SIMPLE, KEY),
    row("with a compressed point", "PublicKeyParameters", BOTH, KEY),
    row("with a modulus of 1024 bits", "PublicKeyParameters", BOTH, KEY),
    row("with an even modulus", "PublicKeyParameters", BOTH, KEY),
    row("with a modulus that begins with zero", "PublicKeyParameters", BOTH, KEY),
    row("with an exponent of 3", "PublicKeyParameters", BOTH, KEY),
    row("with an exponent of 1", "PublicKeyParameters", BOTH, KEY),
    row("with a parameter that no key has", "PublicKeyParameters", BOTH, KEY),
    row("with unsorted parameters", "PublicKey(Unsorted)", BOTH, CANONICAL),
    row("with a key that Firefox 117 wrote", "DataContinues", SIMPLE, CANONICAL),
    // Attestation objects.
    row("not attested, with a new field", "AttestationStatement", PYTHON, STATEMENT),
    row("not attested, with a list", "AttestationStatement", BOTH, STATEMENT),
    row("with one more field", "AttestationFields", BOTH, FIELDS),
    row("without a statement", "AttestationFields", PYTHON, FIELDS),
    row("with unsorted fields", "AttestationObject(Unsorted)", BOTH, CANONICAL),
    row("with more after its object", "AttestationObject(Continues)", BOTH, WHOLE),
    row("with its object cut", "AttestationObject(Ends)", SIMPLE, WHOLE),
    row("with an object without a count", "AttestationObject(Indefinite)", PYTHON, CANONICAL),
    row("with a longer length of its format", "AttestationObject(NotShortest)", PYTHON, CANONICAL),
    row("with a longer length of its data", "AttestationObject(NotShortest)", BOTH, CANONICAL),
    row("with a mangled object", "AttestationObject(Ends)", SIMPLE, WHOLE),
    row("with a mangled object", "AttestationObject(Continues)", BOTH, WHOLE),
    row("with a mangled object", "AttestationStatement", BOTH, STATEMENT),
    row("with a mangled object", "AttestationFields", PYTHON, FIELDS),
    row("with a mangled object", "PublicKeyParameters", BOTH, KEY),
    row("with a mangled object", "PublicKey(Ends)", SIMPLE, WHOLE),
    row("with a mangled object", "PublicKey(Unsorted)", BOTH, CANONICAL),
    row("with a mangled object", "PublicKey(Simple)", BOTH, CANONICAL),
    row("with a mangled object", "PublicKey(Tag)", BOTH, CANONICAL),
    row("with a mangled object", "PublicKey(Text)", SIMPLE, UTF_8),
    // Signatures.
    row("with more after the signature", "Signature", SIMPLE, DER),
    row("with a longer length in the signature", "Signature", SIMPLE, DER),
    row("with a mangled signature", "Signature", SIMPLE, DER),
];

/// What ours accepts and others refuse. Nothing but attestations may stand here.
#[rustfmt::skip]
pub const LOOSER: &[Looser] = &[
    looser("attested in a format that no one knows", SimpleWebAuthn, "Unsupported Attestation Format"),
    looser("attested in a format that no one knows", PyWebAuthn, "Unsupported attestation type"),
    looser("attested by a list", SimpleWebAuthn, "Unsupported Attestation Format"),
    looser("attested by a list", PyWebAuthn, "Unsupported attestation type"),
    looser("attested by nothing", SimpleWebAuthn, "No attestation signature"),
    looser("attested by nothing", PyWebAuthn, "missing signature (Packed)"),
    looser("attested by a signature of something else", SimpleWebAuthn, "not verified"),
    looser("attested by a signature of something else", PyWebAuthn, "(Packed|Self)"),
    looser("with a mangled object", SimpleWebAuthn, "Unsupported Attestation Format"),
    looser("with a mangled object", PyWebAuthn, "Unsupported attestation type"),
];

const fn row(kind: &'static str, refused: &'static str, by: &'static [Peer], why: &'static str) -> Stricter {
    Stricter { kind, refused, by, why }
}

const fn looser(kind: &'static str, by: Peer, told: &'static str) -> Looser {
    Looser { kind, by, told, why: ATTESTATION }
}

/// Whether a kind changes an answer anywhere. Then nothing says which of its rows are met.
pub fn is_anywhere(kind: &str) -> bool {
    kind.contains("mangled")
}
