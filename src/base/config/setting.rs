//! One setting, and `settings!`, which makes a table of them: everything that is said of a setting is in its entry.

/// A setting, as its entry says.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// Whose it is.
    pub owner: Owner,
    /// The heading that it stands under in `docs/settings.md`.
    pub heading: &'static str,
    /// What it is, in one sentence; after an empty line, what else one should know. The lines of its comment.
    pub about: &'static [&'static str],
    /// Its default: see [`Setting::default`].
    pub(super) default: Option<&'static str>,
    /// Without a default: what holds while it is not set, in Markdown.
    pub unset: &'static str,
    /// Without a default: an example for `Rocket.toml`.
    pub example: &'static str,
    /// The allowed values, in the words of an error message: "must be …".
    pub allowed: &'static str,
    /// Whether it is never shown, and may be given in a file: see [`Setting::file`].
    pub secret: bool,
    /// Whether it names a file. A relative path in a settings file starts at the folder of that file.
    pub names_file: bool,
    /// The setting that names a file with the value of this one, if it is a secret.
    pub twin: SecretFile,
}

/// Who reads a setting. It decides about the table in a settings file and the beginning of the variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Owner {
    /// Ours: `[default.vestibule]` and `VESTIBULE_`.
    Vestibule,
    /// Rocket's: `[default]` and `ROCKET_`.
    Rocket,
}

/// The name, allowed values and description of the setting that names a file with a secret.
#[derive(Clone, Copy, Debug)]
pub struct SecretFile {
    /// Its name.
    pub name: &'static str,
    /// Its allowed values.
    pub allowed: &'static str,
    /// What it is.
    pub about: &'static [&'static str],
}

/// What an entry leaves out.
pub(super) const BLANK: Setting = Setting {
    name: "",
    owner: Owner::Vestibule,
    heading: "",
    about: &[],
    default: None,
    unset: "not set",
    example: "",
    allowed: "",
    secret: false,
    names_file: false,
    twin: SecretFile { name: "", allowed: "", about: &[] },
};

impl Setting {
    /// Its default, as it is written in a settings file.
    pub fn default(self) -> Option<String> {
        // `stringify!` breaks a long value into lines, which TOML does not allow.
        self.default.map(|toml| toml.lines().map(str::trim).collect::<Vec<_>>().join(" "))
    }

    /// The setting that names a file with the value of this secret: `secret_key_file` for `secret_key`.
    pub fn file(self) -> Option<Setting> {
        let (Setting { owner, heading, .. }, SecretFile { name, allowed, about }) = (self, self.twin);
        let file =
            Setting { name, owner, heading, about, allowed, example: "…", names_file: true, ..BLANK };
        self.secret.then_some(file)
    }

    /// Its path among all settings.
    pub fn path(self) -> String {
        match self.owner {
            Owner::Vestibule => format!("vestibule.{}", self.name),
            Owner::Rocket => self.name.to_owned(),
        }
    }

    /// The variable that sets it.
    pub fn variable(self) -> String {
        let prefix = match self.owner {
            Owner::Vestibule => "VESTIBULE",
            Owner::Rocket => "ROCKET",
        };
        format!("{prefix}_{}", self.name.to_uppercase())
    }
}

/// Makes a table of settings from an entry for each, and a struct with their values if they have types:
///
/// ```text
/// /// What it is, in one sentence.
/// ///
/// /// What else one should know: what a higher value costs.
/// name: Type = default { allowed: "the allowed values, in words" }
/// ```
///
/// In braces are fields of [`Setting`]. A setting without a default is an `Option`, and says with `unset` what
/// holds then.
macro_rules! settings {
    (
        $(#[$about:meta])*
        pub struct $settings:ident: $table:ident;
        $($heading:literal {
            $($(#[doc = $doc:literal])+ $name:ident: $type:ty $(= $default:tt)? {
                $($field:ident: $value:expr),+ $(,)?
            })+
        })+
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, serde::Deserialize)]
        pub struct $settings {
            $($($(#[doc = $doc])+ pub $name: $type,)+)+
            /// The program that was started with them. No setting: it is compiled in.
            #[serde(skip)]
            pub program: $crate::base::program::Program,
        }

        impl $settings {
            /// The same settings, with every path made absolute.
            pub(super) fn absolute(self) -> Result<$settings, $crate::base::refusal::Refusal> {
                use $crate::base::config::from_text::Absolute;
                let program = self.program;
                Ok($settings { $($($name: self.$name.absolute()?,)+)+ program })
            }
        }

        $crate::base::config::setting::settings! {
            /// The table of these settings.
            pub const $table: Vestibule;
            $($heading {
                $($(#[doc = $doc])+ $name $(= $default)? { $($field: $value),+ })+
            })+
        }
    };
    (
        $(#[$about:meta])*
        pub const $table:ident: $owner:ident;
        $($heading:literal {
            $($(#[doc = $doc:literal])+ $name:ident $(= $default:tt)? {
                $($field:ident: $value:expr),+ $(,)?
            })+
        })+
    ) => {
        $(#[$about])*
        pub const $table: &[$crate::base::config::setting::Setting] = &[$($(
            $crate::base::config::setting::Setting {
                name: stringify!($name),
                owner: $crate::base::config::setting::Owner::$owner,
                heading: $heading,
                about: &[$($doc),+],
                default: $crate::base::config::setting::settings!(@default $($default)?),
                twin: $crate::base::config::setting::SecretFile {
                    name: concat!(stringify!($name), "_file"),
                    allowed: concat!("a file that holds the ", stringify!($name)),
                    about: &[concat!("File that holds the `", stringify!($name), "`.")],
                },
                $($field: $value,)+
                ..$crate::base::config::setting::BLANK
            },
        )+)+];
    };
    (@default) => { None };
    (@default $default:tt) => { Some(stringify!($default)) };
}
pub(super) use settings;
