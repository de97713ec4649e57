//! Log in.

use rocket::http::Status;

use crate::support::{PASSWORD, TestSite, encoded};

const F3: &str = "Please check your login details and try again.";

#[test]
fn a_new_user_logs_in_and_sees_the_profile() {
    let site = TestSite::new();
    let mut ada = site.visitor();
    let signed_up = ada.sign_up("Ada@Example.org", "Ada", PASSWORD);
    assert_eq!((signed_up.status, signed_up.location()), (Status::SeeOther, "/login"));
    let login = ada.get("/login");
    assert!(login.says("Your account is ready. Please log in."));
    assert!(login.says("value=\"Ada@Example.org\""), "the address is shown as it was typed");
    assert!(!ada.is_logged_in(), "signing up does not log in");
    let logged_in = ada.log_in("ada@example.org", PASSWORD);
    assert_eq!((logged_in.status, logged_in.location()), (Status::SeeOther, "/profile"));
    assert!(ada.get("/profile").says("Welcome, Ada!"));
}

#[test]
fn the_form_asks_for_address_and_password_and_whether_to_remember() {
    let site = TestSite::new();
    let page = site.visitor().get("/login");
    let inputs = page.pieces("<input", ">");
    assert_eq!(
        inputs.len(),
        4 + 3,
        "with those for a passkey; there is no hidden `next` without a destination"
    );
    for (input, parts) in inputs.into_iter().zip([
        vec!["name=\"form\"", "type=\"hidden\"", "autocomplete=\"off\""],
        vec![
            "name=\"email\"",
            "type=\"email\"",
            "placeholder=\"Your Email\"",
            "\"username webauthn\"",
            "autofocus",
            "required",
        ],
        vec![
            "name=\"password\"",
            "type=\"password\"",
            "\"Your Password\"",
            "\"current-password\"",
            "required",
        ],
        vec!["type=\"checkbox\" name=\"remember\""],
    ]) {
        assert!(parts.iter().all(|part| input.contains(part)), "{input} lacks one of {parts:?}");
        assert!(!input.contains("checked"));
    }
    assert!(page.body.contains("<label for=\"email\">") && page.body.contains("<label for=\"password\">"));
    assert!(page.says("Remember me</label>") && page.says(">Login</button>"));
}

#[test]
fn an_address_is_matched_however_it_is_typed() {
    let site = TestSite::new();
    site.ada();
    site.visitor().sign_up("ada@bücher.example", "Ada B.", PASSWORD);
    for typed in [
        "ADA@EXAMPLE.ORG",
        " ada@example.org ",
        "Ada@Example.Org\t",
        "ada@bücher.example",
        "ADA@XN--BCHER-KVA.example",
    ] {
        assert_eq!(site.visitor().log_in(typed, PASSWORD).location(), "/profile", "{typed}");
    }
    for typed in ["ada@example.com", "ada+x@example.org", "аda@example.org", "ada@example.org.", "ada"] {
        assert_eq!(site.visitor().log_in(typed, PASSWORD).location(), "/login", "{typed}");
    }
}

#[test]
fn a_failed_login_shows_one_notice_once_and_keeps_only_the_address() {
    let site = TestSite::new();
    site.ada();
    let mut visitor = site.visitor();
    let refused = visitor.log_in(" Ada@example.org\"><b>", "wrong horse battery");
    assert_eq!((refused.status, refused.location()), (Status::SeeOther, "/login"));
    let page = visitor.get("/login");
    assert_eq!(page.notices(), [F3]);
    assert!(page.says("value=\"Ada@example.org\"><b>\""));
    assert!(!page.body.contains("<b>") && !page.says("wrong horse battery"));
    let again = visitor.get("/login");
    assert!(again.notices().is_empty(), "once");
    assert!(again.says("value=\"Ada@example.org\"><b>\""), "it is kept for the pages that ask for it too");
    assert!(!visitor.is_logged_in());
    assert_eq!(site.number("select count(*) from sessions"), 1, "Ada's own");
}

#[test]
fn an_empty_field_shows_an_error_at_the_field_and_is_not_counted() {
    let site = TestSite::new();
    for (email, password, wrong) in [
        ("", "", vec!["email", "password"]),
        (" ", PASSWORD, vec!["email"]),
        ("ada@example.org", "", vec!["password"]),
    ] {
        let page = site.visitor().log_in(email, password);
        assert_eq!(page.status, Status::UnprocessableEntity);
        for field in ["email", "password"] {
            let said = page.body.contains(&format!("id=\"{field}-error\">Enter your "));
            assert_eq!(said, wrong.contains(&field), "{email:?} {password:?}: {field}");
        }
        assert!(page.says(&format!("value=\"{}\"", email.trim())) || email == " ");
        assert!(!page.says(PASSWORD));
    }
}

#[test]
fn an_incomplete_form_logs_no_one_in() {
    let site = TestSite::new();
    site.ada();
    let whole = encoded(&[("email", "ada@example.org"), ("password", PASSWORD)]);
    let mut broken = vec![
        String::new(),
        "email=ada%40example.org".to_owned(),
        whole.replace("email=", "email[]="),
        whole.replace("email=", "email.x="),
        whole.replace("password=", "password[0]="),
        whole.replace("ada%40", "ada%00%40"),
        whole.replace("ada%40", "%ff%40"),
        "%".to_owned(),
    ];
    let more =
        ["email=ada%40example.org", "password=x", "remember=1&remember=1", "user_id=1", "next=%2F&next=%2F"];
    broken.extend(more.map(|field| format!("{whole}&{field}")));
    for body in broken {
        let mut visitor = site.visitor();
        assert_eq!(visitor.post("/login", &body).status, Status::UnprocessableEntity, "{body}");
        assert!(visitor.cookie("session").is_none(), "{body}");
    }
    for kind in [Some("application/json"), Some("multipart/form-data; boundary=x"), Some("text/plain"), None]
    {
        let answer = site.visitor().request("POST", "/login", kind, &whole);
        assert_eq!(answer.status, Status::UnsupportedMediaType, "{kind:?}");
    }
    assert_eq!(site.number("select count(*) from sessions"), 1);
}

#[test]
fn a_failing_database_is_never_reported_as_a_wrong_password() {
    let fails: [fn(&TestSite); 3] = [
        TestSite::silence_database,
        |site| _ = site.change("drop table passwords"),
        |site| _ = site.change("alter table sessions rename to gone"),
    ];
    for fail in fails {
        let site = TestSite::new();
        let mut ada = site.ada();
        fail(&site);
        let mut visitor = site.visitor();
        let answer = visitor.log_in("ada@example.org", PASSWORD);
        assert_eq!((answer.status, answer.header("retry-after")), (Status::ServiceUnavailable, "5"));
        assert!(visitor.jar.is_empty(), "neither a session nor a notice: {:?}", visitor.jar);
        assert!(!answer.says(F3) && !answer.says("sqlx") && !answer.says("sessions"), "{}", answer.body);
        let profile = ada.get("/profile");
        let known = [Status::ServiceUnavailable, Status::Ok];
        assert!(known.contains(&profile.status), "a user is never treated as a stranger: {}", profile.status);
        assert!(ada.cookie("session").is_some());
    }
}
