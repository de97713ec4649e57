//! A path that means the same file from every working folder: absolute, without `..`, and valid UTF-8. SQLite
//! takes paths as URLs, and a URL cannot hold `..`: `../../site` would be read as `../site`, the database of
//! another site.

use std::env;
use std::path::{Component, Path, PathBuf};

use super::refusal::Refusal;

/// Makes a path absolute, starting from the working folder. `..` is resolved on the disk, since a folder may
/// be a symbolic link. If the folder does not exist yet, `..` means the folder named before it.
pub fn absolute(path: &Path) -> Result<PathBuf, Refusal> {
    let mut whole = if path.is_absolute() { PathBuf::new() } else { working_folder(path)? };
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole = whole.canonicalize().unwrap_or(whole); // a path that does not exist is no symbolic link
                whole.pop();
            }
            Component::RootDir | Component::Prefix(_) | Component::Normal(_) => whole.push(part),
        }
    }
    as_text(&whole)?;
    Ok(whole)
}

/// A path as text. One that is not valid UTF-8 would name another folder if it were read as text.
pub fn as_text(path: &Path) -> Result<String, Refusal> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        Refusal::new(format!(
            "The path {} is not valid UTF-8. Rename its folder, or choose another.",
            path.display()
        ))
    })
}

fn working_folder(path: &Path) -> Result<PathBuf, Refusal> {
    env::current_dir().map_err(|error| {
        Refusal::new(format!(
            "The relative path {} cannot be used, since the current folder does not exist any more ({error}). Start in another \
             folder, or give an absolute path.",
            path.display()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    fn of(path: impl AsRef<Path>) -> PathBuf {
        absolute(path.as_ref()).unwrap()
    }

    #[test]
    fn a_path_is_read_from_the_working_folder_and_loses_what_means_nothing() {
        let here = env::current_dir().unwrap();
        assert_eq!(of("data"), here.join("data"));
        assert_eq!(of("./a//b/./c/").to_str(), here.join("a/b/c").to_str());
        assert_eq!(of("/a/./b/").to_str(), Some("/a/b"));
        assert_eq!(of("/../../a"), Path::new("/a"));
        assert_eq!(of("/odd name/50%/who?/#1"), Path::new("/odd name/50%/who?/#1"));
    }

    #[test]
    fn two_dots_lead_where_the_disk_says() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("far/away")).unwrap();
        symlink(root.join("far/away"), root.join("link")).unwrap();
        assert_eq!(of(root.join("link/../site")), root.join("far/site"), "out of what the link leads to");
        assert_eq!(of(root.join("link/site")), root.join("link/site"), "a link stays one");
        assert_eq!(of(root.join("far/../not/yet/../site")), root.join("not/site"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let refused = absolute(&Path::new("/srv").join(OsStr::from_bytes(b"si\xffte"))).unwrap_err();
        assert!(refused.to_string().contains("not valid UTF-8"), "{refused}");
    }
}
