//! What administrators do to an account: felt on the next request, told to its owner, and never done to their own.

use rocket::http::Status;
use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName, Removed};
use vestibule::services::second_factor::{self, Lost};
use vestibule::web::Submission;

use crate::admin_accounts::{BOB, LIST, ROOT, root, site};
use crate::second_factor_switch::add_passkey;
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

/// The page of an account.
pub fn page_of(site: &TestSite, email: &str) -> String {
    format!("{LIST}/{}", site.account(email).id)
}

/// Presses a button on the page of an account, and returns that page as it is afterwards.
pub fn press(root: &mut Visitor<'_>, page: &str, button: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = root.fill_in(page, &format!("{page}/{button}"), fields);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, page), "{button}: {}", answer.body);
    root.get(page)
}

/// The link that a page shows, without the site's own address.
fn handed_over(page: &Answer) -> String {
    let code = page.pieces("<code>http", "</code>")[0].replace("&#x2F;", "/");
    code.strip_prefix("<code>http://localhost:8000").unwrap().to_owned()
}

#[test]
fn what_is_done_to_an_account_is_felt_on_the_next_request() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let page = page_of(&site, ADA);
    assert!(ada.is_logged_in());
    let shown = press(&mut root, &page, "disabling", &[]);
    assert_eq!(shown.notices(), ["The account was disabled. All its sessions ended."]);
    assert!(
        shown.says("The account has been disabled since") && shown.says("Logged in nowhere"),
        "{}",
        shown.body
    );
    assert!(!ada.is_logged_in());
    ada.log_in(ADA, PASSWORD);
    assert!(!ada.is_logged_in(), "no one can log in to it");
    let shown = press(&mut root, &page, "enabling", &[]);
    assert_eq!(shown.notices(), ["The account was enabled again. Its owner can log in."]);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");

    let mut second = site.logged_in(ADA);
    assert!(root.get(&page).says("Logged in on 2 devices"));
    let place = site.text(
        "select sessions.id from sessions join accounts on accounts.id = account_id \
         where email_key = 'ada@example.org' order by sessions.id limit 1",
    );
    let shown = press(&mut root, &page, "devices", &[("place", &place)]);
    assert!(shown.says("Logged in on 1 device"), "{}", shown.body);
    assert_ne!(ada.is_logged_in(), second.is_logged_in());
    let shown = press(&mut root, &page, "logout", &[]);
    assert_eq!(shown.notices(), ["The account was logged out everywhere."]);
    assert!(!ada.is_logged_in() && !second.is_logged_in());

    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    let wrong = root.fill_in(&page, &format!("{page}/deletion"), &[("confirmation", BOB)]);
    assert_eq!(wrong.status, Status::UnprocessableEntity);
    assert!(wrong.says("Enter the email address of this account.") && ada.is_logged_in(), "{}", wrong.body);
    let gone = root.fill_in(&page, &format!("{page}/deletion"), &[("confirmation", "Ada@EXAMPLE.org")]);
    assert_eq!(gone.location(), LIST, "{}", gone.body);
    assert_eq!(root.get(LIST).notices(), ["The account was deleted."]);
    assert_eq!(root.get(&page).status, Status::NotFound);
    assert!(!ada.is_logged_in());
    assert_eq!(site.subjects(ADA).last().unwrap(), "Your account at Vestibule was deleted");

    let (admins, account) = (GroupName::admins(), site.account(ROOT).id);
    let removed = groups::remove(&site.site, &admins, &account, Actor::CommandLine);
    assert_eq!(site.block_on(removed).unwrap(), Removed::Done);
    assert_eq!(root.get(LIST).status, Status::NotFound);
}

#[test]
fn the_owner_reads_what_an_administrator_did_and_not_which_one() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let page = page_of(&site, ADA);
    let shown = press(&mut root, &page, "links", &[]);
    assert_eq!(shown.notices(), ["The link was made. It is shown below, once."]);
    assert!(shown.says("Only Ada should see this.") && shown.says("<svg"), "{}", shown.body);
    let link = handed_over(&shown);
    assert!(link.starts_with("/reset?token="), "{link}");
    let again = root.get(&page);
    assert!(!again.says("/reset?token=") && !again.says("Only Ada should see this."), "it is shown once");
    assert_eq!(site.subjects(ADA).last().unwrap(), "A link was made for your account at Vestibule");
    let mail = site.newest(ADA);
    assert!(mail.text.contains("Done by: an administrator of this site"), "{}", mail.text);
    assert!(!mail.text.contains("token="), "the link is in the hands of the administrator: {}", mail.text);
    press(&mut root, &page, "disabling", &[]);
    press(&mut root, &page, "enabling", &[]);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    let activity = ada.get("/settings/activity");
    for sentence in [
        "An administrator made a link to choose a new password",
        "An administrator disabled the account",
        "An administrator enabled the account again",
        "By an administrator of this site",
    ] {
        assert!(activity.says(sentence), "{sentence}: {}", activity.body);
    }
    let copy = ada.export().to_string();
    for secret in [ROOT, "Root", site.account(ROOT).id.as_str()] {
        assert!(!activity.says(secret) && !copy.contains(secret), "{secret}");
    }
    // On the page of administrators it says who, and in the rows what was before.
    let shown = root.get(&page);
    let who = format!("<a href=\"{}\"><bdi>Root</bdi></a>", page_of(&site, ROOT));
    assert!(shown.says(&who), "{}", shown.body);
    assert_eq!(
        site.text("select detail from audit where event = 'disabled'"),
        r#"{"before":"enabled","after":"disabled"}"#
    );
    assert_eq!(
        site.text("select actor_id from audit where event = 'disabled'"),
        site.account(ROOT).id.as_str()
    );
    // The link is one of the account's: it ended when that was disabled.
    let mut late = site.visitor();
    late.get(&link);
    assert_eq!(late.get("/reset").status, Status::Gone);
}

#[test]
fn a_link_of_an_administrator_lets_its_owner_choose_a_password() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let shown = press(&mut root, &page_of(&site, ADA), "links", &[]);
    let link = handed_over(&shown);
    let mut ada = site.visitor();
    assert_eq!(ada.get(&link).location(), "/reset");
    let chosen = "seven lazy violet teapots";
    assert_eq!(ada.submit("/reset", &[("new_password", chosen)]).status, Status::SeeOther);
    assert_eq!(site.visitor().log_in(ADA, chosen).location(), "/profile");
    assert_ne!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
}

#[test]
fn no_page_of_administrators_has_a_hash_a_token_or_a_secret() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.visitor();
    site.logged_in(ADA);
    assert_eq!(ada.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    site.visitor().submit("/forgot", &[("email", ADA)]);
    site.mails();
    let texts = [
        "select hash from passwords",
        "select token_hash from sessions",
        "select token_hash from remember_tokens",
        "select token_hash from links",
    ];
    let mut secrets: Vec<String> = Vec::new();
    for sql in texts {
        let rows: Vec<String> = site.block_on(sqlx::query_scalar(sql).fetch_all(site.db.reader())).unwrap();
        secrets.extend(rows);
    }
    secrets.extend(ada.jar.iter().map(|(_, value)| value.clone()));
    secrets.push(site.mailed_link(ADA).split('=').nth(1).unwrap().to_owned());
    secrets.retain(|secret| secret.len() > 20);
    assert!(secrets.len() >= 7, "{secrets:?}");
    let page = page_of(&site, ADA);
    let all = [LIST.to_owned(), page.clone(), format!("{LIST}?search=ada"), format!("{LIST}/new")];
    for path in all {
        let answer = root.get(&path);
        assert_eq!(answer.status, Status::Ok, "{path}");
        for secret in &secrets {
            assert!(!answer.text().contains(&**secret), "{path}: {secret}");
        }
    }
}

#[test]
fn a_network_that_has_to_wait_is_named_and_may_try_again_by_a_button() {
    const CLUB: &str = "203.0.113.9";
    let site = Setup::new().with("limit_wrong_passwords", "3").with("limit_logins", "1000").build();
    let mut root = root(&site);
    site.logged_in(ADA);
    let page = page_of(&site, ADA);
    assert!(!root.get(&page).says("came from the network of"));
    site.visitor_from(CLUB).log_in(ADA, "seven lazy violet teapots");
    for number in 0..3 {
        site.visitor_from(CLUB).log_in(&format!("guest{number}@example.org"), "seven lazy violet teapots");
    }
    let mut ada = site.visitor_from(CLUB);
    assert_eq!(ada.log_in(ADA, PASSWORD).status, Status::TooManyRequests);
    let shown = root.get(&page);
    assert!(shown.says(&format!("came from the network of {CLUB}")), "{}", shown.body);
    assert_eq!(
        root.submit(&format!("{page}/network-unlocking"), &[("address", "x")]).status,
        Status::BadRequest
    );
    let elsewhere = press(&mut root, &page, "network-unlocking", &[("address", "203.0.113.200")]);
    assert!(elsewhere.notices().is_empty(), "only a network that keeps this owner waiting");
    assert_eq!(site.number("select count(*) from audit where event = 'network_unlocked'"), 0);
    let shown = press(&mut root, &page, "network-unlocking", &[("address", CLUB)]);
    assert_eq!(shown.notices(), ["The wrong passwords and codes from that network no longer count."]);
    assert!(!shown.says("came from the network of"), "{}", shown.body);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile", "what is in memory is forgotten, too");
    // And the limit holds again, from the beginning.
    for number in 0..3 {
        site.visitor_from(CLUB).log_in(&format!("guest{number}@example.org"), "seven lazy violet teapots");
    }
    assert_eq!(site.visitor_from(CLUB).log_in(ADA, PASSWORD).status, Status::TooManyRequests);
    assert!(root.get("/admin/activity").says("The wait of a network after wrong passwords was ended"));
}

#[test]
fn wrong_passwords_of_others_in_the_network_of_a_session_are_named_as_well() {
    const CLUB: &str = "203.0.113.9";
    const UNKNOWN: &str = "Unless their network has to wait after wrong passwords of others:";
    let site = Setup::new().with("limit_wrong_passwords", "3").with("limit_logins", "1000").build();
    let mut root = root(&site);
    site.logged_in(ADA);
    site.change(
        "delete from sessions \
         where account_id in (select id from accounts where email_key = 'ada@example.org')",
    );
    let page = page_of(&site, ADA);
    let shown = root.get(&page);
    assert!(shown.says(UNKNOWN) && shown.says("network unlock ADDRESS"), "{}", shown.body);
    assert_eq!(site.visitor_from(CLUB).log_in(ADA, PASSWORD).location(), "/profile");
    let shown = root.get(&page);
    assert!(shown.says("Yes, with the right password.") && !shown.says(UNKNOWN), "{}", shown.body);
    for number in 0..3 {
        site.visitor_from(CLUB).log_in(&format!("guest{number}@example.org"), "seven lazy violet teapots");
    }
    let mut ada = site.visitor_from(CLUB);
    assert_eq!(ada.log_in(ADA, PASSWORD).status, Status::TooManyRequests);
    let shown = press(&mut root, &page, "unlocking", &[]);
    let told = "The wrong passwords and codes for this account no longer count. Those that came from a network still do.";
    assert_eq!(shown.notices(), [told]);
    assert!(shown.says(&format!("came from the network of {CLUB}")), "{}", shown.body);
    assert!(!shown.says("Yes, with the right password."), "{}", shown.body);
    press(&mut root, &page, "network-unlocking", &[("address", CLUB)]);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
}

#[test]
fn the_page_says_why_an_owner_cannot_log_in_and_has_the_button_that_helps() {
    let site = Setup::new().mail().build();
    let mut root = root(&site);
    let mut ada = site.visitor();
    assert_eq!(ada.sign_up(ADA, "Ada", PASSWORD).location(), "/confirm/new");
    let page = page_of(&site, ADA);
    let shown = root.get(&page);
    assert!(shown.says("The email address is not confirmed."), "{}", shown.body);
    assert!(shown.says(&format!("It also confirms {ADA}")), "{}", shown.body);
    assert!(shown.says("If it is mistyped, change the address instead."), "{}", shown.body);
    for _ in 0..6 {
        site.visitor_from("203.0.113.7").log_in(ADA, "seven lazy violet teapots");
    }
    let shown = root.get(&page);
    assert!(shown.says("After wrong passwords, new browsers must wait until"), "{}", shown.body);
    let shown = press(&mut root, &page, "unlocking", &[]);
    assert!(!shown.says("new browsers must wait until"), "{}", shown.body);
    let shown = press(&mut root, &page, "confirmation", &[]);
    assert_eq!(shown.notices(), ["The email address was confirmed."]);
    assert!(shown.says("Yes, with the right password."), "{}", shown.body);
    site.clock.advance(60);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert!(root.get(&page).says("The clock of this site says"));
}

#[test]
fn second_steps_are_removed_and_their_owner_is_told() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let page = page_of(&site, ADA);
    let id = site.account(ADA).id;
    site.change(
        format!(
            "insert into totp_apps (id, account_id, secret, last_step, failed_codes, created_at, created_by) \
             values ('app', '{id}', '', 0, 0, 1700000000, 'owner')"
        )
        .leak(),
    );
    site.change("update accounts set two_factor_since = 1700000000 where email_key = 'ada@example.org'");
    let shown = root.get(&page);
    assert!(shown.says("There is no second step that works, and no recovery code."), "{}", shown.body);
    let shown = press(&mut root, &page, "factor-removal", &[]);
    assert_eq!(shown.notices(), ["All second steps were removed. Every device was logged out."]);
    assert!(shown.says("Yes, with the right password."), "{}", shown.body);
    assert!(!ada.is_logged_in());
    assert!(site.subjects(ADA).iter().any(|subject| subject.contains("second factor was removed")));
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
}

#[test]
fn the_only_way_in_of_the_last_administrator_is_not_removed() {
    const LAST: &str =
        "This is the last administrator who can log in. Make another one first. Nothing was changed.";
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    site.add_to_group(ADA, "admins");
    let [page, roots] = [ADA, ROOT].map(|email| page_of(&site, email));
    add_passkey(&site, &site.account(ADA).id, "Key");
    // Root is still logged in, but could not log in again.
    site.change("delete from passwords");
    let removed = "select count(*) from passkeys where removed_at is not null";
    let shown = press(&mut root, &page, "factor-removal", &[]);
    assert_eq!((shown.notices(), site.number(removed)), (vec![LAST.to_owned()], 0));
    assert!(!root.get(&roots).says("/factor-removal"), "one's own are changed in the settings");
    add_passkey(&site, &site.account(ROOT).id, "Key");
    let shown = press(&mut root, &page, "factor-removal", &[]);
    assert_eq!(shown.notices(), ["All second steps were removed. Every device was logged out."]);
    assert_eq!(site.number(removed), 1);
    // Now it is Root who is the last one: the command line takes that away all the same.
    let last = site.account(ROOT);
    let form = Submission::none();
    let clear = second_factor::clear(&site.site, &last, &Lost::All, Actor::CommandLine, &form);
    assert_eq!(site.block_on(clear).unwrap().unwrap().removed, 1);
    assert!(!site.block_on(groups::has_an_admin(&site.site)).unwrap());
}

#[test]
fn another_address_takes_a_link_that_its_owner_uses_with_the_password() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    site.logged_in(BOB);
    let page = page_of(&site, ADA);
    let action = format!("{page}/addresses");
    for (typed, told) in [
        ("", "Enter your email address."),
        ("ada", "Enter an email address such as ada@example.org."),
        (ADA, "That is already the address of this account."),
        (BOB, "That address belongs to another account."),
    ] {
        let wrong = root.fill_in(&page, &action, &[("new_email", typed)]);
        assert_eq!(wrong.status, Status::UnprocessableEntity, "{typed}");
        assert!(wrong.says(told) && wrong.says("<details open>"), "{typed}: {}", wrong.body);
    }
    let made = root.fill_in(&page, &action, &[("new_email", "ada@new.example")]);
    assert_eq!(made.location(), page);
    let shown = root.get(&page);
    assert!(
        shown.says("/change-email?token=") && shown.says("ada@example.org → ada@new.example"),
        "{}",
        shown.body
    );
    let pending = "An administrator made a link that changes the address to ada@new.example.";
    assert!(shown.says(pending), "{}", shown.body);
    assert_eq!(site.account(ADA).email.as_str(), ADA, "nothing has changed yet");
    assert_eq!(site.subjects(ADA).last().unwrap(), "A link was made for your account at Vestibule");
}

#[test]
fn the_page_says_that_it_was_the_owner_who_asked_for_another_address() {
    let site = site();
    let mut root = root(&site);
    let mut bob = site.logged_in(BOB);
    bob.submit("/settings/email", &[("email", "bob@new.example")]);
    let shown = root.get(&page_of(&site, BOB));
    assert!(shown.says("The owner asked to change the address to bob@new.example."), "{}", shown.body);
}

#[test]
fn no_link_for_another_address_is_made_without_a_password_to_use_it_with() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    site.change(
        "delete from passwords \
         where account_id in (select id from accounts where email_key = 'ada@example.org')",
    );
    let page = page_of(&site, ADA);
    let links = "select count(*) from links";
    let before = site.number(links);
    let action = format!("{page}/addresses");
    let refused = root.fill_in(&page, &action, &[("new_email", "ada@new.example")]);
    assert_eq!((refused.status, site.number(links)), (Status::UnprocessableEntity, before));
    let told = "There is no password, and the link would ask for it. Make a reset link first.";
    assert!(refused.says(told), "{}", refused.body);
}

#[test]
fn a_new_account_has_no_password_until_its_owner_chooses_one() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(BOB);
    site.add_to_group(BOB, "choir");
    let new = format!("{LIST}/new");
    for (fields, told) in [
        (["", "Ada", ""], "Enter your email address."),
        ([ADA, "", ""], "An account needs a name."),
        ([BOB, "Bob", ""], "That address belongs to another account."),
        ([ADA, "Ada", "choir quire"], "There is no group quire."),
    ] {
        let [email, name, groups] = fields;
        let wrong = root.fill_in(&new, &new, &[("email", email), ("name", name), ("groups", groups)]);
        assert_eq!(wrong.status, Status::UnprocessableEntity, "{fields:?}");
        assert!(wrong.says(told), "{fields:?}: {}", wrong.body);
    }
    assert_eq!(site.number("select count(*) from accounts"), 2);
    let made = root.fill_in(&new, &new, &[("email", ADA), ("name", "Ada"), ("groups", "choir, admins")]);
    let page = page_of(&site, ADA);
    assert_eq!(made.location(), page, "{}", made.body);
    let shown = root.get(&page);
    assert!(
        shown.says("Only Ada should see this.") && shown.says("The owner has not used the link yet."),
        "{}",
        shown.body
    );
    assert!(shown.says("If it is mistyped, delete the account and create it again."), "{}", shown.body);
    assert!(shown.says("In 2 groups") && shown.says("<bdi>Administrators</bdi>"), "{}", shown.body);
    assert_eq!(site.subjects(ADA), ["An account for you at Vestibule"]);
    let mut ada = site.visitor();
    ada.log_in(ADA, "");
    assert!(!ada.is_logged_in());
    assert_eq!(ada.get(&site.mailed_link(ADA)).location(), "/reset");
    // The address was never confirmed, so the page asks for the name as well.
    let chosen = [("name", "Ada Lovelace"), ("new_password", PASSWORD)];
    assert_eq!(ada.submit("/reset", &chosen).status, Status::SeeOther);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
}

#[test]
fn ones_own_account_is_changed_in_the_settings_alone() {
    let site = site();
    let mut root = root(&site);
    let page = page_of(&site, ROOT);
    let shown = root.get(&page);
    assert!(shown.says("This is your own account. Change it in the settings."), "{}", shown.body);
    for button in ["disabling", "links", "confirmation", "unlocking", "factor-removal", "logout"] {
        let answer = root.post(&format!("{page}/{button}"), "");
        assert_eq!(answer.location(), page, "{button}");
        let told = "This is your own account. Change it in the settings. Nothing was changed.";
        assert_eq!(root.get(&page).notices()[0], told, "{button}");
    }
    let deleted = root.submit(&format!("{page}/deletion"), &[("confirmation", ROOT)]);
    assert_eq!(deleted.location(), page);
    assert_eq!(site.number("select count(*) from links"), 0);
    assert!(root.is_logged_in());
}

#[test]
fn a_form_that_is_sent_twice_does_it_once() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let page = page_of(&site, ADA);
    let form = root.get(&page).form_value();
    for _ in 0..2 {
        let answer = root.submit(&format!("{page}/disabling"), &[("form", &form)]);
        assert_eq!(answer.location(), page);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'disabled'"), 1);
    let form = root.get(&page).form_value();
    let fields = [("form", &*form), ("confirmation", ADA)];
    for _ in 0..2 {
        assert_eq!(root.submit(&format!("{page}/deletion"), &fields).location(), LIST);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'deleted'"), 1);
    let nowhere = root.get(&format!("{LIST}/no-such-id"));
    assert_eq!(nowhere.status, Status::NotFound);
}
