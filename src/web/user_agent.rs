//! Recognizes the browser of a request by its `User-Agent`. Only what is on the lists below is ever stored and shown;
//! nothing else of what a browser sends is used. The rules are our own, because the regular expressions that
//! others maintain take a fifth of a second to load.

use crate::base::Browser;
use crate::base::browser::{BrowserName, System};

/// Tokens of browsers. Most browsers name several others as well as themselves, so the first match counts.
const BROWSERS: [(&str, BrowserName); 17] = [
    ("Edg", BrowserName::Edge),
    ("OPR/", BrowserName::Opera),
    ("OPT/", BrowserName::Opera),
    ("Vivaldi/", BrowserName::Vivaldi),
    ("YaBrowser/", BrowserName::Yandex),
    ("SamsungBrowser/", BrowserName::SamsungInternet),
    ("DuckDuckGo/", BrowserName::DuckDuckGo),
    ("Seamonkey/", BrowserName::SeaMonkey),
    ("Firefox/", BrowserName::Firefox),
    ("FxiOS/", BrowserName::Firefox),
    ("CriOS/", BrowserName::Chrome),
    ("HeadlessChrome/", BrowserName::Chrome),
    ("Chrome/", BrowserName::Chrome),
    ("Safari/", BrowserName::Safari),
    ("Lynx/", BrowserName::Lynx),
    ("w3m/", BrowserName::W3m),
    ("curl/", BrowserName::Curl),
];

/// Tokens of operating systems; again the first match counts.
const SYSTEMS: [(&str, System); 9] = [
    ("iPhone", System::IPhone),
    ("iPad", System::IPad),
    ("Android", System::Android),
    ("CrOS", System::ChromeOs),
    ("Windows", System::Windows),
    ("Macintosh", System::MacOs),
    ("Mac OS X", System::MacOs),
    ("Linux", System::Linux),
    ("BSD", System::Bsd),
];

/// The browser that sent this `User-Agent`.
pub fn of(user_agent: &str) -> Browser {
    Browser { name: first(&BROWSERS, user_agent), system: first(&SYSTEMS, user_agent) }
}

fn first<T: Copy>(tokens: &[(&str, T)], user_agent: &str) -> Option<T> {
    tokens.iter().find(|(token, _)| user_agent.contains(token)).map(|(_, found)| *found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn browsers_of_today_are_called_by_their_names() {
        let mozilla = |rest: &str| format!("Mozilla/5.0 {rest}");
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (user_agent, words) in [
            (mozilla("(X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"), "Firefox on Linux"),
            (mozilla("(Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"), "Firefox on Android"),
            (
                mozilla(&format!("(Windows NT 10.0; Win64; x64) {webkit} Chrome/142.0.0.0 Safari/537.36")),
                "Chrome on Windows",
            ),
            (
                mozilla(&format!(
                    "(Windows NT 10.0; Win64; x64) {webkit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
                )),
                "Edge on Windows",
            ),
            (
                mozilla(&format!(
                    "(Linux; Android 10; K) {webkit} Chrome/142.0.0.0 Mobile Safari/537.36 EdgA/142.0.0.0"
                )),
                "Edge on Android",
            ),
            (
                mozilla(&format!("(X11; CrOS x86_64 14541.0.0) {webkit} Chrome/142.0.0.0 Safari/537.36")),
                "Chrome on ChromeOS",
            ),
            (
                mozilla(&format!(
                    "(Linux; Android 16; SM-S928B) {webkit} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36"
                )),
                "Samsung Internet on Android",
            ),
            (
                mozilla(&format!(
                    "(X11; Linux x86_64) {webkit} Chrome/142.0.0.0 Safari/537.36 OPR/126.0.0.0"
                )),
                "Opera on Linux",
            ),
            (
                mozilla(
                    "(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
                ),
                "Safari on macOS",
            ),
            (
                mozilla(
                    "(iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
                ),
                "Safari on an iPhone",
            ),
            (
                mozilla(
                    "(iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.0.0 Mobile/15E148 Safari/604.1",
                ),
                "Chrome on an iPad",
            ),
            ("curl/8.17.0".to_owned(), "curl"),
            ("python-requests/2.32.5".to_owned(), "an unknown browser"),
            (mozilla("(X11; Linux x86_64) Something/1.0"), "an unknown browser on Linux"),
            (String::new(), "an unknown browser"),
        ] {
            assert_eq!(of(&user_agent).to_string(), words, "{user_agent}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_was_sent_is_in_the_words(user_agent in "(.{0,40}(Firefox/|Edg|Linux|iPad)?){0,4}") {
            let words = of(&user_agent).to_string();
            prop_assert!(words.chars().all(|c| c.is_ascii_alphanumeric() || c == ' '), "{}", words);
            prop_assert!(words.len() <= 50);
        }
    }
}
