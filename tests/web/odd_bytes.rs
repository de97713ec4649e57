//! Names and addresses of odd bytes: whatever is typed, the answer is a page, and an account that was created
//! can be used.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rocket::http::Status;

use crate::support::{PASSWORD, Setup, TestSite};

const FORM: &str = "application/x-www-form-urlencoded";

/// Bytes that have broken text functions of databases, mail programs and pages: an end of a string, the byte
/// order mark, half a surrogate pair, a byte that UTF-8 never has, an overlong letter, characters that join,
/// turn around or vanish, and the last character of all.
const ODD: [&[u8]; 24] = [
    b"\0",
    b"\n",
    b"\x7f",
    b"\xc2\x85",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xff",
    b"\xc0\x80",
    b"\xe2\x80\x8d",
    b"\xe2\x80\xae",
    b"\xe2\x81\xa6",
    b"\xcc\x81",
    b"\xe0\xb8\xb3",
    b"\xef\xb7\xba",
    b"\xf4\x8f\xbf\xbf",
    b"\xf0\x9f\x91\xa9",
    b"\xf0\x9f\x87\xa9",
    b"\xc4\xb0",
    b"\xef\xac\x83",
    b"'",
    b"\\",
    b"{{",
    b"<",
    b"%",
];

/// Up to 255 bytes: odd ones, any ones, or letters with a few odd ones in between.
fn odd() -> impl Strategy<Value = Vec<u8>> {
    let sign = prop::sample::select(ODD.to_vec()).prop_map(<[u8]>::to_vec);
    let letters = "[a-zA-Z é]{1,9}".prop_map(String::into_bytes);
    prop_oneof![
        2 => prop::collection::vec(any::<u8>(), 0..=255),
        1 => prop::collection::vec(sign.clone(), 1..=255).prop_map(|signs| signs.concat()),
        3 => ("[a-zA-Z]{1,5}", sign.clone(), "[a-zA-Z]{0,5}").prop_map(|(before, sign, after)| {
            [before.as_bytes(), &sign, after.as_bytes()].concat()
        }),
        1 => (sign.clone(), 1..=255_usize).prop_map(|(sign, times)| sign.repeat(times)),
        3 => prop::collection::vec(prop_oneof![3 => letters, 1 => sign], 1..30).prop_map(|parts| parts.concat()),
    ]
    .prop_map(|mut bytes| {
        bytes.truncate(255);
        bytes
    })
}

/// An address with odd bytes before the @, after it, or everywhere.
fn odd_address() -> impl Strategy<Value = Vec<u8>> {
    (odd(), 0..4).prop_map(|(odd, place)| match place {
        0 => odd,
        1 => [&odd[..], b"@example.org"].concat(),
        2 => [b"eve@", &odd[..], b".example"].concat(),
        _ => b"eve@example.org".to_vec(),
    })
}

fn percent(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("%{byte:02X}")).collect()
}

fn site() -> TestSite {
    Setup::new().patient().mail().build()
}

fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(strategy, test).unwrap();
}

#[test]
fn any_name_of_a_stranger_is_answered_with_a_page() {
    let (site, password) = (site(), percent(PASSWORD.as_bytes()));
    site.ada_by_mail();
    run(150, &(odd_address(), odd()), |(address, name)| {
        let (address, name) = (percent(&address), percent(&name));
        let forms = [
            ("/signup", format!("email={address}&name={name}&password={password}")),
            ("/login", format!("email={address}&password={name}")),
            ("/forgot", format!("email={address}")),
            ("/confirm/new", format!("email={address}")),
        ];
        for (path, body) in forms {
            let answer = site.visitor().request("POST", path, Some(FORM), &body);
            let fine = [Status::SeeOther, Status::UnprocessableEntity];
            prop_assert!(fine.contains(&answer.status), "{}: {} to {}", path, answer.status, body);
        }
        Ok(())
    });
}

#[test]
fn the_pages_of_an_account_open_with_any_name() {
    let site = site();
    let ada = site.ada_by_mail();
    let called = |name: &[u8], address: &[u8]| {
        let mut ada = ada.clone();
        let (name, address) = (percent(name), percent(address));
        site.change("delete from rate_limits"); // a name may be changed only a few times an hour
        for (path, body) in
            [("/settings/account", format!("name={name}")), ("/settings/email", format!("email={address}"))]
        {
            let answer = ada.request("POST", path, Some(FORM), &body);
            let fine = [Status::SeeOther, Status::UnprocessableEntity, Status::TooManyRequests];
            prop_assert!(fine.contains(&answer.status), "{}: {} to {}", path, answer.status, body);
        }
        for path in ["/profile", "/settings/account", "/settings/activity"] {
            let answer = ada.get(path);
            prop_assert_eq!(answer.status, Status::Ok, "{} of {}", path, name);
        }
        Ok(())
    };
    // One odd character between letters; nothing else is wrong with it.
    for sign in ODD {
        called(&[b"A", sign, b"a"].concat(), &[b"a", sign, b"a@example.org"].concat()).unwrap();
    }
    run(100, &(odd(), odd_address()), |(name, address)| called(&name, &address));
}
