//! A form sent twice: at once, as by a double click, or once more by somebody who waits for a page that does not come. What it
//! asks for is done once, and both are answered alike.

use rocket::http::Status;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor, at_once_on};

/// Ada on a site where she may try often.
fn site() -> TestSite {
    Setup::new().patient().mail().build()
}

/// A form of a page: where it stands, where it goes, what is typed.
struct Form {
    page: &'static str,
    path: &'static str,
    fields: Vec<(&'static str, String)>,
    /// Where both are led, and what the page there says.
    location: &'static str,
    notice: &'static str,
    /// The event that is written down once; none where the account is gone.
    event: Option<&'static str>,
}

/// Each form, and who sends it.
fn forms() -> Vec<(Form, fn(&TestSite) -> Visitor<'_>)> {
    let of = |page, path, fields: &[(&'static str, &str)], location, notice, event| {
        let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Form { page, path, fields, location, notice, event: Some(event) }
    };
    let account = "/settings/account";
    vec![(
        of(account, account, &[("name", "Ada the first")], account, "Your name was changed.", "name_changed"),
        |site| site.ada_by_mail(),
    )]
}

impl Form {
    fn with<'f>(&'f self, value: &'f str) -> Vec<(&'f str, &'f str)> {
        let typed = self.fields.iter().map(|(name, text)| (*name, &**text));
        [("form", value)].into_iter().chain(typed).collect()
    }
}

fn counts(site: &TestSite, event: Option<&str>) -> (i64, usize, i64) {
    let event = event.unwrap_or("none");
    let sql = format!("select count(*) from audit where event = '{event}'");
    (site.number(sql.leak()), site.mails().len(), site.number("select count(*) from sessions"))
}

/// What came of it must be the same as when the form was sent once.
fn once(site: &TestSite, form: &Form, visitor: &Visitor<'_>) -> (i64, usize, i64) {
    let counted = counts(site, form.event);
    assert_eq!(site.number("select count(*) from submissions"), 1, "{}", form.path);
    let _ = visitor;
    counted
}

fn jar<'j>(visitor: &'j Visitor<'_>) -> Vec<(&'j str, &'j str)> {
    visitor.jar.iter().map(|(name, value)| (&**name, &**value)).collect()
}

#[test]
fn one_after_the_other_with_the_same_cookies() {
    for (form, who) in forms() {
        let site = site();
        let mut ada = who(&site);
        let value = ada.get(form.page).form_value();
        let mut again = ada.clone();
        let first = ada.submit(form.path, &form.with(&value));
        let after_one = once(&site, &form, &ada);
        let second = again.submit(form.path, &form.with(&value));
        assert_eq!(once(&site, &form, &ada), after_one, "{}", form.path);
        for answer in [&first, &second] {
            assert_eq!(
                (answer.status, answer.location()),
                (Status::SeeOther, form.location),
                "{}",
                form.path
            );
        }
        let given: Vec<_> =
            second.all("set-cookie").into_iter().filter(|line| !line.starts_with("_flash=")).collect();
        assert!(given.is_empty(), "{}: the second is given {given:?}", form.path);
        assert_eq!(first.set_cookie("_flash"), second.set_cookie("_flash"), "{}", form.path);
        assert_eq!(ada.get(form.location).notices().concat(), form.notice, "{}", form.path);
        assert_eq!(again.get(form.location).notices().concat(), form.notice, "{}", form.path);
    }
}

#[test]
fn both_at_once() {
    for (form, who) in forms() {
        let site = site();
        let mut ada = who(&site);
        let before = counts(&site, form.event);
        let value = ada.get(form.page).form_value();
        let answers = site.at_once_with(4, form.path, &form.with(&value), &jar(&ada));
        for (status, location) in answers {
            assert_eq!((status, &*location), (Status::SeeOther, form.location), "{}", form.path);
        }
        assert_eq!(once(&site, &form, &ada).0, before.0 + i64::from(form.event.is_some()), "{}", form.path);
    }
}

#[test]
fn both_at_once_at_two_instances() {
    for (form, who) in forms() {
        let site = site();
        let mut ada = who(&site);
        let before = counts(&site, form.event);
        let value = ada.get(form.page).form_value();
        let other = site.another();
        let answers = at_once_on(&[&site, &other, &site, &other], form.path, &form.with(&value), &jar(&ada));
        for (status, location) in answers {
            assert_eq!((status, &*location), (Status::SeeOther, form.location), "{}", form.path);
        }
        assert_eq!(once(&site, &form, &ada).0, before.0 + i64::from(form.event.is_some()), "{}", form.path);
    }
}

#[test]
fn a_copy_of_the_form_without_cookies_is_given_none() {
    for (form, who) in forms() {
        let site = site();
        let mut ada = who(&site);
        let value = ada.get(form.page).form_value();
        ada.submit(form.path, &form.with(&value));
        let mut thief = site.visitor();
        let answer: Answer = thief.submit(form.path, &form.with(&value));
        assert_eq!(answer.location(), form.location, "{}", form.path);
        assert!(thief.jar.iter().all(|(name, _)| name == "_flash"), "{}: {:?}", form.path, thief.jar);
        assert!(!thief.is_logged_in(), "{}", form.path);
    }
    let _ = PASSWORD;
}
