//! Which certificates are accepted: those of Mozilla's authorities, and of others that an operator names.

use std::fmt;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::failure::Failure;

/// Which certificates are accepted.
#[derive(Clone)]
pub struct Trust(pub(super) Arc<ClientConfig>);

impl Trust {
    /// Mozilla's authorities, as they were compiled in, and those of a text in PEM. `None` if it contains none, or one that
    /// is unreadable.
    pub fn with(pem: Option<&[u8]>) -> Option<Trust> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(pem) = pem {
            let own = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>().ok()?;
            if own.is_empty() {
                return None;
            }
            for certificate in own {
                roots.add(certificate).ok()?;
            }
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().ok()?;
        let mut config = config.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Some(Trust(Arc::new(config)))
    }

    /// What the error of a handshake says about the server.
    pub(super) fn failure(error: &std::io::Error) -> Failure {
        Failure::NotTrusted(error.to_string())
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trust(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_certificate_is_refused() {
        assert!(Trust::with(None).is_some());
        for text in ["", "wiki", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert!(Trust::with(Some(text.as_bytes())).is_none(), "{text:?}");
        }
    }
}
