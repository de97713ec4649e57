//! `second_factor_for`: what `vestibule check` says of it, and what the start refuses.

use crate::folder::Folder;

const FOR: &str = "VESTIBULE_SECOND_FACTOR_FOR";

#[test]
fn check_names_the_groups_of_the_setting_that_do_not_exist() {
    let (folder, _) = Folder::of_ada();
    let checked = || folder.command(&["check"]).var(FOR, "admins,editors").finish().succeeded().out;
    let told = "second_factor_for names the group editors, and there is none: no one needs a second factor for it. \
                To create it: vestibule group create editors";
    let before = checked();
    assert!(before.contains(told) && !before.contains("the group admins"), "{before}");
    folder.run(&["group", "create", "editors"]).succeeded();
    assert!(!checked().contains("second_factor_for names"), "it is there now");
}

#[test]
fn what_is_no_name_of_a_group_is_refused() {
    let folder = Folder::new();
    for typed in ["The choir", "admins;editors", "Admins"] {
        let ended = folder.command(&["check"]).var(FOR, typed).finish();
        ended.refused(&[FOR, "must be names of groups, such as admins, separated by commas"]);
    }
}
