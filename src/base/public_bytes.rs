//! The content of a public file, as it is and compressed. Nothing else of the site is ever compressed: the length of a
//! compressed page would say something about the secrets in it.

use std::io::Write;
use std::sync::OnceLock;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The endings of text, which compression makes a good deal shorter. Images are compressed already.
const TEXT: [&str; 3] = ["css", "js", "svg"];

/// The content of a file that is the same for everyone.
#[derive(Clone, Debug)]
pub struct PublicBytes {
    plain: Vec<u8>,
    gzip: OnceLock<Option<Vec<u8>>>,
}

impl PublicBytes {
    /// The content of a file whose name has this ending.
    pub fn new(ending: &str, plain: Vec<u8>) -> PublicBytes {
        let gzip = if TEXT.contains(&ending) { OnceLock::new() } else { OnceLock::from(None) };
        PublicBytes { plain, gzip }
    }

    /// As it is.
    pub fn plain(&self) -> &[u8] {
        &self.plain
    }

    /// Compressed with gzip, if that is shorter. Done once, when it is first asked for, so that no start waits for it.
    pub fn gzip(&self) -> Option<&[u8]> {
        self.gzip.get_or_init(|| gzip(&self.plain)).as_deref()
    }
}

/// The same always has the same result: no time and no name is written into it.
fn gzip(plain: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).ok()?;
    encoder.finish().ok().filter(|gzip| gzip.len() < plain.len())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn text_becomes_shorter_and_can_be_read_again() {
        let text = "a { color: red }\n".repeat(100).into_bytes();
        let bytes = PublicBytes::new("css", text.clone());
        let gzip = bytes.gzip().unwrap();
        assert!(gzip.len() < text.len() / 5, "{}", gzip.len());
        let mut read = Vec::new();
        GzDecoder::new(gzip).read_to_end(&mut read).unwrap();
        assert_eq!((read, bytes.plain()), (text.clone(), &*text));
        assert_eq!(PublicBytes::new("css", text).gzip(), bytes.gzip());
    }

    #[test]
    fn what_does_not_become_shorter_stays_as_it_is() {
        assert_eq!(PublicBytes::new("css", b"a{}".to_vec()).gzip(), None);
        assert_eq!(PublicBytes::new("css", Vec::new()).gzip(), None);
        assert_eq!(PublicBytes::new("png", vec![0; 1000]).gzip(), None);
    }
}
