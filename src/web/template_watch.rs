//! Whether the templates of an app have changed on disk, for a debug build. Rocket watches one folder, which is ours, and
//! could not watch one that does not exist yet. That of an app has few files, so they are looked at with each page.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use parking_lot::Mutex;

/// A file: its path, when it was written, and its length.
type FileState = (PathBuf, Option<SystemTime>, u64);

/// A folder and what was last seen in it.
pub(super) struct Watched {
    place: Option<&'static Path>,
    seen: Mutex<Vec<FileState>>,
}

impl Watched {
    /// Watches a folder from now on. It may be absent.
    pub(super) fn new(place: Option<&'static Path>) -> Watched {
        Watched { place, seen: Mutex::new(place.map(files).unwrap_or_default()) }
    }

    /// Whether a file has changed, come or gone since this was last asked.
    pub(super) fn has_changed(&self) -> bool {
        let Some(place) = self.place else { return false };
        let now = files(place);
        let mut seen = self.seen.lock();
        let has_changed = *seen != now;
        *seen = now;
        has_changed
    }
}

/// The files of a folder and below.
fn files(folder: &Path) -> Vec<FileState> {
    let mut found = Vec::new();
    add(folder, &mut found);
    found.sort();
    found
}

/// Adds them. What cannot be read counts as absent.
fn add(folder: &Path, found: &mut Vec<FileState>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => add(&path, found),
            Ok(metadata) => found.push((path, metadata.modified().ok(), metadata.len())),
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_in_a_folder_is_seen_once_and_so_is_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let place: &'static Path =
            Path::new(folder.path().join("templates").to_str().unwrap().to_owned().leak());
        let watched = Watched::new(Some(place));
        let seen = || (watched.has_changed(), watched.has_changed());
        assert_eq!(seen(), (false, false), "it is absent");
        fs::create_dir_all(place.join("notes")).unwrap();
        fs::write(place.join("notes/all.html"), "a").unwrap();
        assert_eq!(seen(), (true, false));
        fs::write(place.join("notes/all.html"), "ab").unwrap();
        assert_eq!(seen(), (true, false));
        fs::remove_file(place.join("notes/all.html")).unwrap();
        assert_eq!(seen(), (true, false));
    }

    #[test]
    fn without_a_folder_nothing_changes() {
        assert!(!Watched::new(None).has_changed());
    }
}
