//! A browser as far as its owner recognizes it: its name and its operating system, both from a closed list. Rows
//! contain its code (`firefox/linux`), and the words ("Firefox on Linux") are made when it is shown. `web` reads
//! it from a request.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::closed_set::closed_set;
use super::text_column::text_column;
use super::words::Sentence;

closed_set! {
    /// A program that visits pages.
    pub enum BrowserName {
        /// Chrome.
        Chrome = "chrome" => "Chrome",
        /// curl.
        Curl = "curl" => "curl",
        /// DuckDuckGo.
        DuckDuckGo = "duckduckgo" => "DuckDuckGo",
        /// Edge.
        Edge = "edge" => "Edge",
        /// Firefox.
        Firefox = "firefox" => "Firefox",
        /// Lynx.
        Lynx = "lynx" => "Lynx",
        /// Opera.
        Opera = "opera" => "Opera",
        /// Safari.
        Safari = "safari" => "Safari",
        /// Samsung Internet.
        SamsungInternet = "samsung_internet" => "Samsung Internet",
        /// SeaMonkey.
        SeaMonkey = "seamonkey" => "SeaMonkey",
        /// Vivaldi.
        Vivaldi = "vivaldi" => "Vivaldi",
        /// w3m.
        W3m = "w3m" => "w3m",
        /// Yandex Browser.
        Yandex = "yandex" => "Yandex Browser",
    }
    /// Its words.
    fn in_words(self) -> &'static str;
}

closed_set! {
    /// An operating system, or a device that stands for one.
    pub enum System {
        /// Android.
        Android = "android" => "Android",
        /// BSD.
        Bsd = "bsd" => "BSD",
        /// ChromeOS.
        ChromeOs = "chromeos" => "ChromeOS",
        /// iPad.
        IPad = "ipad" => "an iPad",
        /// iPhone.
        IPhone = "iphone" => "an iPhone",
        /// Linux.
        Linux = "linux" => "Linux",
        /// macOS.
        MacOs = "macos" => "macOS",
        /// Windows.
        Windows = "windows" => "Windows",
    }
    /// Its words, after "on".
    fn in_words(self) -> &'static str;
}

/// The code of a browser that is on no list.
const UNKNOWN: &str = "unknown";

/// A browser. Its code is `firefox/linux`, `firefox`, `unknown/linux` or `unknown`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Browser {
    /// Its name, if it is on the list.
    pub name: Option<BrowserName>,
    /// Its operating system, if it is on the list.
    pub system: Option<System>,
}

impl Browser {
    /// Its code, as rows contain it.
    pub fn code(&self) -> String {
        let name = self.name.map_or(UNKNOWN, BrowserName::code);
        self.system.map_or_else(|| name.to_owned(), |system| format!("{name}/{}", system.code()))
    }

    /// The browser with a code. What is on no list of this version is unknown.
    pub fn of(code: &str) -> Browser {
        let (name, system) = code.split_once('/').unwrap_or((code, ""));
        Browser { name: BrowserName::by_code(name), system: System::by_code(system) }
    }

    /// A sentence with this browser: its variables `$browser` and `$system`, names that are the same in every
    /// language.
    pub fn in_sentence(self, sentence: Sentence) -> Sentence {
        let system = match self.system {
            Some(System::IPad) => "iPad",
            Some(System::IPhone) => "iPhone",
            Some(system) => system.in_words(),
            None => UNKNOWN,
        };
        sentence.with("browser", self.name.map_or(UNKNOWN, BrowserName::in_words)).with("system", system)
    }
}

impl fmt::Display for Browser {
    /// Its words, for the middle of a sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name.map_or("an unknown browser", BrowserName::in_words))?;
        self.system.map_or(Ok(()), |system| write!(f, " on {}", system.in_words()))
    }
}

impl Serialize for Browser {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code())
    }
}

impl<'de> Deserialize<'de> for Browser {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Browser, D::Error> {
        String::deserialize(deserializer).map(|code| Browser::of(&code))
    }
}

text_column!(Browser, Browser::code, |code| Some(Browser::of(code)));

#[cfg(test)]
mod tests {
    use super::*;

    /// All browsers that can be told apart.
    fn all() -> Vec<Browser> {
        let names = || [None].into_iter().chain(BrowserName::ALL.iter().copied().map(Some));
        let systems = || [None].into_iter().chain(System::ALL.iter().copied().map(Some));
        names().flat_map(|name| systems().map(move |system| Browser { name, system })).collect()
    }

    #[test]
    fn a_code_is_read_as_the_browser_that_it_was_made_of_and_others_are_unknown() {
        let mut codes: Vec<_> = all().iter().map(Browser::code).collect();
        for (browser, code) in all().iter().zip(&codes) {
            assert_eq!(Browser::of(code), *browser, "{code}");
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || "/_3".contains(c)), "{code}");
        }
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), (13 + 1) * (8 + 1));
        for odd in ["", "Firefox on Linux", "/", "netscape/amiga"] {
            assert_eq!(Browser::of(odd), Browser::default(), "{odd}");
        }
        assert_eq!(Browser::of("netscape/linux"), Browser { name: None, system: Some(System::Linux) });
    }

    /// The migration reads the words that rows contained before it.
    #[test]
    fn the_migration_knows_the_words_of_every_browser() {
        let migration = include_str!("../../migrations/0017_codes.sql");
        for browser in all() {
            let name = browser.name.map_or(UNKNOWN, BrowserName::code);
            let alone = Browser { system: None, ..browser };
            assert!(migration.contains(&format!("'{alone}', '{name}'")), "{alone}");
            if let Some(system) = browser.system {
                let words = format!("' on {}', '/{}'", system.in_words(), system.code());
                assert!(migration.contains(&words), "{words}");
            }
        }
    }
}
