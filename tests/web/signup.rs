//! Sign up.

use rocket::http::Status;

use crate::support::{Answer, PASSWORD, Setup, TestSite, encoded};

const READY: &str = "Your account is ready. Please log in.";
const TAKEN: &str = "Email address already exists. Log in instead.";

fn rows(site: &TestSite) -> (i64, i64) {
    (site.number("select count(*) from accounts"), site.number("select count(*) from passwords"))
}

/// The field that the page focuses.
fn focus(page: &Answer) -> String {
    let fields = page.pieces("<input", ">");
    let chosen: Vec<_> = fields.into_iter().filter(|field| field.contains(" autofocus")).collect();
    assert_eq!(chosen.len(), 1, "{chosen:?}");
    chosen[0].split("name=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn the_form_has_three_labelled_fields_and_shows_the_rule_before_it_is_broken() {
    let site = TestSite::new();
    let page = site.visitor().get("/signup");
    let fields = [
        ("email", "email", "Email", "username"),
        ("name", "text", "Name", "name"),
        ("password", "password", "Password", "new-password"),
    ];
    let mut inputs = page.pieces("<input", ">");
    inputs.retain(|input| !input.contains("type=\"hidden\""));
    assert_eq!(inputs.len(), fields.len());
    for ((name, kind, placeholder, autocomplete), input) in fields.into_iter().zip(inputs) {
        for part in [
            format!("id=\"{name}\" name=\"{name}\" type=\"{kind}\""),
            format!("placeholder=\"{placeholder}\""),
            format!("autocomplete=\"{autocomplete}\""),
            " required".to_owned(),
        ] {
            assert!(input.contains(&part), "{input} lacks {part}");
        }
        assert!(page.body.contains(&format!("<label for=\"{name}\">")));
    }
    assert_eq!(focus(&page), "email");
    assert!(page.says(
        "At least 10 characters, and hard to guess. Three or four unrelated words work well, such as “teapot gravel violin”."
    ));
    assert!(page.says("<button type=\"submit\" class=\"primary\">Sign Up</button>"));
}

#[test]
fn a_new_address_makes_an_account_and_leads_to_the_login_with_the_address_filled_in() {
    let site = TestSite::new();
    let mut ada = site.visitor();
    let made = ada.sign_up("ada@example.org", " Ada  Lovelace ", PASSWORD);
    assert_eq!((made.status, made.location()), (Status::SeeOther, "/login"));
    assert_eq!(rows(&site), (1, 1));
    assert_eq!(site.text("select name from accounts"), "Ada  Lovelace", "inner spaces are kept");
    assert_eq!(site.number("select created_at from accounts"), site.clock.now().unix());
    let login = ada.get("/login");
    assert_eq!(login.notices(), [READY]);
    assert!(login.says("value=\"ada@example.org\""));
    assert_eq!(focus(&login), "password");
    assert!(ada.cookie("session").is_none() && !ada.is_logged_in(), "it logs no one in");
}

#[test]
fn a_taken_address_makes_no_account_and_leads_back_with_what_was_typed() {
    let site = TestSite::new();
    site.ada();
    let duplicates = ["ada@example.org", "  ADA@Example.ORG\t", "Ada@eXample.org", "ada@ｅｘａｍｐｌｅ.org"];
    for email in duplicates {
        let mut bob = site.visitor();
        let refused = bob.sign_up(email, "Bob", "another fine password");
        assert_eq!((refused.status, refused.location()), (Status::SeeOther, "/signup"), "{email}");
        let page = bob.get("/signup");
        assert_eq!(page.notices(), [TAKEN]);
        assert!(page.says("<a href=\"/login\">Log in instead.</a>"));
        assert!(page.says(&format!("value=\"{}\"", email.trim())) && page.says("value=\"Bob\""), "{email}");
        assert!(!page.says("another fine password"));
        assert!(!bob.get("/signup").says("value=\"Bob\""), "shown once");
    }
    assert_eq!(rows(&site), (1, 1));
    assert_eq!(site.text("select name from accounts"), "Ada");
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/profile");
    assert_eq!(site.visitor().log_in("ada@example.org", "another fine password").location(), "/login");
}

#[test]
fn an_international_domain_is_one_address_in_both_spellings() {
    let site = TestSite::new();
    let mut first = site.visitor();
    assert_eq!(first.sign_up("ada@bücher.example", "Ada", PASSWORD).location(), "/login");
    for email in ["ada@xn--bcher-kva.example", "ada@BÜCHER.example", "Ada@bu\u{308}cher.example"] {
        assert_eq!(site.visitor().sign_up(email, "Bob", PASSWORD).location(), "/signup", "{email}");
    }
    assert_eq!(rows(&site), (1, 1));
}

#[test]
fn a_look_alike_is_another_account() {
    let site = TestSite::new();
    for (count, email) in (1..).zip(["mike@x.test", "mıke@x.test", "m\u{456}ke@x.test", "mike+1@x.test"]) {
        assert_eq!(site.visitor().sign_up(email, "Mike", PASSWORD).location(), "/login", "{email}");
        assert_eq!(rows(&site), (count, count));
    }
}

#[test]
fn fifty_sign_ups_at_once_with_one_address_make_one_account() {
    let site = Setup::new().patient().build();
    let fields = [("email", "ada@example.org"), ("name", "Ada"), ("password", PASSWORD)];
    let answers = site.at_once(50, "/signup", &fields);
    assert!(answers.iter().all(|(status, _)| *status == Status::SeeOther), "{answers:?}");
    let made = answers.iter().filter(|(_, location)| location == "/login").count();
    let taken = answers.iter().filter(|(_, location)| location == "/signup").count();
    assert_eq!((made, taken), (1, 49));
    assert_eq!(rows(&site), (1, 1));
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/profile");
}

#[test]
fn invalid_input_shows_an_error_at_its_field_and_makes_no_account() {
    let site = TestSite::new();
    let long_local = format!("{}@x.test", "a".repeat(65));
    let long = format!("a@{}.test", "b.".repeat(130));
    let long_name = "é".repeat(101);
    let fine = ("ada@example.org", "Ada", PASSWORD);
    let mut cases = vec![
        (("", fine.1, fine.2), "email", "Enter your email address."),
        ((fine.0, " ", fine.2), "name", "Enter your name."),
        ((fine.0, &long_name, fine.2), "name", "Use at most 100 characters."),
        ((fine.0, fine.1, ""), "password", "Enter a password."),
        ((fine.0, fine.1, "9 chars x"), "password", "Use at least 10 characters."),
        ((fine.0, fine.1, "ada@example.org"), "password", "This password is easy to guess."),
        (("", "", ""), "email", "Enter your email address."),
    ];
    let odd =
        ["ada", "@x.test", "ada@", "a@b@c.test", "a b@x.test", "a\u{a0}b@x.test", "a@x..test", "a@.test"];
    let odd = odd.into_iter().chain(["a\r\nBcc: b@x.test", "a\u{7}@x.test", &*long_local, &*long]);
    cases.extend(odd.map(|email| ((email, fine.1, fine.2), "email", "Enter an email address such as")));
    for name in ["a\nb", "a\u{1b}[2J", "a\u{202e}b", "a\u{2066}b", "a\u{2069}b"] {
        cases.push(((fine.0, name, fine.2), "name", "Please remove the invisible characters."));
    }
    for ((email, name, password), field, sentence) in cases {
        let page = site.visitor().sign_up(email, name, password);
        assert_eq!(page.status, Status::UnprocessableEntity, "{email:?} {name:?} {password:?}");
        let said = page.pieces(&format!("id=\"{field}-error\">"), "</p>").concat();
        assert!(said.contains(sentence), "{email:?} {name:?}: {said}");
        assert_eq!(focus(&page), field);
        assert!(password.is_empty() || password.contains('@') || !page.says(password), "never the password");
        assert!(name != "Ada" || page.says("value=\"Ada\""), "what was typed is still there");
        assert!(email != fine.0 || page.says("value=\"ada@example.org\""));
        assert_eq!(page.set_cookie("typed"), "");
    }
    assert_eq!(rows(&site), (0, 0));
}

#[test]
fn an_incomplete_form_is_shown_again_and_makes_no_account() {
    let site = TestSite::new();
    let whole = encoded(&[("email", "ada@example.org"), ("name", "Ada"), ("password", PASSWORD)]);
    let mut broken = vec![
        String::new(),
        "email=ada%40example.org&name=Ada".to_owned(),
        whole.replace("email=", "email[]="),
        whole.replace("email=", "email.x="),
        whole.replace("Ada", "%ff"),
        whole.replace("Ada", "A%00da"),
    ];
    let more = ["email=b%40x.test", "password=another+fine+one", "is_admin=1", "id=1", "next=%2F&next=%2F"];
    broken.extend(more.map(|field| format!("{whole}&{field}")));
    for body in broken {
        let page = site.visitor().post("/signup", &body);
        assert_eq!(page.status, Status::UnprocessableEntity, "{body}");
        assert!(page.says("<h1>Sign Up</h1>") && !page.says(PASSWORD), "{body}");
    }
    assert_eq!(rows(&site), (0, 0));
    assert_eq!(site.visitor().post("/signup", &whole).location(), "/login", "only then");
}

#[test]
fn terms_of_use_are_accepted_before_an_account_is_made() {
    let terms = "https://example.org/terms";
    let site = Setup::new().with("terms_url", terms).with("terms_version", "2026-11").build();
    let mut ada = site.visitor();
    assert!(ada.get("/signup").says(&format!("href=\"{terms}\"")));
    let fields =
        [("email", "ada@example.org"), ("name", "Ada"), ("password", PASSWORD), ("terms", "2026-11")];
    let page = ada.submit("/signup", &fields[..3]);
    assert_eq!((page.status, rows(&site)), (Status::UnprocessableEntity, (0, 0)));
    assert!(page.says("id=\"terms-error\">Please accept the terms of use to sign up.</p>"));
    assert_eq!(focus(&page), "terms");
    // Nothing, what no page asks for, and the version of a page from before: none of them accepts this one.
    for ticked in ["", "yes", "2025-01", " 2026-11"] {
        let page = ada.submit("/signup", &[&fields[..3], &[("terms", ticked)]].concat());
        assert_eq!((page.status, rows(&site)), (Status::UnprocessableEntity, (0, 0)), "{ticked:?}");
        assert!(page.says("id=\"terms-error\">") && !page.says(" checked"), "{ticked:?}");
    }
    let page = ada.submit("/signup", &[fields[0], ("name", ""), fields[2], fields[3]]);
    assert!(page.says("value=\"2026-11\" checked") && !page.says("terms-error"), "{}", page.body);
    assert_eq!(ada.submit("/signup", &fields).location(), "/login");
    assert_eq!(site.text("select terms_version from accounts"), "2026-11");
    assert_eq!(site.number("select terms_accepted_at from accounts"), site.clock.now().unix());
    // A site without terms asks for none, and keeps none.
    let site = TestSite::new();
    assert!(!site.visitor().get("/signup").says("name=\"terms\""));
    assert_eq!(site.visitor().submit("/signup", &fields).location(), "/login");
    assert_eq!(site.number("select count(*) from accounts where terms_version is null"), 1);
}

#[test]
fn an_account_keeps_the_language_that_the_browser_asked_for() {
    let site = TestSite::new();
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    assert_eq!(site.number("select count(*) from accounts where language is null"), 1);
    let mut ada = site.visitor().sending("Accept-Language", "de-AT, en;q=0.5");
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    assert_eq!(site.text("select language from accounts where name = 'Ada'"), "de");
}

#[test]
fn a_name_is_shown_exactly_as_typed_and_runs_no_script() {
    let names = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\" autofocus onfocus=\"alert(1)",
        "' onmouseover='alert(1)",
        "</title><b>bold",
        "{{12345*7}}",
        "{% include \"base.html\" %}",
        "${12345*7}",
        "Robert'); DROP TABLE accounts;--",
        "שלום עולם",
        "👩‍🚀 Ada",
        "a & b &amp; c",
        "=1+1",
        "O’Brien-Núñez",
    ];
    let site = Setup::new().patient().build();
    for (number, name) in names.into_iter().enumerate() {
        let mut visitor = site.visitor();
        let email = format!("visitor{number}@example.org");
        let refused = visitor.sign_up(&email, name, "short");
        assert_eq!(visitor.sign_up(&email, name, PASSWORD).location(), "/login", "{name}");
        assert_eq!(visitor.log_in(&email, PASSWORD).location(), "/profile");
        let profile = visitor.get("/profile");
        // Isolated if it is written from right to left.
        let greetings = [format!("Welcome, {name}!"), format!("Welcome, <bdi>{name}</bdi>!")];
        assert!(refused.says(&format!("value=\"{name}\"")), "{name}");
        assert!(greetings.iter().any(|greeting| profile.says(greeting)), "{name}");
        for page in [&refused, &profile] {
            for markup in
                ["<script>alert", "<img src=x", "\" autofocus onfocus", "' onmouse", "</title><b>", "86415"]
            {
                assert!(!page.body.contains(markup), "{name} was treated as more than text");
            }
        }
    }
    assert_eq!(site.number("select count(*) from accounts"), names.len() as i64);
}

#[test]
fn a_user_who_signs_up_again_changes_nothing() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for answer in [ada.get("/signup"), ada.sign_up("bob@example.org", "Bob", PASSWORD)] {
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/profile"));
    }
    assert_eq!(rows(&site), (1, 1));
    assert!(ada.get("/profile").says("Welcome, Ada!"));
}

#[test]
fn a_database_that_fails_halfway_leaves_no_account() {
    let site = TestSite::new();
    site.change("drop table passwords");
    let mut ada = site.visitor();
    let answer = ada.sign_up("ada@example.org", "Ada", PASSWORD);
    assert_eq!((answer.status, answer.header("retry-after")), (Status::ServiceUnavailable, "5"));
    assert_eq!(site.number("select count(*) from accounts"), 0);
    assert_eq!(ada.get("/login").notices(), Vec::<String>::new());
}
