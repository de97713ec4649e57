//! The files of the folder `static`, which are embedded in the binary: made shorter, and each with a hash of what is
//! served in its name. A debug build reads them from the folder and serves them as they are, so that an edit shows with
//! the next request.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_embed::Embed;
use sha2::{Digest, Sha256};

use super::{minify_css, minify_js};
use crate::base::public_bytes::PublicBytes;
use crate::base::secret::hexadecimal;

#[derive(Embed)]
#[folder = "static/"]
struct Folder;

/// A file as it is served.
#[derive(Clone, Debug)]
pub struct EmbeddedFile {
    path: String,
    /// The name in its address: `style.css` becomes `style-0123456789abcdef.css`.
    pub name: String,
    /// What it holds.
    pub body: PublicBytes,
}

/// All of them, made at the start of a release build.
static FILES: LazyLock<Vec<EmbeddedFile>> =
    LazyLock::new(|| Folder::iter().filter_map(|path| read(&path)).collect());

impl EmbeddedFile {
    /// The file at this path in the folder.
    pub fn at(path: &str) -> Option<Cow<'static, EmbeddedFile>> {
        if cfg!(debug_assertions) {
            return read(path).map(Cow::Owned);
        }
        FILES.iter().find(|file| file.path == path).map(Cow::Borrowed)
    }

    /// The file with this name in its address.
    pub fn named(name: &str) -> Option<Cow<'static, EmbeddedFile>> {
        if cfg!(debug_assertions) {
            let mut files = Folder::iter().filter_map(|path| read(&path));
            return files.find(|file| file.name == name).map(Cow::Owned);
        }
        FILES.iter().find(|file| file.name == name).map(Cow::Borrowed)
    }

    /// The ending of its name, without the dot.
    pub fn ending(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    fn new(path: &str, body: Vec<u8>) -> EmbeddedFile {
        let hash = hexadecimal(&Sha256::digest(&body)[..8]);
        let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
        let name =
            if ending.is_empty() { format!("{stem}-{hash}") } else { format!("{stem}-{hash}.{ending}") };
        EmbeddedFile { path: path.to_owned(), name, body: PublicBytes::new(ending, body) }
    }
}

fn read(path: &str) -> Option<EmbeddedFile> {
    let source = Folder::get(path)?.data.into_owned();
    let body = if cfg!(debug_assertions) { source } else { shorter(path, source) };
    Some(EmbeddedFile::new(path, body))
}

/// A stylesheet or script without what only its authors need. Other files, and what is not understood, as they are.
fn shorter(path: &str, source: Vec<u8>) -> Vec<u8> {
    let minified = std::str::from_utf8(&source).ok().and_then(|text| match path.rsplit('.').next() {
        Some("css") => minify_css::minify(text),
        Some("js") => minify_js::minify(text),
        _ => None,
    });
    minified.map_or(source, String::into_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_follows_the_content_that_is_served() {
        let name = |path: &str, source: &str| EmbeddedFile::new(path, shorter(path, source.into())).name;
        let red = name("style.css", "a { color: red }");
        assert!(red.starts_with("style-") && red.ends_with(".css") && red.len() == 26, "{red}");
        assert_eq!(red, name("style.css", "/* red */\na {\n  color: red;\n}\n"), "the same is served");
        assert_ne!(red, name("style.css", "a { color: blue }"));
        assert!(name("plain", "a").starts_with("plain-"));
    }

    #[test]
    fn every_file_of_ours_becomes_shorter_and_the_text_in_them_too_when_compressed() {
        let (mut plain, mut sent) = (0, 0);
        for path in Folder::iter() {
            let source = Folder::get(&path).unwrap().data.into_owned();
            let file = EmbeddedFile::new(&path, shorter(&path, source.clone()));
            let is_code = path.ends_with(".css") || path.ends_with(".js");
            assert_eq!(file.body.plain().len() < source.len(), is_code, "{path}");
            plain += source.len();
            sent += file.body.gzip().map_or(file.body.plain().len(), <[u8]>::len);
        }
        assert!(sent * 2 < plain, "{sent} of {plain} bytes");
    }

    #[test]
    fn what_cannot_be_made_shorter_is_served_as_it_is() {
        for (path, source) in
            [("a.css", "a { /* "), ("a.js", "a = `b"), ("a.svg", "<svg>  </svg>"), ("a", "  ")]
        {
            assert_eq!(shorter(path, source.into()), source.as_bytes(), "{path}");
        }
        assert_eq!(shorter("a.js", vec![0xff, b' ']), [0xff, b' ']);
    }
}
