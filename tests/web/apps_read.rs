//! What is read of an app that is disabled, whose group is gone, whose rule is one of a newer version, or that was
//! changed a moment ago.

use std::sync::Arc;
use std::time::{Duration, Instant};

use vestibule::people::groups::{self, GroupTitle};
use vestibule::services::apps::{self, AppsCache, NewApp, SetDisabled};

use crate::apps::{BY, app, at, created, group, name, read, wiki};
use crate::support::TestSite;

#[test]
fn a_disabled_app_is_found_by_its_name_alone() {
    let site = TestSite::new();
    created(&site, &wiki());
    let set = |disabled| site.block_on(apps::set_disabled(&site.site, &name("wiki"), disabled, BY)).unwrap();
    assert_eq!(set(false), SetDisabled::Unchanged);
    assert_eq!(set(true), SetDisabled::Done);
    assert_eq!(set(true), SetDisabled::Unchanged);
    assert!(read(&site).by_host("wiki.example.org").is_none());
    assert_eq!(app(&site, "wiki").disabled_at, Some(site.clock.now()));
    assert_eq!(set(false), SetDisabled::Done);
    assert!(read(&site).by_host("wiki.example.org").is_some());
    let no = name("no");
    let none = apps::set_disabled(&site.site, &no, true, BY);
    assert_eq!(site.block_on(none).unwrap(), SetDisabled::NoApp);
}

#[test]
fn a_group_that_is_deleted_opens_no_app() {
    let site = TestSite::new();
    created(&site, &NewApp { groups: vec![group("choir")], ..at("wiki", &["https://wiki.example.org"]) });
    assert!(!app(&site, "wiki").access("/").allows(&[]), "nor does one that was never there");
    let choir = group("choir");
    site.block_on(async {
        groups::create(&site.site, &choir, &GroupTitle::of(&choir), BY).await.unwrap();
        groups::delete(&site.site, &choir, BY).await.unwrap();
    });
    let found = app(&site, "wiki");
    assert_eq!(found.groups, std::slice::from_ref(&choir));
    assert!(!found.access("/").allows(&[]) && found.access("/").allows(&[choir]));
}

#[test]
fn a_part_whose_rule_only_a_newer_version_knows_is_for_nobody() {
    let site = TestSite::new();
    created(&site, &wiki());
    site.change("update apps_paths set access = 'weekdays' where prefix = '/public'");
    let found = app(&site, "wiki");
    assert!(!found.access("/public").is_open() && !found.access("/public").allows(&[group("family")]));
    assert!(found.access("/api").is_open() && found.access("/").allows(&[group("family")]));
}

#[test]
fn a_change_is_seen_at_once_here_and_within_a_second_elsewhere() {
    let one = TestSite::new();
    created(&one, &at("wiki", &["https://wiki.example.org"]));
    let other = one.another();
    let (here, there) = (AppsCache::default(), AppsCache::default());
    let is_open = |site: &TestSite, cache: &AppsCache| {
        site.block_on(cache.current(&site.site)).unwrap().by_host("wiki.example.org").is_some()
    };
    assert!(is_open(&one, &here) && is_open(&other, &there));
    for disabled in [true, false, true] {
        let begun = Instant::now();
        let wiki = name("wiki");
        let set = apps::set_disabled(&one.site, &wiki, disabled, BY);
        assert_eq!(one.block_on(set).unwrap(), SetDisabled::Done);
        assert_eq!(is_open(&one, &here), !disabled, "the very next question");
        while is_open(&other, &there) == disabled {
            assert!(begun.elapsed() < Duration::from_secs(2), "it is still seen as before");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn apps_that_were_just_read_are_not_read_again() {
    let site = TestSite::new();
    created(&site, &wiki());
    let cache = AppsCache::default();
    let current = || site.block_on(cache.current(&site.site)).unwrap();
    let first = current();
    assert!(Arc::ptr_eq(&first, &current()));
    created(&site, &at("blog", &["https://blog.example.org"]));
    assert_eq!((first.len(), current().len()), (1, 2));
}
