//! What the commands say about an app that is, or would be, refused or more open than it looks.

use crate::app_commands::{UNTRUSTED, said, with_a_wiki};
use crate::folder::Folder;

#[test]
fn a_site_with_tls_has_no_app_without() {
    let (folder, _) = Folder::of_ada();
    let words =
        ["app", "add", "wiki", "--at", "http://wiki.example.org", "--base-url", "https://login.example.org"];
    folder.run(&words).refused(&["http://wiki.example.org is not https", "Type its https address."]);
}

#[test]
fn what_is_open_to_everyone_is_told() {
    let folder = with_a_wiki();
    let set = |words: &[&str]| said(&folder, &[&["set", "wiki"], words].concat());
    let all = "/ is open to everyone, also without a login: all of the app is";
    assert_eq!(set(&["--open", "/"]), format!("Changed the app wiki.\n{all}.\n"));
    assert!(said(&folder, &["list"]).ends_with("  for everyone, also without a login\n"));
    let told = set(&["--open", "/", "--path", "/admin=family"]);
    assert_eq!(
        told,
        format!(
            "Changed the app wiki.\n{all}, but for the paths of groups.\n\
             /admin and all below it is for those in family.\n"
        )
    );
    // A path / has a rule before that of the app.
    let told = set(&["--path", "/=family", "--everyone"]);
    assert_eq!(told, "Changed the app wiki.\n/ and all below it is for those in family.\n");
    assert!(said(&folder, &["list"]).ends_with("  for family\n"));
}

#[test]
fn a_site_that_trusts_no_proxy_says_so_before_one_is_refused() {
    let (folder, _) = Folder::of_ada();
    assert!(!folder.run(&["check"]).succeeded().out.contains("no proxy may ask"), "there is no app");
    let add = |name: &str| said(&folder, &["add", name, "--at", &format!("https://{name}.example.org")]);
    assert!(add("wiki").ends_with(UNTRUSTED));
    assert!(folder.run(&["check"]).succeeded().out.contains(UNTRUSTED));
    for proxy in ["nginx", "caddy", "traefik", "haproxy", "envoy"] {
        let printed = said(&folder, &["snippet", "wiki", proxy]);
        assert!(printed.ends_with(&format!("\n# {UNTRUSTED}")), "{printed}");
    }
    folder.write("Rocket.toml", "[default.vestibule]\ntrusted_proxies = [\"127.0.0.1\"]");
    assert!(add("blog").ends_with("Everyone with an account may open it.\n"));
    let checked = folder.run(&["check"]).succeeded().out;
    let printed = said(&folder, &["snippet", "wiki", "nginx"]);
    assert!(![checked, printed].concat().contains("no proxy may ask"));
}

#[test]
fn check_names_the_apps_that_are_where_the_site_takes_none_since_its_address_changed() {
    let (folder, _) = Folder::of_ada();
    said(
        &folder,
        &["add", "nas", "--at", "http://nas.example.org:3000", "--at", "https://files.example.org"],
    );
    said(&folder, &["add", "portal", "--at", "https://login.example.org"]);
    said(&folder, &["add", "wiki", "--at", "https://wiki.example.org"]);
    let before = folder.run(&["check"]).succeeded().out;
    assert!(!before.contains("The app "), "{before}");
    let after = folder.run(&["check", "--base-url", "https://login.example.org"]).succeeded().out;
    for line in [
        "The app nas: http://nas.example.org:3000 is not https, and this site is: logins of the app would travel \
         unencrypted. To change where it is: vestibule app set nas --at https://files.example.org \
         --at https://nas.example.org:3000\n",
        "The app portal: https://login.example.org is the host of this site itself: an app has one of its own. To \
         change where it is: vestibule app set portal --at https://portal.example.org\n",
    ] {
        assert!(after.contains(line), "{line}{after}");
    }
    assert_eq!(after.matches("The app ").count(), 2, "{after}");
}
