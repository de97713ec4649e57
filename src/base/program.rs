//! The program that runs: Vestibule alone, or an app that is built on it.

use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// The program that runs: Vestibule alone, or an app that is built on it. The settings carry it to everything that
/// has to know: what the program is called, which files it holds, and what the app attached.
#[derive(Clone)]
pub struct Program {
    /// What the command is called. For an app also the name of its table of settings, and in capitals the beginning
    /// of its variables.
    pub name: &'static str,
    /// Its version, as `--version` prints it.
    pub version: &'static str,
    /// The app's files inside the binary.
    pub files: AppFiles,
    attached: Arc<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

/// The name of the program without an app.
const ALONE: &str = "vestibule";

impl Program {
    /// An app of this name, with its files.
    pub fn of_app(name: &'static str, version: &'static str, files: AppFiles) -> Program {
        Program { name, version, files, attached: Arc::default() }
    }

    /// Whether it is Vestibule without an app.
    pub fn is_alone(&self) -> bool {
        self.name == ALONE
    }

    /// What it is called at the beginning of a sentence: `Vestibule`, or the name of the app as it is.
    pub fn title(&self) -> &'static str {
        if self.is_alone() { "Vestibule" } else { self.name }
    }

    /// The beginning of the app's variables: `NOTES_`.
    pub fn prefix(&self) -> String {
        format!("{}_", self.name.to_uppercase().replace('-', "_"))
    }

    /// The same with a value for the floor that asks for its type with [`Program::attached`]. A floor hands up what an
    /// app brings in this way without knowing the floors above. The last value of a type counts. A clone that was made
    /// before does not get it.
    pub fn with<T: Any + Send + Sync>(mut self, value: T) -> Program {
        Arc::make_mut(&mut self.attached).insert(TypeId::of::<T>(), Arc::new(value));
        self
    }

    /// What the app attached of a type.
    pub fn attached<T: Any + Send + Sync>(&self) -> Option<&T> {
        self.attached.get(&TypeId::of::<T>())?.downcast_ref()
    }
}

impl Default for Program {
    fn default() -> Program {
        Program::of_app(ALONE, env!("CARGO_PKG_VERSION"), AppFiles::default())
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The files of an app, as they are compiled in. A debug build reads them from their folders.
#[derive(Clone, Copy, Debug, Default)]
pub struct AppFiles {
    /// `templates/`: pages, and in `mail/` emails.
    pub templates: Folder,
    /// `static/`: what pages load.
    pub static_files: Folder,
    /// `migrations/`: the app's own tables, step by step.
    pub migrations: Folder,
    /// `words/`: its sentences, a file for each language.
    pub words: Folder,
    /// Its `Rocket.toml`: the defaults of its settings, and what it changes of ours. Empty if it has none.
    pub settings: &'static str,
}

/// A folder of files inside the binary.
#[derive(Clone, Copy)]
pub struct Folder {
    names: fn() -> Vec<String>,
    read: fn(&str) -> Option<Cow<'static, [u8]>>,
    place: &'static str,
}

impl Folder {
    /// A folder whose files these functions list and read. `place` is where its sources were when the program was
    /// built, for watching them in a debug build.
    pub const fn new(
        names: fn() -> Vec<String>,
        read: fn(&str) -> Option<Cow<'static, [u8]>>,
        place: &'static str,
    ) -> Folder {
        Folder { names, read, place }
    }

    /// The paths of its files below it, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names = (self.names)();
        names.sort();
        names
    }

    /// The content of a file.
    pub fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        (self.read)(path)
    }

    /// Where its sources are. `None` for a folder of no app.
    pub fn place(&self) -> Option<&'static Path> {
        (!self.place.is_empty()).then(|| Path::new(self.place))
    }
}

impl Default for Folder {
    /// A folder without files.
    fn default() -> Folder {
        Folder::new(Vec::new, |_| None, "")
    }
}

impl fmt::Debug for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Folder").field(&self.place).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_floor_finds_what_was_attached_for_it() {
        struct Links(Vec<&'static str>);
        let program = Program::of_app("notes", "1.0.0", AppFiles::default()).with(Links(vec!["/notes"]));
        let copy = program.clone();
        assert_eq!(copy.attached::<Links>().map(|links| links.0.clone()), Some(vec!["/notes"]));
        assert!(copy.attached::<String>().is_none() && Program::default().attached::<Links>().is_none());
        assert_eq!((copy.title(), Program::default().title()), ("notes", "Vestibule"));
        let more = copy.clone().with(Links(Vec::new())).with(5_u8);
        assert_eq!(more.attached::<Links>().map(|links| links.0.len()), Some(0));
        assert_eq!((more.attached::<u8>(), copy.attached::<u8>()), (Some(&5), None));
        assert_eq!(copy.attached::<Links>().map(|links| links.0.len()), Some(1));
    }

    #[test]
    fn variables_begin_with_the_name_of_the_app() {
        let prefix = |name| Program::of_app(name, "1.0.0", AppFiles::default()).prefix();
        assert_eq!((prefix("notes"), prefix("my-notes")), ("NOTES_".to_owned(), "MY_NOTES_".to_owned()));
    }

    #[test]
    fn a_folder_without_files_is_empty() {
        let folder = Folder::default();
        assert!(folder.names().is_empty() && folder.read("a").is_none() && folder.place().is_none());
    }
}
