//! Users of another program are brought along: each once, with the password that they have. What happens to rows that
//! are odd is in `import_refused`. The command itself is tested with the program.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::AtomicU64;

use serde_json::Value;
use vestibule::features::housekeeping;
use vestibule::features::import::{Import, Totals, run};

use crate::support::{ADA, PASSWORD, Setup, TestSite};

/// Hashes of `PASSWORD`. Each begins with the name of what made it.
pub const ARGON2: &str =
    "$argon2id$v=19$m=64,t=1,p=1$c2FsdCBmb3IgdGVzdGluZw$C3Zcm3R5u6bsq+zzPQuIsCbpDlraIW4/RD/XtdqtsKI";
const WERKZEUG_3: &str = concat!(
    "scrypt:32768:8:1$a67EyBJivqqYeTem$b2f95d2543e3c25bfa8ffa3d22611b22b14622322ad56efc",
    "3a877368cfc393e106d43c421ce2bf1839d0d48b9d2a42c39348362c3dbf397209ec77acb3838054",
);
const WERKZEUG_2: &str =
    "pbkdf2:sha256:1000$iAtLe6xPtyqfFbO1$37b507e5a9cb676e7c4678cdb2208ec4ccce8f542ab7b9a3e8084f154f30eb8d";
const TUTORIAL: &str = "sha256$NDT2oT96$f90338993bbe3c6f946e2d56391cd0f8b2027c031f890a7f81376abf9dd46890";

/// The first of them as a field of a CSV file: it has commas.
pub const FIELD: &str =
    "\"$argon2id$v=19$m=64,t=1,p=1$c2FsdCBmb3IgdGVzdGluZw$C3Zcm3R5u6bsq+zzPQuIsCbpDlraIW4/RD/XtdqtsKI\"";

/// How an import ended: its totals, what it told, and the file of refused rows.
#[derive(Debug)]
pub struct Ended {
    pub totals: Totals,
    pub told: Vec<String>,
    pub refused: String,
}

/// Imports a file with this content.
pub fn import(site: &TestSite, content: &str, check: bool) -> Result<Ended, String> {
    let file = site.folder.path().join("people");
    fs::write(&file, content).unwrap();
    let (done, mut told) = (AtomicU64::new(0), Vec::new());
    let import = Import { file: &file, check, done: &done };
    let ended = site.runtime.block_on(run(&site.site, &import, &mut |line| told.push(line)));
    let (totals, refused) = ended.map_err(|why| why.to_string())?;
    let refused = refused.map(|refused| {
        assert_eq!(fs::metadata(&refused).unwrap().permissions().mode() & 0o777, 0o600);
        let text = fs::read_to_string(&refused).unwrap();
        fs::remove_file(refused).unwrap();
        text
    });
    Ok(Ended { totals, told, refused: refused.unwrap_or_default() })
}

pub fn made(made: u64, there: u64, refused: u64) -> Totals {
    Totals { made, there, refused, ..Totals::default() }
}

/// Imports a file of which every row makes an account with a password.
fn imported(site: &TestSite, content: &str) -> Totals {
    let ended = import(site, content, false).unwrap();
    assert_eq!((ended.told.len(), &*ended.refused), (0, ""), "{ended:?}");
    ended.totals
}

fn hash_of(site: &TestSite, email: &str) -> String {
    let sql = format!("select hash from passwords join accounts on id = account_id where email = '{email}'");
    site.text(sql.leak())
}

#[test]
fn people_log_in_with_the_password_that_they_had_and_it_is_hashed_anew() {
    let site = Setup::new().patient().build();
    let django = format!("argon2{ARGON2}");
    let kinds = [
        ("argon2@x.test", ARGON2),
        ("django@x.test", &django),
        ("scrypt@x.test", WERKZEUG_3),
        ("pbkdf2@x.test", WERKZEUG_2),
        ("tutorial@x.test", TUTORIAL),
    ];
    let rows = kinds.map(|(email, hash)| format!("{email},Someone,\"{hash}\"\n")).concat();
    assert_eq!(imported(&site, &format!("email,name,password\n{rows}")), made(5, 0, 0));
    for (email, hash) in kinds {
        let mut visitor = site.visitor();
        assert_eq!(visitor.log_in(email, "correct horse batterx").location(), "/login", "{hash}");
        assert_eq!(visitor.log_in(email, PASSWORD).location(), "/profile", "{hash}");
        assert!(visitor.get("/profile").says("Welcome, Someone!"));
        let anew = hash_of(&site, email);
        assert!(anew.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}: {anew}");
        assert_eq!(site.visitor().log_in(email, PASSWORD).location(), "/profile", "{hash}, hashed anew");
    }
}

#[test]
fn the_weak_hash_of_the_tutorial_is_never_written() {
    let site = TestSite::new();
    let file = format!("email,name,password\nada@example.org,Ada,{TUTORIAL}\n");
    import(&site, &file, true).unwrap();
    assert_eq!(imported(&site, &file), made(1, 0, 0));
    let weak = TUTORIAL.rsplit('$').next().unwrap();
    let written = String::from_utf8_lossy(&site.written()).into_owned();
    assert!(!written.contains(weak) && written.contains("tutorial:"), "the weak hash is in the database");
}

#[test]
fn an_imported_account_is_one_that_the_operator_created() {
    let site = Setup::new().mail().build();
    let file = format!("email,name,password\nada@example.org,Ada,{FIELD}\n");
    assert_eq!(imported(&site, &file), made(1, 0, 0));
    assert!(site.mails().is_empty(), "no email goes out");
    let mut ada = site.visitor();
    // Without a column that says so, all addresses count as confirmed: unconfirmed owners could not log in.
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    let activity = ada.get("/settings/activity");
    assert!(activity.says("Your account was created") && activity.says("By the people who run this site"));
}

#[test]
fn all_that_a_row_says_about_an_account_is_kept() {
    let site = Setup::new().mail().patient().build();
    for group in ["choir", "editors"] {
        site.logged_in("first@x.test");
        site.add_to_group("first@x.test", group);
    }
    let file = format!(
        "Email;Name;password;confirmed_at;created_at;disabled;groups\n\
         Ada@Example.org;Ada; {ARGON2} ;2020-02-03 04:05:06;2020-01-02T03:04:05Z;f;choir editors\n\
         bob@example.org;Bob;{ARGON2};;1577934245;0;\n\
         eve@example.org;Eve;{ARGON2};true;;1;choir\n"
    );
    assert_eq!(imported(&site, &file), made(3, 0, 0));
    let (ada, bob, eve) =
        (site.account(ADA), site.account("bob@example.org"), site.account("eve@example.org"));
    assert_eq!(ada.email.as_str(), "Ada@example.org", "as it was typed");
    assert_eq!((ada.created_at.unix(), bob.created_at.unix()), (1_577_934_245, 1_577_934_245));
    assert_eq!(eve.created_at, site.clock.now());
    assert_eq!(ada.confirmed_at.map(|at| at.unix()), Some(1_580_702_706));
    assert_eq!((bob.confirmed_at, eve.confirmed_at), (None, Some(site.clock.now())));
    assert_eq!((ada.disabled_at, bob.disabled_at), (None, None));
    assert!(eve.disabled_at.is_some());
    assert_eq!(site.visitor().log_in("bob@example.org", PASSWORD).location(), "/login", "not confirmed");
    assert_eq!(site.visitor().log_in("eve@example.org", PASSWORD).location(), "/login", "disabled");
    let mut visitor = site.visitor();
    assert_eq!(visitor.log_in(ADA, PASSWORD).location(), "/profile");
    let copy: Value = serde_json::from_str(&visitor.post("/settings/export", "").body).unwrap();
    let names: Vec<_> = copy["groups"].as_array().unwrap().iter().map(|group| &group["name"]).collect();
    assert_eq!(names, ["choir", "editors"]);
    assert!(visitor.get("/settings/activity").says("You were added to a group"));
}

#[test]
fn an_account_that_is_not_confirmed_is_not_removed_for_that() {
    let site = Setup::new().mail().build();
    let _lease = site.lease_housekeeping();
    imported(&site, &format!("email,name,password,confirmed_at\nada@example.org,Ada,{FIELD},\n"));
    assert_eq!(site.account(ADA).confirmed_at, None);
    site.clock.advance(60 * 24 * 3_600);
    site.runtime.block_on(housekeeping::sweep(&site.site)).unwrap();
    assert_eq!(site.number("select count(*) from accounts"), 1);
}

#[test]
fn accounts_that_exist_are_never_changed() {
    let site = TestSite::new();
    site.ada();
    let file = format!(
        "email,name,password,created_at,disabled\n\
         ADA@example.org,Countess,{WERKZEUG_2},2020-01-01,1\nbob@example.org,Bob,{TUTORIAL},,\n"
    );
    let before = site.account(ADA);
    assert_eq!(imported(&site, &file), made(1, 1, 0));
    let after = site.account(ADA);
    assert_eq!((&after.name, after.disabled_at, after.created_at), (&before.name, None, before.created_at));
    assert!(hash_of(&site, ADA).starts_with("$argon2id$"));
    // Nor by the same file once more.
    let rows = site.rows_without("");
    assert_eq!(imported(&site, &file), made(0, 2, 0));
    assert_eq!(site.rows_without(""), rows);
}

#[test]
fn a_long_file_takes_several_transactions() {
    let site = TestSite::new();
    let rows = |range: std::ops::Range<u32>| {
        range.map(|number| format!("n{number}@x.test,N {number}\n")).collect::<String>()
    };
    let ended = import(&site, &format!("email,name\n{}", rows(0..1_203)), false).unwrap();
    assert_eq!(ended.totals, Totals { without_password: 1_203, ..made(1_203, 0, 0) });
    assert_eq!(ended.told.len(), 0);
    assert_eq!(site.number("select count(*) from accounts"), 1_203);
    // Of a file that cannot be read further, what stands before that is imported.
    let broken = format!("email,name\n{}eve@x.test,\"Eve\n{}", rows(1_203..1_900), rows(1_900..9_000));
    let why = import(&site, &broken, false).unwrap_err();
    assert!(why.contains("Is a quotation mark missing"), "{why}");
    assert_eq!(site.number("select count(*) from accounts"), 1_900);
    let mended = broken.replace("\"Eve", "Eve");
    assert_eq!(import(&site, &mended, true).unwrap().totals.there, 697);
}

#[test]
fn rows_that_the_database_does_not_take_are_not_called_made() {
    let site = TestSite::new();
    site.refuse("insert", "passwords");
    let file = format!("email,name,password\nada@example.org,Ada,{FIELD}\n");
    let why = import(&site, &file, false).unwrap_err();
    assert!(why.contains("The rows from line 2 on were not imported"), "{why}");
    assert_eq!(site.number("select count(*) from accounts"), 0);
    site.allow("passwords");
    assert_eq!(imported(&site, &file), made(1, 0, 0));
}
