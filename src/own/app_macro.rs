//! `app!`: begins an app with the name, the version and the files of the crate that calls it.

/// Begins an [`App`](crate::App): `vestibule::app!()`.
///
/// The app has the name and the version of the crate that calls it, and takes along its files:
///
/// | In the crate | What it is |
/// |---|---|
/// | `templates/` | pages, and emails in `mail/`; one with the name of one of Vestibule's takes its place |
/// | `static/` | what pages load: styles, scripts, images |
/// | `migrations/` | the app's tables, step by step: `0001_notes.sql` |
/// | `words/` | sentences, a file for each language |
/// | `Rocket.toml` | the defaults of its settings, and of Vestibule's where it changes them |
///
/// Any of them may be missing. A release build holds them inside; a debug build reads them where they are, so that an
/// edit shows with the next request. The dependency must be called `vestibule` in `Cargo.toml`, and the profile must
/// not set `debug-assertions` for some crates only.
///
/// ```no_run,standalone_crate
/// fn main() -> std::process::ExitCode {
///     vestibule::app!().run()
/// }
/// ```
#[macro_export]
macro_rules! app {
    () => {
        $crate::App::new(
            ::core::env!("CARGO_PKG_NAME"),
            ::core::env!("CARGO_PKG_VERSION"),
            $crate::base::program::AppFiles {
                templates: $crate::app!(@folder "templates"),
                static_files: $crate::app!(@folder "static"),
                migrations: $crate::app!(@folder "migrations"),
                words: $crate::app!(@folder "words"),
                settings: $crate::app!(@settings "Rocket.toml"),
            },
        )
    };
    (@folder $folder:tt) => {{
        #[derive(::vestibule::rust_embed::Embed)]
        #[crate_path = "::vestibule::rust_embed"]
        #[folder = $folder]
        #[allow_missing = true]
        struct Files;

        fn names() -> ::std::vec::Vec<::std::string::String> {
            Files::iter().map(::std::borrow::Cow::into_owned).collect()
        }

        fn read(path: &str) -> ::std::option::Option<::std::borrow::Cow<'static, [u8]>> {
            Files::get(path).map(|file| file.data)
        }

        $crate::base::program::Folder::new(
            names,
            read,
            ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", $folder),
        )
    }};
    // A file that may be missing, which `include_str!` does not allow. It is taken for a folder with one file, whose
    // path inside is empty.
    (@settings $file:tt) => {{
        #[derive(::vestibule::rust_embed::Embed)]
        #[crate_path = "::vestibule::rust_embed"]
        #[folder = $file]
        #[allow_missing = true]
        struct Settings;

        static TEXT: ::std::sync::OnceLock<::std::string::String> = ::std::sync::OnceLock::new();

        TEXT.get_or_init(|| {
            let bytes = if ::core::cfg!(debug_assertions) {
                // Of a "folder" that is a file, a debug build finds nothing.
                ::std::fs::read(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", $file)).ok()
            } else {
                Settings::get("").map(|file| file.data.into_owned())
            };
            bytes.map_or_else(::std::string::String::new, |bytes| {
                ::std::string::String::from_utf8_lossy(&bytes).into_owned()
            })
        })
        .as_str()
    }};
}
