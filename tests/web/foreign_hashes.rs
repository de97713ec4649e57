//! Hashes that other programs made, put into the table as an import does: the right password logs in, and its
//! hash is one of ours from then on. `tests/foreign_hashes/make.py` made them, and makes new ones in CI.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rocket::tokio::runtime::Runtime;
use serde_json::Value;
use vestibule::base::Password;
use vestibule::base::hashing::{Failure, Hashing, QUEUE, Verdict, kind_of};

use crate::hashing::crowd;
use crate::passwords::{opens, site_with_ada};
use crate::support::{PASSWORD, TestSite};

/// By Werkzeug 3.1.9 and 1.0.1, of [`PASSWORD`], as are all below.
const BY_WERKZEUG: [&str; 4] = [
    "scrypt:32768:8:1$VWZnQEKqUbRKqoWU$27437e9467e16eff3b4cb350453a6a6d54751f048c831f15c6590bc1ce55ffcb\
     97a27fd9422a11a5b2a57c4f9941a3779b29fea4a460a148056deb1cbcc92ea1",
    "pbkdf2:sha256:1000000$BxxuJAYSZfnbxUuy$e200c5c8d18b79965bd50bd55e06da39f7281b17783abdf4e86d277b96db1e08",
    "pbkdf2:sha512:20000$EMhvqLzhtsP2oCPH$dd55a63039c12a5a21ab4ad85fcc163650afdd71585b2f3b4eac42ab4a2d756e\
     87890eca7af2e4919987b49936623cedb0c0dd5cba64008a61e27f84994662e5",
    "pbkdf2:sha256:150000$zHC9zqHi$ef022a1b00fbb3c1ff9ee70673102a8bd7c831cb1e81f92f7a3c9c8007559696",
];

/// By Django 5.2.19, and the last two by Django 2.2.28.
const BY_DJANGO: [&str; 8] = [
    "pbkdf2_sha256$1000000$EnSo9ZBqEfXX4xi6cTmKou$WMyPCu92/ElPXtDt9n5lwG47whfq9sH4LHk8WRAXGY4=",
    "pbkdf2_sha1$1000000$H02JqbDqrfgQoad8xgGgxP$bVkn6A3uN1Dkko3L6TZkVBESTB4=",
    "argon2$argon2id$v=19$m=102400,t=2,p=8$Ynd5NjFzSDZBQUVmYzBHYnhTSUVOVg$\
     YemRQeowU0rcBqsBjyQKQ8XLmTJX0W279H44EsqmL10",
    "bcrypt_sha256$$2b$12$0IJjoCsKTNgk9F2UYQJXEOxBoSaILzfBrSx00UqpzvhIf7yjFTL1e",
    "bcrypt$$2b$12$pEI.26HByHrKF34sy.xPdO3Sgx4jtXQd4b8WhFIZMzUHM7O1paZMq",
    "scrypt$16384$gFLBpucIAwFmmxaJyWgNgZ$8$5$\
     H0On1XJOg38fcLKdC0Bs099XkItYaD54F6yZxsBnFo+Uh7wFVKd+hTkA1mUvNXQk1qLVNBZex/x/t2GwPVYNlg==",
    "pbkdf2_sha256$150000$Pf5Q2uJK7cpa$SFFM7uGEZaYvq9EBi2OHJaoytNtLPEaMSSyXD1yzp9Q=",
    "argon2$argon2i$v=19$m=512,t=2,p=2$bVJXbndRNjZKZFRs$ESZJH9ZtUOD1nQhL8bF5Fw",
];

/// By bcrypt 5.0.0 and 3.2.2, and as PHP writes it.
const BY_BCRYPT: [&str; 3] = [
    "$2b$08$mPfzCz7EmbEqVLAhN1TYJe2FsrP4SuIJiziSpC8/q0qCT8vUK8X/W",
    "$2a$08$6S9Ap8GbwKbAxlvWTalkBeeoQiTcRSzxYNTJSOiBEMs8qk/QhP2cK",
    "$2y$08$l/zTyaORDnV0RqLBPLJ83.7xP19xPnH8JcT4McZnyKvcE62pSHQA2",
];

/// By passlib 1.7.4 and argon2-cffi 25.1.0.
const BY_OTHERS: [&str; 4] = [
    "$pbkdf2-sha256$29000$pvQ.pzQmRMiZc66VkpLS.g$weaTIysLY7aTeHXwUjAvnGhWdFvKY./Y0ejfmlGC/bw",
    "$pbkdf2-sha512$25000$9x5jbO2917p3bi1FiBEihA$\
     FdGHescp9C3FSjaeefyJv.9h/LtT4PHxk1AtNsz452gpEGSl7qXJq.XrSYcMeMPM35fCunfqBxw.tTHW3DXz2Q",
    "$scrypt$ln=14,r=8,p=1$4rzXGmOMkRLCGEPo3VsrhQ$3aHoW7HlYzjgPegVRXqnN0HeIoQc3zDnPMtFhYm8YLo",
    "$argon2id$v=19$m=65536,t=3,p=4$84wMC9oWZPn/FdrdVybQDw$Gw5ublHQVUC1SYP2dMmWpAnItQKGFshNmHXskjNjKRE",
];

/// The weak one of the tutorial, by Werkzeug 1.0.1.
const WEAK: &str = "sha256$i4SGopE1$c00f82dbe05b61f6e63e8e39345ea1d7116410c0f5e88423ec630e87b07997c5";

/// With the settings of [`site_with_ada`].
const OURS: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

fn usual() -> Hashing {
    Hashing::new(19_456, 2).unwrap()
}

fn stored(site: &TestSite) -> String {
    site.text("select hash from passwords")
}

fn put(site: &TestSite, hash: &str) {
    let update = sqlx::query("update passwords set hash = $1").bind(hash.to_owned());
    site.runtime.block_on(update.execute(site.db.writer())).unwrap();
}

/// A wrong password does not log in and changes nothing; the right one does, and the hash is ours from then
/// on.
fn logs_in_once_and_is_ours(hash: &str) {
    let site = site_with_ada(PASSWORD);
    put(&site, hash);
    let changed_at = site.number("select changed_at from passwords");
    assert!(!opens(&site, "correct horse batterx"), "{hash}");
    assert_eq!(stored(&site), hash, "a wrong password replaces nothing");
    assert!(opens(&site, PASSWORD), "{hash}");
    let ours = stored(&site);
    assert!(ours.starts_with(OURS), "{hash} became {ours}");
    assert_eq!(site.number("select changed_at from passwords"), changed_at, "it is the same password");
    assert!(opens(&site, PASSWORD) && !opens(&site, "correct horse batterx"), "{hash}");
    assert_eq!(stored(&site), ours, "once");
}

#[test]
fn who_comes_from_a_flask_app_logs_in_with_the_password_from_there() {
    BY_WERKZEUG.into_iter().for_each(logs_in_once_and_is_ours);
}

#[test]
fn who_comes_from_a_django_app_logs_in_with_the_password_from_there() {
    BY_DJANGO.into_iter().for_each(logs_in_once_and_is_ours);
}

#[test]
fn a_hash_by_bcrypt_is_replaced_at_the_next_login() {
    BY_BCRYPT.into_iter().for_each(logs_in_once_and_is_ours);
}

#[test]
fn a_hash_in_the_forms_of_passlib_is_replaced_at_the_next_login() {
    BY_OTHERS.into_iter().for_each(logs_in_once_and_is_ours);
}

#[test]
fn the_weak_hash_of_the_tutorial_is_never_stored_and_its_password_still_logs_in() {
    let adopted = Runtime::new().unwrap().block_on(usual().adopt(WEAK)).unwrap().unwrap();
    assert!(adopted.starts_with(&format!("tutorial:i4SGopE1{OURS}")), "{adopted}");
    assert!(!adopted.contains(WEAK.rsplit('$').next().unwrap()), "{adopted}");
    logs_in_once_and_is_ours(&adopted);
    // As it was found, it opens nothing.
    let site = site_with_ada(PASSWORD);
    put(&site, WEAK);
    assert!(!opens(&site, PASSWORD));
    assert_eq!(stored(&site), WEAK);
}

#[test]
fn an_import_stores_what_can_be_verified() {
    Runtime::new().unwrap().block_on(async {
        let hashing = usual();
        let all = [&BY_WERKZEUG[..], &BY_DJANGO, &BY_BCRYPT, &BY_OTHERS].concat();
        for found in &all {
            // Django's name before Argon2id is left out.
            let expected = found.replace("argon2$argon2id$", "$argon2id$");
            assert_eq!(hashing.adopt(found).await, Ok(Some(expected)), "{found}");
        }
        let kinds: Vec<_> = all.iter().chain([&WEAK]).map(|found| kind_of(found).unwrap()).collect();
        for (kind, number) in [("Argon2", 3), ("bcrypt", 5), ("PBKDF2", 8), ("scrypt", 3), ("SHA-256", 1)] {
            assert_eq!(kinds.iter().filter(|found| **found == kind).count(), number, "{kind}");
        }
        // Two imports of one weak hash have two salts.
        assert_ne!(hashing.adopt(WEAK).await, hashing.adopt(WEAK).await);
        for found in [
            "",
            "!",
            PASSWORD,
            "plain$$correct horse battery",
            "md5$abc$0cc175b9c0f1b6a831c399e269772661",
            "{SSHA}AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "scrypt:1048576:8:1$salt$00000000000000000000000000000000",
        ] {
            assert_eq!(hashing.adopt(found).await, Ok(None), "{found}");
            assert_eq!(kind_of(found), None, "{found}");
        }
    });
}

/// They would take minutes to weeks, or more memory than there is.
const ABSURD: [&str; 8] = [
    "scrypt:1048576:8:16$salt$0000000000000000000000000000000000000000000000000000000000000000",
    "scrypt:32768:4294967295:4294967295$salt$00000000000000000000000000000000",
    "pbkdf2:sha256:4294967295$salt$0000000000000000000000000000000000000000000000000000000000000000",
    "pbkdf2_sha256$4294967295$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "scrypt$1073741824$salt$8$1$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "$scrypt$ln=40,r=8,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "bcrypt_sha256$$2b$31$0IJjoCsKTNgk9F2UYQJXEOxBoSaILzfBrSx00UqpzvhIf7yjFTL1e",
    "argon2$argon2id$v=19$m=4194304,t=2,p=8$Ynd5NjFzSDZBQUVmYzBHYnhTSUVOVg$\
     YemRQeowU0rcBqsBjyQKQ8XLmTJX0W279H44EsqmL10",
];

#[test]
fn absurd_parameters_of_another_program_are_refused_in_the_time_of_a_wrong_password() {
    Runtime::new().unwrap().block_on(async {
        let (hashing, password) = (usual(), Password::typed(PASSWORD));
        let ours = hashing.hash(&password).await.unwrap();
        let wrong = Password::typed("correct horse batterx");
        // The shortest of some: other tests run at the same time.
        let (mut of_wrong, mut of_absurd) = (Duration::MAX, Duration::MAX);
        for absurd in ABSURD {
            let started = Instant::now();
            assert_eq!(hashing.verify(&wrong, &ours).await, Ok(Verdict::Wrong));
            of_wrong = of_wrong.min(started.elapsed());
            let started = Instant::now();
            assert_eq!(hashing.verify(&password, absurd).await, Ok(Verdict::Unusable), "{absurd}");
            assert!(started.elapsed() < Duration::from_secs(5), "{absurd}: {:?}", started.elapsed());
            of_absurd = of_absurd.min(started.elapsed());
        }
        assert!(of_absurd > of_wrong / 4, "{of_absurd:?}, and {of_wrong:?} for a wrong password");
    });
}

#[test]
fn a_row_with_absurd_parameters_of_another_program_opens_nothing_and_stays() {
    let site = site_with_ada(PASSWORD);
    for absurd in ABSURD {
        put(&site, absurd);
        assert!(!opens(&site, PASSWORD), "{absurd}");
        assert_eq!(stored(&site), absurd, "it is left for the operator to see");
    }
}

#[test]
fn hashes_of_other_programs_pass_the_same_gate() {
    Runtime::new().unwrap().block_on(async {
        let (hashing, password) = (usual(), Password::typed(PASSWORD));
        let crowd = crowd(&hashing, QUEUE).await;
        for hash in [BY_WERKZEUG[0], BY_DJANGO[0], BY_BCRYPT[0]] {
            assert_eq!(hashing.verify(&password, hash).await, Err(Failure::Busy), "{hash}");
        }
        assert_eq!(hashing.adopt(WEAK).await, Err(Failure::Busy));
        drop(crowd);
    });
}

#[test]
fn parallel_logins_with_a_hash_of_another_program_all_succeed() {
    let site = site_with_ada(PASSWORD);
    put(&site, BY_BCRYPT[0]);
    let answers = site.at_once(8, "/login", &[("email", "ada@example.org"), ("password", PASSWORD)]);
    assert!(answers.iter().all(|(_, location)| location == "/profile"), "{answers:?}");
    assert!(stored(&site).starts_with(OURS));
}

/// The virtual environments that `.ci/run` makes, and a program that each has.
const PYTHONS: [(&str, &str); 2] = [
    (concat!(env!("CARGO_TARGET_TMPDIR"), "/foreign_hashes/bin/python3"), "Werkzeug 3"),
    (concat!(env!("CARGO_TARGET_TMPDIR"), "/foreign_hashes_old/bin/python3"), "Werkzeug 1"),
];
const MAKE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign_hashes/make.py");

#[test]
fn hashes_that_those_programs_make_now_are_verified() {
    let (runtime, hashing) = (Runtime::new().unwrap(), usual());
    for (python, program) in PYTHONS {
        if !Path::new(python).is_file() {
            // The old ones need an old Python, which is not everywhere.
            let is_old = program == "Werkzeug 1";
            assert!(is_old || std::env::var_os("CI").is_none(), "{python} is missing: .ci/run makes it");
            println!("skipped, since {python} is missing: hashes that {program} and others make now");
            continue;
        }
        let made = Command::new(python).arg(MAKE).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let made = String::from_utf8(made.stdout).unwrap();
        let lines: Vec<Value> = made.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(lines.len() > 50 && made.contains(program), "{} hashes of {program} and others", lines.len());
        for line in &lines {
            let text = |key: &str| line[key].as_str().unwrap();
            let right = Password::typed(text("password"));
            // Another beginning: bcrypt does not read the end of a long one.
            let wrong = Password::typed(&format!("x{}", text("password")));
            runtime.block_on(async {
                let stored = hashing.adopt(text("hash")).await.unwrap();
                let stored = stored.unwrap_or_else(|| panic!("cannot be used: {line}"));
                assert_eq!(hashing.verify(&right, &stored).await, Ok(Verdict::RightButOutdated), "{line}");
                assert_eq!(hashing.verify(&wrong, &stored).await, Ok(Verdict::Wrong), "{line}");
            });
        }
    }
}
