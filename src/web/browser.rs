//! A browser in words that its owner recognizes: "Firefox on Linux". Only the words below are ever stored and
//! shown; nothing else of what a browser sends is used. The rules are our own, because the regular
//! expressions that others maintain take a fifth of a second to load.

/// Tokens of browsers. Most browsers name several others as well as themselves, so the first match counts.
const BROWSERS: [(&str, &str); 17] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex Browser"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Seamonkey/", "SeaMonkey"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("Lynx/", "Lynx"),
    ("w3m/", "w3m"),
    ("curl/", "curl"),
];

/// Tokens of operating systems; again the first match counts.
const SYSTEMS: [(&str, &str); 9] = [
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
    ("BSD", "BSD"),
];

/// The browser that sent this `User-Agent`, in words.
pub fn in_words(user_agent: &str) -> String {
    let first = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (first(&BROWSERS), first(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => format!("an unknown browser on {system}"),
        (None, None) => "an unknown browser".to_owned(),
    }
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
            assert_eq!(in_words(&user_agent), words, "{user_agent}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_was_sent_is_in_the_words(user_agent in "(.{0,40}(Firefox/|Edg|Linux|iPad)?){0,4}") {
            let words = in_words(&user_agent);
            prop_assert!(words.chars().all(|c| c.is_ascii_alphanumeric() || c == ' '), "{}", words);
            prop_assert!(words.len() <= 50);
        }
    }
}
