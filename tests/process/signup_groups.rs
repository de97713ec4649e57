//! `signup_groups`: what the start refuses, what `vestibule check` says, and what the log says of a group that does not exist.

use crate::folder::Folder;
use crate::log::{events, named};
use crate::visitor::{ADA, PASSWORD, Visitor};

const GROUPS: &str = "VESTIBULE_SIGNUP_GROUPS";

#[test]
fn no_site_starts_that_would_make_an_administrator_of_everyone() {
    let folder = Folder::new();
    let told =
        "names admins, which would make an administrator of everyone who signs up: leave that group out.";
    for words in [&["--port", "0"][..], &["check"]] {
        let ended = folder.command(words).var(GROUPS, "members,admins").finish();
        ended.refused(&[&format!("signup_groups (variable {GROUPS}) {told}")]);
        folder.write("other.toml", "[default.vestibule]\nsignup_groups = [\"admins\"]");
        let ended = folder.run(&[words, &["--config", "other.toml"]].concat());
        ended.refused(&["signup_groups (", &format!("other.toml) {told}")]);
    }
}

#[test]
fn check_names_the_groups_of_the_setting_that_do_not_exist() {
    let (folder, _) = Folder::of_ada();
    let checked = || folder.command(&["check"]).var(GROUPS, "members,choir").finish().succeeded().out;
    let told = |group: &str| {
        format!(
            "signup_groups names the group {group}, and there is none: no one joins it by signing up. To create it: \
             vestibule group create {group}"
        )
    };
    let before = checked();
    assert!(before.contains(&told("members")) && before.contains(&told("choir")), "{before}");
    folder.run(&["group", "create", "members"]).succeeded();
    let after = checked();
    assert!(!after.contains(&told("members")) && after.contains(&told("choir")), "{after}");
}

#[test]
fn a_sign_up_logs_the_missing_groups_once_and_works() {
    let folder = Folder::new();
    assert_eq!(folder.serve().stop().status, Some(0));
    folder.run(&["group", "create", "members"]).succeeded();
    let server = folder.command(&["--port", "0"]).var(GROUPS, "members,editors,choir").start();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.sign_up(ADA).leads_to(), "/login");
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert_eq!(ada.sign_up(ADA).leads_to(), "/profile", "they have an account");
    let events = events(&server.stop());
    let warnings = named(&events, "sys_groups");
    assert_eq!(warnings.len(), 1, "{events:#?}");
    let (level, message) = (&warnings[0]["level"], warnings[0]["message"].as_str().unwrap());
    let told = "there is no such group: choir, editors. To create what is missing: vestibule group create choir; \
                vestibule group create editors";
    assert!(level == "warn" && message.ends_with(told), "{}", warnings[0]);
    let account = &named(&events, "user_created")[0]["account"];
    assert_eq!(&warnings[0]["account"], account);
    let joined = events.iter().filter(|event| event["what"] == "group_joined").collect::<Vec<_>>();
    assert_eq!(joined.len(), 1, "{events:#?}");
    assert!(joined[0]["group"] == "members" && joined[0]["account"] == *account, "{}", joined[0]);
    assert_eq!(joined[0]["address"], "127.0.0.1", "it is logged as what the visitor did");
    assert_eq!(folder.rows("memberships"), 1);
}
