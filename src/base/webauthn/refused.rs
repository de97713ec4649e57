//! Why the answer of a browser or an authenticator is refused, for the log. Visitors read one sentence for all of
//! them.

use std::fmt;

use super::malformed::Malformed;

/// The first thing that is not as it has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The client data is not a JSON object with the known members, each once and of its type.
    ClientData,
    /// The client data is of the other ceremony.
    Type,
    /// The challenge is not the expected one.
    Challenge,
    /// The page is of another origin.
    Origin,
    /// The page was in a frame of another origin.
    CrossOrigin,
    /// The client data names the origin of a page around it.
    TopOrigin,
    /// The attestation object is not canonical CBOR.
    AttestationObject(Malformed),
    /// The attestation object has not exactly its three fields, each of its type.
    AttestationFields,
    /// The attestation statement has no valid name, or not the shape of its name.
    AttestationStatement,
    /// The authenticator data ends too early.
    DataEnds,
    /// Bytes follow the authenticator data.
    DataContinues,
    /// The extensions of the authenticator data are not canonical CBOR.
    Extensions(Malformed),
    /// The extensions of the authenticator data are not a map with names.
    ExtensionFields,
    /// The credential is of another site.
    RelyingPartyId,
    /// No one confirmed by a touch.
    UserNotPresent,
    /// The authenticator did not verify its user.
    UserNotVerified,
    /// The credential is backed up, but cannot be.
    BackedUpNotEligible,
    /// A registration without a credential.
    NoCredential,
    /// An assertion with a credential.
    UnexpectedCredential,
    /// The credential ID is empty or too long.
    CredentialId,
    /// The public key is not canonical CBOR.
    PublicKey(Malformed),
    /// The public key has not exactly the parameters of its algorithm.
    PublicKeyParameters,
    /// The public key is of an algorithm that was not asked for.
    Algorithm,
    /// The signature is not by this key, or of something else.
    Signature,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Refused::AttestationObject(why) => {
                return write!(f, "the attestation object is not canonical CBOR: {why}");
            }
            Refused::Extensions(why) => {
                return write!(f, "the extensions of the authenticator data are not canonical CBOR: {why}");
            }
            Refused::PublicKey(why) => return write!(f, "the public key is not canonical CBOR: {why}"),
            Refused::ClientData => "the client data is not what browsers write",
            Refused::Type => "the client data is of the other ceremony",
            Refused::Challenge => "the challenge is another one",
            Refused::Origin => "the page is of another origin",
            Refused::CrossOrigin => "the page was in a frame of another origin",
            Refused::TopOrigin => "the client data names the origin of a page around the page",
            Refused::AttestationFields => {
                "the attestation object has other fields than fmt, attStmt and authData"
            }
            Refused::AttestationStatement => "the attestation statement has not the shape of its format",
            Refused::DataEnds => "the authenticator data ends too early",
            Refused::DataContinues => "bytes follow the authenticator data",
            Refused::ExtensionFields => "the extensions of the authenticator data are not a map with names",
            Refused::RelyingPartyId => "the credential is of another site",
            Refused::UserNotPresent => "no one confirmed by a touch",
            Refused::UserNotVerified => "the authenticator did not verify its user",
            Refused::BackedUpNotEligible => "the credential is backed up, but not eligible for backup",
            Refused::NoCredential => "the registration has no credential",
            Refused::UnexpectedCredential => "the assertion has a new credential",
            Refused::CredentialId => "the credential ID has not 1 to 1023 bytes",
            Refused::PublicKeyParameters => "the public key has not the parameters of its algorithm",
            Refused::Algorithm => "the public key is of an algorithm that was not asked for",
            Refused::Signature => "the signature is not by the key of this credential",
        };
        f.write_str(words)
    }
}
