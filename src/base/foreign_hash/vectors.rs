//! Hashes that other programs made, each with its password. `tests/foreign_hashes/make.py` makes more of most
//! kinds.

use proptest::prelude::*;

use super::ForeignHash;
use crate::base::Password;

/// A hash that another program made.
struct Made {
    by: &'static str,
    kind: &'static str,
    password: &'static str,
    hash: &'static str,
}

const TYPICAL: &str = "correct horse battery";
/// In Unicode's NFC, as every password is before it is hashed.
const UNICODE: &str = "Pässwörd – 密码 ✓";
/// With what separates the parts of a hash.
const MARKS: &str = " $2b$12$ sha256:1000,p=1 ";
/// As many bytes as bcrypt reads.
const OF_72_BYTES: &str = "012345678901234567890123456789012345678901234567890123456789012345678972";
/// 240 characters.
const LONG: &str = concat!(
    "a long one, a long one, a long one, a long one, a long one, a long one, a long one, ",
    "a long one, a long one, a long one, a long one, a long one, a long one, a long one, ",
    "a long one, a long one, a long one, a long one, a long one, a long one, ",
);

const MADE: [Made; 23] = [
    Made {
        by: "Werkzeug 3.1",
        kind: "scrypt",
        password: TYPICAL,
        hash: "scrypt:32768:8:1$VWZnQEKqUbRKqoWU$27437e9467e16eff3b4cb350453a6a6d54751f048c831f15c6590bc1ce\
               55ffcb97a27fd9422a11a5b2a57c4f9941a3779b29fea4a460a148056deb1cbcc92ea1",
    },
    Made {
        by: "Werkzeug 3.1",
        kind: "scrypt",
        password: UNICODE,
        hash: "scrypt:32768:8:1$bJ439ixXqaF0UUJf$cc2b90fcb5e32c0487215d9fed7e2a521c55599f717af700acaeff73b8\
               e8290bceb6bef48b4dde77598aeef0a7af2367b3e31908d878636a0fb7bc1c43b8667d",
    },
    Made {
        by: "Werkzeug 3.1",
        kind: "scrypt",
        password: LONG,
        hash: "scrypt:16384:8:2$JdLufiNPjkVEZrNZ$c4eecdd377acb7f81a63db6659f25b2bf06f78b8dbad99faf62f221b9c\
               8a4275f302781d43586c00fbb4c115b3cca8be660dbec9420b1a9d64c39c04c707d754",
    },
    Made {
        by: "Werkzeug 3.1",
        kind: "PBKDF2",
        password: TYPICAL,
        hash: "pbkdf2:sha256:1000000$BxxuJAYSZfnbxUuy$e200c5c8d18b79965bd50bd55e06da39f7281b17783abdf4e86d2\
               77b96db1e08",
    },
    Made {
        by: "Werkzeug 3.1",
        kind: "PBKDF2",
        password: UNICODE,
        hash: "pbkdf2:sha512:20000$qaOMA1Cd6T6MbnoI$e7acc04179efb6adc497cb3c26d00f920e2f25b7522824faf747f18\
               3d059258d62464a442717f637bd9ec57ddd43257475ac50f05df8847f50d5dcf8c42c419f",
    },
    Made {
        by: "Werkzeug 3.1",
        kind: "PBKDF2",
        password: LONG,
        hash: "pbkdf2:sha1:20000$wMSBZSCgMngIvudd$3b40f923ecd35e4f486f47780d3315ec27a34985",
    },
    Made {
        by: "Werkzeug 1.0",
        kind: "PBKDF2",
        password: UNICODE,
        hash: "pbkdf2:sha256:150000$i9Jac06Q$7badbe7a6c54efb14a3528fb701fc2e9926539119229342155911b1fee2155\
               25",
    },
    Made {
        by: "Django 5.2",
        kind: "PBKDF2",
        password: UNICODE,
        hash: "pbkdf2_sha256$1000000$V1w6npUvhbOEdKOAiQXkF9$ftXyC+GHW90WUUuP58uBrjUe6GfWcu4NXVQOsM9W16o=",
    },
    Made {
        by: "Django 5.2",
        kind: "PBKDF2",
        password: TYPICAL,
        hash: "pbkdf2_sha1$1000000$H02JqbDqrfgQoad8xgGgxP$bVkn6A3uN1Dkko3L6TZkVBESTB4=",
    },
    Made {
        by: "Django 5.2",
        kind: "scrypt",
        password: UNICODE,
        hash: "scrypt$16384$KpVey1sSEckyoXJFOCDO6c$8$5$6pMH6zfXjZ8CvMoszjWETSo9dXZYF39dhpYg06welMiD0P6XFKU2\
               5XakFLwJfBwt3uX3Uf37SM1h49ppne5pCA==",
    },
    Made {
        by: "Django 5.2",
        kind: "bcrypt",
        password: MARKS,
        hash: "bcrypt$$2b$12$Bthu3Hg2Iqm0AbwGZOc/OuSQiW5HkAeoR0a5C8jOqjBHtJOBuZOuW",
    },
    Made {
        by: "Django 5.2",
        kind: "bcrypt",
        password: LONG,
        hash: "bcrypt_sha256$$2b$12$lgD2dUZbgwNsXBCPRx0ud./mxqiRUtShN4eadsNQGKAuzeoZO6NEC",
    },
    Made {
        by: "Django 2.2",
        kind: "PBKDF2",
        password: LONG,
        hash: "pbkdf2_sha256$150000$gg5FFmqCkXT0$SwiJc59P+Mo1aquFkAArIeXB8cEU9bEQAkA3K+J7mak=",
    },
    Made {
        by: "passlib 1.7",
        kind: "PBKDF2",
        password: TYPICAL,
        hash: "$pbkdf2-sha256$29000$pvQ.pzQmRMiZc66VkpLS.g$weaTIysLY7aTeHXwUjAvnGhWdFvKY./Y0ejfmlGC/bw",
    },
    Made {
        by: "passlib 1.7",
        kind: "PBKDF2",
        password: UNICODE,
        hash: "$pbkdf2-sha512$25000$ECIE4HwPYWwNoVTKeU9JCQ$CPP6M16bGZqZcvpB8dkNcuTGX0NxJe86yxtvfMy29tHc0WRy\
               WzcSkz53XraY9U7E2ubwfX0942QMD6pXlhUy1g",
    },
    Made {
        by: "passlib 1.7",
        kind: "scrypt",
        password: TYPICAL,
        hash: "$scrypt$ln=14,r=8,p=1$4rzXGmOMkRLCGEPo3VsrhQ$3aHoW7HlYzjgPegVRXqnN0HeIoQc3zDnPMtFhYm8YLo",
    },
    Made {
        by: "bcrypt 5.0",
        kind: "bcrypt",
        password: UNICODE,
        hash: "$2b$08$bMYxx.7W8yg1xtmRxdgBXuBwxzyzUwtHi/VRFd6Lt2VxMxuNm5g8i",
    },
    Made {
        by: "bcrypt 3.2",
        kind: "bcrypt",
        password: OF_72_BYTES,
        hash: "$2a$08$Rv4762hZ1tR6CJzkMso/dO.vQm/.TddAR/0IWi3vhEcr7ikf2f3nG",
    },
    Made {
        by: "bcrypt 5.0, as PHP writes it",
        kind: "bcrypt",
        password: MARKS,
        hash: "$2y$08$XqnxLvnpjvQ7yBCtHdOF0.CC1.3vDNLAyNwhE0jjbOSjliFyJWKGy",
    },
    Made {
        by: "the test vectors of jBCrypt",
        kind: "bcrypt",
        password: "abcdefghijklmnopqrstuvwxyz",
        hash: "$2a$08$aTsUwsyowQuzRrDqFflhgekJ8d9/7Z3GV3UcgvzQW3J5zMyrTvlz.",
    },
    Made {
        by: "the test values of Zitadel",
        kind: "scrypt",
        password: "password",
        hash: "$scrypt$ln=16,r=8,p=1$cmFuZG9tc2FsdGlzaGFyZA$Rh+NnJNo1I6nRwaNqbDm6kmADswD1+7FTKZ7Ln9D8nQ",
    },
    Made {
        by: "Keycloak",
        kind: "PBKDF2",
        password: "password",
        hash: "$pbkdf2-sha256$27500$P5rtFkGtPfoaryJ6PizUJw==$JsfNbCOIdZUbyBJ+BT+VoGI91Ec2rWLOvkLPDaX8e9k=",
    },
    Made {
        by: "Keycloak, before version 24",
        kind: "PBKDF2",
        password: "user1",
        hash: "$pbkdf2-sha256$27500$H1Yjwf5UUIip/deJSkNJ+Q==$gI7lGJLNUQfn6xcMUtLp0XnOIF3JdaoAj8IogosYZsDg4Q\
               5cFxG5JkJrKZpR7mIG5MxlH346ikZKsiZovvFKDQ==",
    },
];

fn is_right(hash: &str, password: &str) -> bool {
    ForeignHash::parse(hash).unwrap().verify(&Password::typed(password))
}

#[test]
fn each_hash_is_of_its_password_and_no_other() {
    for Made { by, kind, password, hash } in MADE {
        assert_eq!(ForeignHash::parse(hash).unwrap().kind(), kind, "{by}: {hash}");
        assert!(is_right(hash, password), "{by}: {hash}");
        // Another end, which the whole of a password decides.
        let mut wrong = password.to_owned();
        let last = wrong.pop();
        wrong.push(if last == Some('!') { '?' } else { '!' });
        assert!(!is_right(hash, &wrong), "{by}: {hash}");
    }
}

#[test]
fn part_of_a_password_or_more_than_it_is_wrong() {
    let quick = MADE.iter().filter(|made| made.hash.contains("$08$") && made.password != OF_72_BYTES);
    for Made { by, password, hash, .. } in quick {
        for wrong in ["", &password[..1], &format!("{password} "), &password.to_uppercase()] {
            assert!(!is_right(hash, wrong), "{by}: {hash}: {wrong:?}");
        }
    }
}

/// A property of bcrypt, and why Django hashes a password first. The next login hashes all of what was typed.
#[test]
fn bcrypt_reads_72_bytes_of_a_password() {
    let ninety = "0123456789".repeat(9);
    // By bcrypt 3.2, of all 90 bytes.
    let hash = "$2b$08$u.DFuHEspNO8JpRveMYFjeJ7TdjG.WgiF4X5qLiMtTdhXo7JH..5a";
    assert!(is_right(hash, &ninety) && is_right(hash, &ninety[..72]));
    assert!(is_right(hash, &format!("{} and something else", &ninety[..72])));
    assert!(!is_right(hash, &ninety[..71]) && !is_right(hash, &format!("{}x", &ninety[..71])));
}

#[test]
fn what_would_take_too_much_memory_or_time_is_refused() {
    let hex = "0".repeat(64);
    let base64 = "A".repeat(43);
    for refused in [
        format!("scrypt:1048576:8:1$salt${hex}"),
        format!("scrypt:2147483648:8:1$salt${hex}"),
        format!("scrypt:32768:4294967295:1$salt${hex}"),
        format!("scrypt:32768:8:4294967295$salt${hex}"),
        format!("scrypt:32768:4294967295:4294967295$salt${hex}"),
        format!("scrypt:18446744073709551616:8:1$salt${hex}"),
        format!("scrypt:-32768:8:1$salt${hex}"),
        format!("pbkdf2:sha256:5000001$salt${hex}"),
        format!("pbkdf2:sha256:4294967295$salt${hex}"),
        format!("pbkdf2:sha256:99999999999999999999$salt${hex}"),
        format!("pbkdf2_sha256$5000001$salt${base64}"),
        format!("scrypt$1048576$salt$8$1${base64}"),
        format!("scrypt$16384$salt$8$1000${base64}"),
        format!("$pbkdf2-sha256$5000001$c2FsdA${base64}"),
        format!("$pbkdf2-sha512$4294967295$c2FsdA${base64}"),
        format!("$scrypt$ln=22,r=8,p=1$c2FsdA${base64}"),
        format!("$scrypt$ln=63,r=8,p=1$c2FsdA${base64}"),
        format!("$scrypt$ln=64,r=8,p=1$c2FsdA${base64}"),
        format!("$scrypt$ln=300,r=8,p=1$c2FsdA${base64}"),
        format!("$scrypt$ln=16,r=4294967295,p=4294967295$c2FsdA${base64}"),
        "$2b$16$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m".to_owned(),
        "$2b$31$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m".to_owned(),
        "bcrypt$$2b$31$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m".to_owned(),
        "bcrypt_sha256$$2b$31$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m".to_owned(),
        format!("scrypt:32768:8:1${}${hex}", "s".repeat(400)),
    ] {
        assert!(ForeignHash::parse(&refused).is_none(), "{refused}");
    }
}

#[test]
fn what_is_weak_or_of_another_form_is_refused() {
    let hex = "0".repeat(64);
    let base64 = "A".repeat(43);
    for refused in [
        String::new(),
        "$".repeat(5),
        TYPICAL.to_owned(),
        format!("sha256$salt${hex}"),
        format!("plain$${TYPICAL}"),
        format!("pbkdf2:sha256:1$salt${hex}"),
        format!("pbkdf2:sha256$salt${hex}"),
        format!("pbkdf2:md5:600000$salt${hex}"),
        format!("pbkdf2:sha256:600000$${hex}"),
        "pbkdf2:sha256:600000$salt$".to_owned(),
        "pbkdf2:sha256:600000$salt$00".to_owned(),
        format!("pbkdf2:sha256:600000$salt${hex}$"),
        format!("scrypt$salt${hex}"),
        format!("scrypt:30000:8:1$salt${hex}"),
        format!("scrypt:32768:8$salt${hex}"),
        format!("$pbkdf2$29000$c2FsdA${base64}"),
        format!("$pbkdf2-sha256$i=29000$c2FsdA${base64}"),
        format!("$scrypt$r=8,ln=16,p=1$c2FsdA${base64}"),
        format!("$scrypt$ln=16,r=8,p=1$${base64}"),
        "$scrypt$ln=16,r=8,p=1$c2FsdA$".to_owned(),
        format!("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA${base64}"),
        "md5$salt$0cc175b9c0f1b6a831c399e269772661".to_owned(),
        "{SSHA}AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned(),
        "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0".to_owned(),
        "$6$saltsalt$AAAA".to_owned(),
        "!".to_owned(),
    ] {
        assert!(ForeignHash::parse(&refused).is_none(), "{refused}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[$:,=.a-z0-9]{0,80}|.{0,80}") {
        let _ = ForeignHash::parse(&text);
    }

    #[test]
    fn a_hash_with_any_change_is_read_or_refused(
        which in 0..MADE.len(),
        at in 0_usize..200,
        cut in 0_usize..40,
        put in "[$:,=0-9]{0,12}|.{0,4}",
    ) {
        let made: Vec<char> = MADE[which].hash.chars().collect();
        let at = at.min(made.len());
        let (before, after) = made.split_at(at);
        let after = after.iter().skip(cut).copied();
        let changed: String = before.iter().copied().chain(put.chars()).chain(after).collect();
        let _ = ForeignHash::parse(&changed);
    }
}
