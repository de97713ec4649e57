//! Where a visitor can be led: to the login host, and to the app's own origin, and nowhere else, whatever stands in the
//! address.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::person::Person;
use crate::stage::{Behind, Stage};

/// Addresses that have led people to other sites, here or in other programs. `OWN` is the app's origin, `HOST` its host with
/// the port.
const HOSTILE: [&str; 46] = [
    "",
    "/",
    "/page",
    "//evil.test/",
    "///evil.test/",
    "/\\evil.test/",
    "\\\\evil.test/",
    "https://evil.test/",
    "HTTPS://evil.test/",
    "http:evil.test/",
    "http:/evil.test/",
    "http:///evil.test/",
    "http:\\\\evil.test/",
    "javascript:alert(1)",
    "javascript://HOST/%0aalert(1)",
    "data:text/html,x",
    "vbscript:x",
    "blob:OWN/x",
    "about:blank",
    "OWN",
    "OWN?x",
    "OWN#x",
    "OWN.evil.test/",
    "OWN@evil.test/",
    "OWN:1@evil.test/",
    "OWN\\@evil.test/",
    "OWN\\evil.test/",
    "OWN%2eevil.test/",
    "OWN%00.evil.test/",
    "OWN1/",
    "OWN\t/",
    " OWN/",
    "\u{1}OWN/",
    "http://HOST@evil.test/",
    "http://evil.test@HOST/",
    "http://ada:x@HOST/",
    "https://HOST/",
    "ftp://HOST/",
    "HTTP://HOST/",
    "//HOST/",
    "http://evil.test#HOST/",
    "http://evil.test?HOST/",
    "http://evil.test/OWN/",
    "http://evil.test\\HOST/",
    "http://evil。test/",
    "http://[::1]/",
];

/// Pages of the app that look like other sites.
const PAGES: [&str; 18] = [
    "//evil.test/",
    "///evil.test/",
    "/\\evil.test/",
    "/%5cevil.test/",
    "/%2f%2fevil.test/",
    "/%0d%0aLocation:%20http://evil.test/",
    "/%09/evil.test/",
    "/@evil.test/",
    "/.evil.test/",
    "/:80/",
    "/..//evil.test/",
    "/.//evil.test/",
    "/http://evil.test/",
    "/?to=http://evil.test/",
    "/page?next=//evil.test/&x=<script>",
    "/;@evil.test/",
    "/\"><script>alert(1)</script>",
    "/page;url=http://evil.test/",
];

fn carried(address: &str) -> String {
    URL_SAFE_NO_PAD.encode(address)
}

fn filled(hostile: &str, behind: &Behind) -> String {
    hostile.replace("OWN", &behind.origin).replace("HOST", behind.origin.trim_start_matches("http://"))
}

pub fn the_login_host_leads_to_no_other_address(stage: &Stage, behind: &Behind) {
    let mut ada = Person::logged_in(&stage.site, &behind.ada());
    let first = ada.opens(&format!("{}/page", behind.origin));
    let (gate, _) = first.header("location").rsplit_once('.').unwrap();
    let gate = gate.to_owned();
    let page = carried(&format!("{}/page", behind.origin));
    assert_eq!(ada.opens(&format!("{gate}.{page}")).status(), 303, "as it was sent");
    for hostile in HOSTILE.map(|hostile| filled(hostile, behind)) {
        let carried = carried(&hostile);
        for address in [
            format!("{gate}.{carried}"),
            format!("{gate}.{carried}&to=x.{page}"),
            format!("{}/gate/trouble?to={carried}", stage.site.login),
        ] {
            let answer = ada.opens(&address);
            assert!(matches!(answer.status(), 400..=499), "{hostile:?} at {address}: {answer:?}");
            let leads = answer.leads_to().is_some() || answer.text().contains("evil.test");
            assert!(!leads, "{hostile:?} at {address}: {answer:?}");
        }
    }
}

pub fn the_entrance_leads_to_its_own_origin_alone(stage: &Stage, behind: &Behind) {
    let mut ada = Person::logged_in(&stage.site, &behind.ada());
    let entrance = ada.ticket(&format!("{}/page", behind.origin));
    let (begins, _) = entrance.split_once("&to=").unwrap();
    for hostile in HOSTILE.map(|hostile| filled(hostile, behind)) {
        for spent in [begins, &format!("{}/.vestibule/in?ticket=x", behind.origin)] {
            // With the ticket, once; without a cookie of the visit, to the page that says so.
            let answer = ada.opens(&format!("{spent}&to={}", carried(&hostile)));
            let leads = answer.leads_to().unwrap_or_default();
            let trouble = format!("{}/gate/trouble?", stage.site.login);
            let own = leads == format!("{}/", behind.origin) || leads.starts_with(&trouble);
            assert!(own, "{hostile:?}: {answer:?}");
        }
    }
    behind.app.saw_nothing("what is the gate's own");
}

pub fn every_page_of_the_app_leads_back_to_itself(stage: &Stage, behind: &Behind) {
    for page in PAGES {
        let mut ada = Person::logged_in(&stage.site, &behind.ada());
        let answer = ada.opens(&format!("{}{page}", behind.origin));
        if answer.leads_to().is_none() {
            assert!(matches!(answer.status(), 0 | 400..=499), "{page}: {answer:?}");
            behind.app.saw_nothing(page);
            continue;
        }
        let way = ada.walks(&format!("{}{page}", behind.origin));
        let (own, login) = (format!("{}/", behind.origin), format!("{}/gate", stage.site.login));
        let is_ours = |step: &String| step.starts_with(&own) || step.starts_with(&login);
        assert!(way.steps.iter().all(is_ours), "{page}: {way:?}");
        assert!(matches!(way.end.status(), 200 | 400..=499), "{page}: {way:?}");
        behind.app.taken();
    }
}
