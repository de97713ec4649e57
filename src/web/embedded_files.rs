//! The files of the folder `static`, which are embedded in the binary. Those of an app come before ours. A debug build
//! reads them from their folders, so that an edit shows with the next request.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock, OnceLock};

use rust_embed::Embed;

use super::embedded_file::{EmbeddedFile, path_of};
use crate::base::{Program, program};

#[derive(Embed)]
#[folder = "static/"]
struct Folder;

/// All of ours in a release build, made at their first use: they are few and small.
static OURS: LazyLock<Vec<EmbeddedFile>> =
    LazyLock::new(|| Folder::iter().filter_map(|path| our_file(&path)).collect());

/// Before the path of a file of ours, also of one that the app has too.
const OF_OURS: &str = "vestibule/";

/// The files of a program: those of the app, then ours.
#[derive(Clone, Debug, Default)]
pub struct EmbeddedFiles {
    app: program::Folder,
    /// The app's, if they are kept. Otherwise each is read again for each request.
    kept: Option<Arc<Vec<Kept>>>,
}

/// A file of an app, made when it is first asked for: it may be large, and perhaps no one asks for it.
#[derive(Debug)]
struct Kept {
    path: String,
    file: OnceLock<Option<EmbeddedFile>>,
}

impl Kept {
    /// Whether an answer with it has to wait for nothing.
    fn is_ready(&self) -> bool {
        self.file.get().is_some_and(|file| file.as_ref().is_none_or(|file| file.body.is_ready()))
    }
}

impl EmbeddedFiles {
    /// Those of a program.
    pub fn of(program: &Program) -> EmbeddedFiles {
        let app = program.files.static_files;
        if cfg!(debug_assertions) { EmbeddedFiles { app, kept: None } } else { EmbeddedFiles::kept(app) }
    }

    /// Those of an app with this folder, as a release build has them: each is made once.
    pub fn kept(app: program::Folder) -> EmbeddedFiles {
        let kept = app.names().into_iter().map(|path| Kept { path, file: OnceLock::new() });
        EmbeddedFiles { app, kept: Some(Arc::new(kept.collect())) }
    }

    /// The file at this path in the folder of the app, else in ours. `vestibule/style.css` is always ours.
    pub fn at(&self, path: &str) -> Option<Cow<'_, EmbeddedFile>> {
        match path.strip_prefix(OF_OURS) {
            Some(path) => ours(path),
            None => self.of_app(path).or_else(|| ours(path)),
        }
    }

    /// The file with this name in its address. A file of ours is served even if the app has another one at its path.
    pub fn named(&self, name: &str) -> Option<Cow<'_, EmbeddedFile>> {
        let path = path_of(name)?;
        [self.of_app(&path), ours(&path)].into_iter().flatten().find(|file| file.name == name)
    }

    /// The paths of the files of the app that are still to be made.
    pub fn unready(&self) -> Vec<String> {
        let kept = self.kept.iter().flat_map(|kept| kept.iter());
        kept.filter(|kept| !kept.is_ready()).map(|kept| kept.path.clone()).collect()
    }

    /// The path of the file of the app with this name in its address, if it is still to be made.
    pub fn unready_for(&self, name: &str) -> Option<String> {
        let kept = self.kept.as_ref()?;
        let path = path_of(name)?;
        kept.iter().any(|kept| kept.path == path && !kept.is_ready()).then_some(path)
    }

    /// Makes the file of the app at this path: shorter, with its hash, and compressed.
    pub fn make(&self, path: &str) {
        if let Some(file) = self.of_app(path) {
            file.body.gzip();
        }
    }

    fn of_app(&self, path: &str) -> Option<Cow<'_, EmbeddedFile>> {
        let Some(kept) = &self.kept else {
            // Only what the folder lists: no path of a request reaches a file system, not even in this build.
            let listed = self.app.names().into_iter().find(|known| known == path)?;
            return self.app_file(&listed).map(Cow::Owned);
        };
        let kept = kept.iter().find(|kept| kept.path == path)?;
        kept.file.get_or_init(|| self.app_file(path)).as_ref().map(Cow::Borrowed)
    }

    fn app_file(&self, path: &str) -> Option<EmbeddedFile> {
        Some(EmbeddedFile { is_of_app: true, ..EmbeddedFile::of(path, self.app.read(path)?) })
    }
}

fn ours(path: &str) -> Option<Cow<'static, EmbeddedFile>> {
    if cfg!(debug_assertions) {
        let listed = Folder::iter().find(|known| known == path)?;
        return our_file(&listed).map(Cow::Owned);
    }
    OURS.iter().find(|file| file.path == path).map(Cow::Borrowed)
}

fn our_file(path: &str) -> Option<EmbeddedFile> {
    Some(EmbeddedFile::of(path, Folder::get(path)?.data))
}

#[cfg(test)]
mod tests {
    use super::super::embedded_file::{HASH, shorter};
    use super::*;
    use crate::base::program::AppFiles;

    static FILES: [(&str, &str); 4] = [
        ("style.css", "a { color: red }"),
        ("img/logo.v2/a b.png", "an image"),
        ("img/readme", "plain"),
        ("notes.js", "let a = `b"),
    ];

    fn folder() -> program::Folder {
        program::Folder::new(
            || FILES.map(|(path, _)| path.to_owned()).into(),
            |path| FILES.iter().find(|file| file.0 == path).map(|file| Cow::Borrowed(file.1.as_bytes())),
            "",
        )
    }

    fn files_of_an_app() -> EmbeddedFiles {
        let files = AppFiles { static_files: folder(), ..AppFiles::default() };
        EmbeddedFiles::of(&Program::of_app("notes", "1.0.0", files))
    }

    #[test]
    fn a_name_keeps_its_folders_and_leads_back_to_the_file() {
        for files in [files_of_an_app(), EmbeddedFiles::kept(folder())] {
            for (path, _) in FILES {
                let file = files.at(path).unwrap();
                assert!(file.is_of_app, "{path}");
                assert_eq!(path_of(&file.name).as_deref(), Some(path), "{}", file.name);
                assert_eq!(files.named(&file.name).unwrap().path, path);
            }
            let name = &files.at("img/logo.v2/a b.png").unwrap().name;
            let hash = name.strip_prefix("img/logo.v2/a%20b-").unwrap().strip_suffix(".png").unwrap();
            assert_eq!(hash.len(), HASH, "{name}");
            assert!(files.at("img/readme").unwrap().name.starts_with("img/readme-"));
            let red = files.at("style.css").unwrap().name.clone();
            for other in [
                "style.css",
                "style-0000000000000000.css",
                "/",
                "",
                "img/",
                &red.to_uppercase(),
                &format!("/{red}"),
            ] {
                assert!(files.named(other).is_none(), "{other}");
            }
        }
    }

    #[test]
    fn a_file_of_the_app_beats_ours_which_stays_reachable() {
        let (files, alone) = (files_of_an_app(), EmbeddedFiles::default());
        let (theirs, ours) = (files.at("style.css").unwrap(), alone.at("style.css").unwrap());
        assert_eq!(theirs.body.plain(), b"a { color: red }");
        assert!(theirs.is_of_app && !ours.is_of_app && ours.name != theirs.name);
        assert_eq!(files.at("vestibule/style.css").unwrap().name, ours.name);
        assert!(!files.named(&ours.name).unwrap().is_of_app);
        assert_eq!(files.at("icon.svg").unwrap().name, alone.at("icon.svg").unwrap().name);
        assert!(alone.named(&theirs.name).is_none() && alone.at("img/readme").is_none());
    }

    #[test]
    fn a_kept_file_is_made_once_and_not_copied_out_of_the_program() {
        let files = EmbeddedFiles::kept(folder());
        let all = ["img/logo.v2/a b.png", "img/readme", "notes.js", "style.css"];
        assert_eq!(files.unready(), all, "none is made before it is asked for");
        let (path, source) = FILES[1];
        let name = files_of_an_app().at(path).unwrap().name.clone();
        assert_eq!(files.unready_for(&name).as_deref(), Some(path));
        for _ in 0..2 {
            assert_eq!(files.named(&name).unwrap().body.sent(true).as_ptr(), source.as_ptr());
        }
        assert_eq!(files.unready(), all[1..]);
        assert_eq!(files.unready_for(&name), None);

        // Known by its name, but not compressed yet.
        let style = files.at("style.css").unwrap().name.clone();
        assert_eq!(files.unready_for(&style).as_deref(), Some("style.css"));
        let clone = files.clone();
        files.unready().iter().for_each(|path| clone.make(path));
        assert!(files.unready().is_empty() && files.unready_for(&style).is_none());
        assert_eq!(files.unready_for("other-0123456789abcdef.css"), None);
        assert_eq!(files_of_an_app().kept.is_none(), cfg!(debug_assertions), "an edit shows at once");
    }

    #[test]
    fn every_file_of_ours_becomes_shorter_and_the_text_in_them_too_when_compressed() {
        let (mut plain, mut sent) = (0, 0);
        for path in Folder::iter() {
            let source = Folder::get(&path).unwrap().data;
            let file = EmbeddedFile::new(&path, shorter(&path, source.clone()));
            let is_code = path.ends_with(".css") || path.ends_with(".js");
            assert_eq!(file.body.plain().len() < source.len(), is_code, "{path}");
            plain += source.len();
            sent += file.body.gzip().map_or(file.body.plain().len(), <[u8]>::len);
        }
        assert!(sent * 2 < plain, "{sent} of {plain} bytes");
    }
}
