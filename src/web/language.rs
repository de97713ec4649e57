//! In which language a visitor reads. The first of these decides: `?lang=` in the address of a page, the setting of
//! the account, the cookie that an earlier `?lang=` left, `Accept-Language`, and the site's own language.

use std::sync::{LazyLock, OnceLock};

use fluent_langneg::{NegotiationStrategy, accepted_languages, negotiate_languages};
use rocket::Request;
use rocket::http::{Cookie, Method, SameSite};
use rocket::request::{FromRequest, Outcome};
use rocket::time::Duration;
use unic_langid::LanguageIdentifier;

use super::cookies::Cookies;
use super::quality;
use super::request::WireMethod;
use crate::base::{Language, Site};

/// The parameter that asks for a language.
const PARAMETER: &str = "lang";
/// The lifetime of the cookie, in days.
const DAYS: i64 = 365;
/// The most entries of an `Accept-Language` that are read: browsers send fewer.
const MOST: usize = 20;
/// The longest tag that is read, in bytes: "zh-Hant-TW" has 10.
const LONGEST: usize = 64;

/// The language of the account that a request belongs to, stored with the request.
#[derive(Default)]
struct Preferred(OnceLock<Language>);

/// All languages, as they are compared with `Accept-Language`.
static AVAILABLE: LazyLock<Vec<LanguageIdentifier>> =
    LazyLock::new(|| Language::all().filter_map(|language| language.code().parse().ok()).collect());

/// Remembers the language of the account that a request belongs to. Called when the user is looked up.
pub fn prefer(request: &Request<'_>, language: Language) {
    // Looked up again, it is the same account.
    let _ = request.local_cache(Preferred::default).0.set(language);
}

/// The language of the visitor of a request. If the address asks for one, their browser remembers that.
pub fn of(request: &Request<'_>) -> Language {
    if let Some(language) = asked_for(request) {
        if let Some(cookies) = Cookies::of(request) {
            remember(language, cookies);
        }
        return language;
    }
    let site = request.rocket().state::<Site>();
    wished(request).or_else(|| Some(site?.settings.language)).unwrap_or_else(Language::english)
}

/// The language that the account or the browser of a visitor asks for. `None`: they get the site's own.
fn wished(request: &Request<'_>) -> Option<Language> {
    let preferred = request.local_cache(Preferred::default).0.get().copied();
    preferred.or_else(|| of_browser(request))
}

/// The language that the browser asks for: by the cookie of an earlier `?lang=`, or by its settings.
fn of_browser(request: &Request<'_>) -> Option<Language> {
    Cookies::of(request).and_then(remembered).or_else(|| accepted(request))
}

/// The language that the browser of a visitor asks for, if it asks for one that exists. Who is logged in does not
/// matter: the account that a form makes or confirms may be another one.
#[derive(Clone, Copy, Debug)]
pub struct BrowserLanguage(pub Option<Language>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for BrowserLanguage {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        Outcome::Success(BrowserLanguage(of_browser(request)))
    }
}

/// The known language that the address of a page asks for. The address of a form does not count.
fn asked_for(request: &Request<'_>) -> Option<Language> {
    if !matches!(WireMethod::of(request), Method::Get | Method::Head) {
        return None;
    }
    Language::by_code(request.query_value::<&str>(PARAMETER)?.ok()?)
}

/// The cookie. It is no secret: its value is a code of the closed set of languages. Its name follows the rule of the
/// other cookies.
fn name(site: &Site) -> String {
    if site.is_https() { "__Host-language".to_owned() } else { format!("language-{}", site.key.mark()) }
}

fn remembered(cookies: Cookies<'_>) -> Option<Language> {
    Language::by_code(cookies.jar()?.get_pending(&name(cookies.site))?.value())
}

fn remember(language: Language, cookies: Cookies<'_>) {
    // Asked again in the same request, it is set already.
    let Some(jar) = cookies.jar().filter(|_| remembered(cookies) != Some(language)) else { return };
    let cookie = Cookie::build((name(cookies.site), language.code())).path("/").http_only(true);
    let cookie = cookie.same_site(SameSite::Lax).secure(cookies.site.is_https());
    jar.add(cookie.max_age(Duration::days(DAYS)));
}

/// The language that the browser would like best.
fn accepted(request: &Request<'_>) -> Option<Language> {
    best(request.headers().get("accept-language"))
}

/// The known language that fits these values of `Accept-Language` best.
fn best<'h>(values: impl Iterator<Item = &'h str>) -> Option<Language> {
    let entries = quality::entries(values).take(MOST);
    let wanted = |(tag, weight): &(&str, f32)| tag.len() <= LONGEST && *weight > 0.0;
    let mut entries: Vec<(&str, f32)> = entries.filter(wanted).collect();
    // Stable: of two with the same weight, the first.
    entries.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let tags: Vec<&str> = entries.iter().map(|(tag, _)| *tag).collect();
    let wanted = accepted_languages::parse(&tags.join(","));
    let found = negotiate_languages(&wanted, AVAILABLE.as_slice(), None, NegotiationStrategy::Filtering);
    // Written "pt-BR", but our codes are in lower case, as the names of the files are.
    found.first().and_then(|found| Language::by_code(&found.to_string().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(header: &str) -> Option<&'static str> {
        best([header].into_iter()).map(Language::code)
    }

    #[test]
    fn the_language_with_the_highest_weight_that_exists_wins() {
        for (header, wanted) in [
            ("de", Some("de")),
            ("de-AT, en;q=0.9", Some("de")),
            ("nl, fr;q=0.4, es;q=0.8", Some("es")),
            ("EN-gb;q=0.7,fr-CH;q=0.7", Some("en")),
            ("de;q=0, fr", Some("fr")),
            ("de; q=0.1, es ; Q=0.2", Some("es")),
            ("tlh", None),
            ("*", None),
            ("", None),
            (",;q=1,de;q=x,", None),
        ] {
            assert_eq!(code(header), wanted, "{header}");
        }
    }

    #[test]
    fn an_endless_header_is_read_only_at_its_beginning() {
        assert_eq!(code(&format!("{}de", "tlh,".repeat(MOST))), None);
        assert_eq!(code(&format!("de{}, fr", "-x".repeat(LONGEST))), Some("fr"));
    }
}
