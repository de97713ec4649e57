//! Certificates that an operator trusts for the mail server: those of certificate authorities, or the
//! server's own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::transport::smtp::client::Certificate;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// The certificates of a file.
#[derive(Clone)]
pub struct Authorities {
    certificates: Certificate,
    named: Vec<Vec<u8>>,
}

impl Authorities {
    /// Reads them from a text in PEM (RFC 7468). `None` if it contains none, or one that is unreadable.
    pub(super) fn read(pem: &[u8]) -> Option<Authorities> {
        let certificates = Certificate::from_pem(pem).ok()?;
        let text = String::from_utf8_lossy(pem);
        let blocks = text.split(BEGIN).skip(1);
        let named = blocks
            .map(|block| {
                let (body, _) = block.split_once(END)?;
                STANDARD.decode(body.split_whitespace().collect::<String>()).ok()
            })
            .collect::<Option<Vec<_>>>()?;
        (!named.is_empty()).then_some(Authorities { certificates, named })
    }

    /// As CA certificates, for the mail library.
    pub(super) fn certificates(&self) -> Certificate {
        self.certificates.clone()
    }

    /// Whether one of them equals this certificate.
    pub(super) fn name(&self, certificate: &[u8]) -> bool {
        self.named.iter().any(|named| named == certificate)
    }
}
