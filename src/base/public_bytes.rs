//! The content of a public file, as it is and compressed. Nothing else of the site is ever compressed: the length of a
//! compressed page would say something about the secrets in it.

use std::borrow::Cow;
use std::io::Write;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use flate2::Compression;
use flate2::write::GzEncoder;

/// The endings of text, which compression makes a good deal shorter. Images are compressed already.
const TEXT: [&str; 3] = ["css", "js", "svg"];

/// Longer text, in bytes, is compressed less well: the best would take seconds.
const LONG: usize = 2 * 1024 * 1024;

/// Bytes that any number of answers send at the same time without a copy for each: a client that reads slowly costs no
/// memory of the size of the file.
#[derive(Clone, Debug)]
pub enum SharedBytes {
    /// They are part of the program.
    InProgram(&'static [u8]),
    /// They were read or made.
    InMemory(Arc<[u8]>),
}

impl Deref for SharedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            SharedBytes::InProgram(bytes) => bytes,
            SharedBytes::InMemory(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<&'static [u8]> for SharedBytes {
    fn from(bytes: &'static [u8]) -> SharedBytes {
        SharedBytes::InProgram(bytes)
    }
}

impl From<Vec<u8>> for SharedBytes {
    fn from(bytes: Vec<u8>) -> SharedBytes {
        SharedBytes::InMemory(bytes.into())
    }
}

impl From<Cow<'static, [u8]>> for SharedBytes {
    fn from(bytes: Cow<'static, [u8]>) -> SharedBytes {
        match bytes {
            Cow::Borrowed(bytes) => bytes.into(),
            Cow::Owned(bytes) => bytes.into(),
        }
    }
}

/// The content of a file that is the same for everyone.
#[derive(Clone, Debug)]
pub struct PublicBytes {
    plain: SharedBytes,
    gzip: OnceLock<Option<SharedBytes>>,
}

impl PublicBytes {
    /// The content of a file whose name has this ending.
    pub fn new(ending: &str, plain: impl Into<SharedBytes>) -> PublicBytes {
        let gzip = if TEXT.contains(&ending) { OnceLock::new() } else { OnceLock::from(None) };
        PublicBytes { plain: plain.into(), gzip }
    }

    /// As it is.
    pub fn plain(&self) -> &[u8] {
        &self.plain
    }

    /// Compressed with gzip, if that is shorter. Done once, when it is first asked for, so that no start waits for it.
    pub fn gzip(&self) -> Option<&[u8]> {
        self.compressed().map(Deref::deref)
    }

    /// What is sent to a client that reads gzip, or to one that does not.
    pub fn sent(&self, reads_gzip: bool) -> SharedBytes {
        self.compressed().filter(|_| reads_gzip).unwrap_or(&self.plain).clone()
    }

    /// Whether nothing is left to be compressed.
    pub fn is_ready(&self) -> bool {
        self.gzip.get().is_some()
    }

    fn compressed(&self) -> Option<&SharedBytes> {
        self.gzip.get_or_init(|| gzip(&self.plain).map(SharedBytes::from)).as_ref()
    }
}

/// The same always has the same result: no time and no name is written into it.
fn gzip(plain: &[u8]) -> Option<Vec<u8>> {
    let level = if plain.len() > LONG { Compression::fast() } else { Compression::best() };
    let mut encoder = GzEncoder::new(Vec::new(), level);
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
        assert_eq!(PublicBytes::new("css", Vec::<u8>::new()).gzip(), None);
        assert_eq!(PublicBytes::new("png", vec![0_u8; 1000]).gzip(), None);
        assert!(PublicBytes::new("png", vec![0_u8; 1000]).is_ready());
    }

    #[test]
    fn what_is_sent_is_the_same_memory_every_time() {
        let text: &'static [u8] = &[b'a'; 1000];
        let bytes = PublicBytes::new("css", text);
        assert!(!bytes.is_ready());
        for reads_gzip in [true, false] {
            let (one, other) = (bytes.sent(reads_gzip), bytes.sent(reads_gzip));
            assert_eq!((one.as_ptr(), one.len()), (other.as_ptr(), other.len()), "{reads_gzip}");
        }
        assert_eq!((bytes.sent(true).as_ptr(), bytes.is_ready()), (bytes.gzip().unwrap().as_ptr(), true));
        assert_eq!(bytes.sent(false).as_ptr(), text.as_ptr(), "not even one copy of what is in the program");
        let read = PublicBytes::new("png", vec![0_u8; 1000]);
        assert_eq!(read.clone().sent(true).as_ptr(), read.sent(false).as_ptr());
    }

    #[test]
    fn long_text_is_compressed_quickly() {
        // The ninth byte says how: 2 as well as possible, 4 as fast as possible (RFC 1952, 2.3.1).
        let how = |length: usize| PublicBytes::new("js", vec![b'a'; length]).gzip().unwrap()[8];
        assert_eq!((how(LONG), how(LONG + 1)), (2, 4));
    }
}
