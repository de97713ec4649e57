//! A file of a folder `static`, as it is served: made shorter, and with a hash of what is served in its name.

use std::borrow::Cow;

use rocket::http::RawStr;
use sha2::{Digest, Sha256};

use super::{minify_css, minify_js};
use crate::base::public_bytes::PublicBytes;
use crate::base::secret::hexadecimal;

/// A file as it is served.
#[derive(Clone, Debug)]
pub struct EmbeddedFile {
    /// Its path in the folder.
    pub path: String,
    /// The name in its address: `style.css` becomes `style-0123456789abcdef.css`. It keeps its folders, and is
    /// encoded as in an address.
    pub name: String,
    /// What it holds.
    pub body: PublicBytes,
    /// Whether it is a file of the app.
    pub is_of_app: bool,
}

impl EmbeddedFile {
    /// The file at this path. A debug build serves it as it is.
    pub fn of(path: &str, source: Cow<'static, [u8]>) -> EmbeddedFile {
        EmbeddedFile::new(path, if cfg!(debug_assertions) { source } else { shorter(path, source) })
    }

    /// The file that is served with this body.
    pub fn new(path: &str, body: Cow<'static, [u8]>) -> EmbeddedFile {
        let hash = hexadecimal(&Sha256::digest(&body)[..HASH / 2]);
        let encoded = path.split('/').map(|part| RawStr::new(part).percent_encode().to_string());
        let encoded = encoded.collect::<Vec<_>>().join("/");
        let file = encoded.rfind('/').map_or(0, |slash| slash + 1);
        let (stem, dotted) = split(&encoded[file..]);
        let name = format!("{}{stem}-{hash}{dotted}", &encoded[..file]);
        let body = PublicBytes::new(ending(path), body);
        EmbeddedFile { path: path.to_owned(), name, body, is_of_app: false }
    }

    /// The ending of its name, without the dot.
    pub fn ending(&self) -> &str {
        ending(&self.path)
    }
}

/// The number of characters of a hash in a name.
pub const HASH: usize = 16;

/// The path of the file with this name in its address: without the hash.
pub fn path_of(name: &str) -> Option<String> {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let (stem, ending) = split(file);
    let (stem, hash) = stem.rsplit_once('-')?;
    if hash.len() != HASH {
        return None;
    }
    let separator = if folder.is_empty() { "" } else { "/" };
    let path = format!("{folder}{separator}{stem}{ending}");
    RawStr::new(&path).percent_decode().ok().map(Cow::into_owned)
}

/// The stem of a file name, and its ending with the dot.
fn split(file: &str) -> (&str, &str) {
    file.rfind('.').map_or((file, ""), |dot| file.split_at(dot))
}

fn ending(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or_default();
    split(file).1.trim_start_matches('.')
}

/// A stylesheet or script without what only its authors need. Other files, and what is not understood, as they are:
/// what is part of the program is not copied.
pub fn shorter(path: &str, source: Cow<'static, [u8]>) -> Cow<'static, [u8]> {
    let minify: fn(&str) -> Option<String> = match ending(path) {
        "css" => minify_css::minify,
        "js" => minify_js::minify,
        _ => return source,
    };
    let minified = std::str::from_utf8(&source).ok().and_then(minify);
    minified.map_or(source, |text| Cow::Owned(text.into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shorter_text(path: &str, source: &'static str) -> Cow<'static, [u8]> {
        shorter(path, source.as_bytes().into())
    }

    #[test]
    fn the_name_follows_the_content_that_is_served() {
        let name =
            |path: &str, source: &'static str| EmbeddedFile::new(path, shorter_text(path, source)).name;
        let red = name("style.css", "a { color: red }");
        assert!(red.starts_with("style-") && red.ends_with(".css") && red.len() == 26, "{red}");
        assert_eq!(red, name("style.css", "/* red */\na {\n  color: red;\n}\n"), "the same is served");
        assert_ne!(red, name("style.css", "a { color: blue }"));
        assert!(name("plain", "a").starts_with("plain-"));
    }

    #[test]
    fn what_cannot_be_made_shorter_is_served_as_it_is() {
        for (path, source) in [
            ("a.css", "a { /* "),
            ("a.js", "a = `b"),
            ("a.svg", "<svg>  </svg>"),
            ("a", "  "),
            ("b.css/a", "  "),
        ] {
            assert_eq!(*shorter_text(path, source), *source.as_bytes(), "{path}");
            assert_eq!(shorter_text(path, source).as_ptr(), source.as_ptr(), "{path} is not copied");
        }
        assert_eq!(*shorter("a.js", vec![0xff, b' '].into()), [0xff, b' ']);
    }
}
