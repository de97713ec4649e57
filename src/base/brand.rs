//! The branding of the owner: logo and icon, read once from the folder `brand` in the data folder, and the stylesheet of
//! the owner's colour. Each gets an address with a hash of its content, like the files inside the program.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::config::Settings;
use super::public_bytes::PublicBytes;
use super::refusal::Refusal;
use super::secret::hexadecimal;
use super::svg;

/// Where this site serves its logo and icon. What the owner did not give is `None`.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// The logo.
    pub logo: Option<String>,
    /// The logo for dark pages.
    pub logo_dark: Option<String>,
    /// The icon of a tab.
    pub icon: Option<String>,
    /// The logo in emails.
    pub email_logo: Option<String>,
    /// The icon on the home screen of a telephone.
    pub apple_touch_icon: Option<String>,
    /// The stylesheet of the owner's colour.
    pub accent_css: Option<String>,
    files: Arc<Vec<BrandFile>>,
}

/// A file of the owner, as it is served.
#[derive(Clone, Debug)]
pub struct BrandFile {
    /// The name in its address, with the hash of its content.
    pub name: String,
    /// The ending of its name: "svg", "png" or "css".
    pub ending: &'static str,
    /// What it holds.
    pub body: PublicBytes,
    /// Whether emails show it.
    pub in_emails: bool,
}

/// The logo in emails.
const EMAIL_LOGO: &str = "email-logo";

/// What the folder may hold: each with the endings of which it may have one.
const FILES: [(&str, &[&str]); 5] = [
    ("logo", &["svg", "png"]),
    ("logo-dark", &["svg", "png"]),
    ("icon", &["svg", "png"]),
    (EMAIL_LOGO, &["png"]), // programs for email show no SVG
    ("apple-touch-icon", &["png"]),
];

/// The largest file, in bytes. Every visitor loads it once.
const LARGEST: u64 = 512 * 1024;

impl Brand {
    /// Reads what the owner gave. `served_at` is the path of the folder in the addresses. Any other or wrong file in
    /// the folder is refused.
    pub fn read(settings: &Settings, served_at: &str) -> Result<Brand, Refusal> {
        let folder = settings.data_dir.join("brand");
        let mut there = names(&folder)?;
        let mut brand = Brand::default();
        let mut files = Vec::new();
        for (stem, endings) in FILES {
            let mut found = endings.iter().filter(|ending| there.remove(&format!("{stem}.{ending}")));
            let (first, second) = (found.next(), found.next());
            if let (Some(first), Some(second)) = (first, second) {
                return Err(Refusal::new(format!(
                    "{stem}.{first} and {stem}.{second} are both in {}. Keep only one of them.",
                    folder.display()
                )));
            }
            let Some(&ending) = first else { continue };
            let path = folder.join(format!("{stem}.{ending}"));
            let body =
                image(&path, ending).map_err(|why| Refusal::new(format!("{} {why}.", path.display())))?;
            *brand.address(stem) = Some(add(&mut files, served_at, stem, ending, body));
        }
        if let Some(other) = there.first() {
            return Err(other_file(&folder, other));
        }
        if brand.logo_dark.is_some() && brand.logo.is_none() {
            return Err(Refusal::new(format!(
                "There is a logo-dark in {}, but no logo for light pages. Add a logo.svg or logo.png.",
                folder.display()
            )));
        }
        if let Some(accent) = settings.accent {
            let body = accent.stylesheet().into_bytes();
            brand.accent_css = Some(add(&mut files, served_at, "accent", "css", body));
        }
        Ok(Brand { files: Arc::new(files), ..brand })
    }

    /// The file with this name in its address.
    pub fn file(&self, name: &str) -> Option<&BrandFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// The file at this address.
    pub fn file_at(&self, address: &str) -> Option<&BrandFile> {
        self.file(address.rsplit('/').next()?)
    }

    fn address(&mut self, stem: &str) -> &mut Option<String> {
        match stem {
            "logo" => &mut self.logo,
            "logo-dark" => &mut self.logo_dark,
            "icon" => &mut self.icon,
            EMAIL_LOGO => &mut self.email_logo,
            _ => &mut self.apple_touch_icon,
        }
    }
}

/// Adds a file to those that are served, and returns its address.
fn add(files: &mut Vec<BrandFile>, at: &str, stem: &str, ending: &'static str, body: Vec<u8>) -> String {
    let hash = hexadecimal(&Sha256::digest(&body)[..8]);
    let name = format!("{stem}-{hash}.{ending}");
    let address = format!("{at}/{name}");
    let body = PublicBytes::new(ending, body);
    files.push(BrandFile { name, ending, body, in_emails: stem == EMAIL_LOGO });
    address
}

/// The names of the files in a folder, none if it does not exist. What begins with a dot belongs to other programs.
fn names(folder: &Path) -> Result<BTreeSet<String>, Refusal> {
    let unread = |error| Refusal::new(format!("The folder {} cannot be read: {error}.", folder.display()));
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(BTreeSet::new());
        }
        entries => entries.map_err(unread)?,
    };
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    let names = names.collect::<Result<BTreeSet<String>, _>>().map_err(unread)?;
    Ok(names.into_iter().filter(|name| !name.starts_with('.')).collect())
}

/// The refusal of a file with another name: the one that was probably meant, or all that there are.
fn other_file(folder: &Path, name: &str) -> Refusal {
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    let stem = if stem == "favicon" { "icon" } else { stem };
    let of = |(stem, endings): &(&str, &[&str])| {
        endings.iter().map(|ending| format!("{stem}.{ending}")).collect::<Vec<_>>()
    };
    let what_to_do = match FILES.iter().find(|(known, _)| *known == stem).map(of) {
        Some(names) if names.contains(&lower) => format!("Rename it to {lower}."),
        Some(names) => format!("Save it as {}.", names.join(" or ")),
        None => {
            let all: Vec<_> = FILES.iter().flat_map(of).collect();
            format!("Remove it, or give it one of these: {}.", all.join(", "))
        }
    };
    let place = folder.join(name);
    Refusal::new(format!("{} has a name that is not used. {what_to_do}", place.display()))
}

/// Reads an image and checks it. The error is the rest of a sentence about it: what is wrong, and what to do.
fn image(path: &Path, ending: &str) -> Result<Vec<u8>, String> {
    let unread = |error| format!("cannot be read: {error}");
    if !fs::metadata(path).map_err(unread)?.is_file() {
        return Err("is not a file. Put an image in its place".to_owned());
    }
    let mut body = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut body));
    let length = read.map_err(unread)?;
    if length as u64 > LARGEST {
        return Err(format!(
            "is larger than {} KiB, and every visitor has to load it. Save it smaller",
            LARGEST / 1024
        ));
    }
    if ending == "svg" {
        let text =
            std::str::from_utf8(&body).map_err(|_| "is not UTF-8. Save it as SVG in UTF-8".to_owned())?;
        svg::check(text)?;
    } else if !is_png(&body) {
        return Err("is no PNG image. Save it as PNG".to_owned());
    }
    Ok(body)
}

/// Whether it begins like every PNG image: with the signature and the header (PNG, 5.2 and 11.2.2).
fn is_png(body: &[u8]) -> bool {
    body.starts_with(b"\x89PNG\r\n\x1a\n") && body.get(12..16) == Some(b"IHDR".as_slice()) && body.len() > 32
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::config;
    use super::*;

    const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>";

    fn png() -> Vec<u8> {
        [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &[0; 32]].concat()
    }

    /// What the site says to these files.
    fn read(files: &[(&str, &[u8])]) -> Result<Brand, String> {
        let folder = tempfile::tempdir().unwrap();
        let brand: PathBuf = folder.path().join("brand");
        fs::create_dir(&brand).unwrap();
        for (name, body) in files {
            fs::write(brand.join(name), body).unwrap();
        }
        let settings = config::defaults().merge(("vestibule.data_dir", folder.path()));
        let settings = config::read(settings).unwrap().settings;
        Brand::read(&settings, "/static").map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn without_a_folder_or_in_an_empty_one_there_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let settings = config::defaults().merge(("vestibule.data_dir", folder.path()));
        let brand = Brand::read(&config::read(settings).unwrap().settings, "/static").unwrap();
        assert!(brand.logo.is_none() && brand.accent_css.is_none() && brand.files.is_empty());
        assert!(read(&[(".DS_Store", b"x".as_slice())]).unwrap().files.is_empty());
    }

    #[test]
    fn each_file_has_an_address_with_a_hash() {
        let brand =
            read(&[("logo.svg", SVG), ("logo-dark.png", &*png()), ("email-logo.png", &*png())]).unwrap();
        let logo = brand.logo.clone().unwrap();
        assert!(logo.starts_with("/static/logo-") && logo.ends_with(".svg"), "{logo}");
        let file = brand.file_at(&logo).unwrap();
        assert_eq!((file.ending, file.body.plain()), ("svg", SVG));
        assert!(brand.logo_dark.is_some() && brand.email_logo.is_some() && brand.icon.is_none());
        assert!(brand.file("logo.svg").is_none());
        let other = [SVG, b"\n".as_slice()].concat();
        let other = read(&[("logo.svg", &*other)]).unwrap();
        assert_ne!(other.logo, brand.logo);
    }

    #[test]
    fn a_wrong_file_is_refused_with_what_to_do() {
        let large = [SVG, vec![b' '; 512 * 1024].as_slice()].concat();
        let png = png();
        for (files, told) in [
            (vec![("logo.svg", SVG), ("logo.png", &*png)], "logo.svg and logo.png are both in"),
            (vec![("Logo.svg", SVG)], "Logo.svg has a name that is not used. Rename it to logo.svg."),
            (vec![("email-logo.svg", SVG)], "has a name that is not used. Save it as email-logo.png."),
            (vec![("logo.jpg", SVG)], "has a name that is not used. Save it as logo.svg or logo.png."),
            (vec![("favicon.ico", SVG)], "has a name that is not used. Save it as icon.svg or icon.png."),
            (
                vec![("banner.png", SVG)],
                "Remove it, or give it one of these: logo.svg, logo.png, logo-dark.svg",
            ),
            (vec![("logo-dark.svg", SVG)], "Add a logo.svg"),
            (vec![("logo.svg", &*large)], "is larger than 512 KiB"),
            (vec![("logo.svg", &*png)], "is not UTF-8"),
            (vec![("logo.png", SVG)], "is no PNG image. Save it as PNG"),
            (
                vec![("icon.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>".as_slice())],
                "has the attribute onload, which is a script",
            ),
        ] {
            let refused = read(&files).unwrap_err();
            assert!(refused.contains(told) && refused.ends_with('.'), "{refused}");
        }
    }
}
