//! The copy that an owner downloads says which second factors the account has, without what they could be used with.

use serde_json::{Value, json};

use crate::support::{PASSWORD, TestSite};

#[test]
fn the_copy_names_second_factors_and_has_no_secret_of_them() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let mut bob = site.visitor();
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    bob.log_in("bob@example.org", PASSWORD);
    for statement in [
        "update accounts set two_factor_since = 1767225601, passkey_user_id = 'SECRET-user' where name = 'Ada'",
        "insert into totp_apps (id, account_id, secret, last_step, failed_codes, created_at, created_by, last_used_at) \
         select 'app', id, 'v1.SECRET-app', 58907520, 3, 1767225602, 'owner', 1767225603 from accounts where name = 'Ada'",
        // The second one rests, and the third one was removed.
        "insert into passkeys (id, account_id, credential_id, public_key, algorithm, rp_id, name, aaguid, transports, counter, \
         backup_eligible, backed_up, user_verified, registration_mode, created_at, created_by, last_used_at, rests_since, removed_at) \
         select '00000000-0000-7000-8000-00000000000' || n, id, 'SECRET-credential-' || n, 'SECRET-key', -7, \
         'login.example.org', 'Passkey ' || n, '00000000000000000000000000000000', 'internal', 7, 1, \
         case n when 1 then 1 else 0 end, 1, 'asked', 1767225604, 'owner', case n when 1 then 1767225605 end, \
         case n when 2 then 1767225606 end, case n when 3 then 1767225607 end from accounts \
         cross join (select 1 as n union all select 2 union all select 3) as numbers where name = 'Ada'",
        "insert into recovery_sets (id, account_id, hash_parameters, created_at, created_by) \
         select 'set', id, 'SECRET-salt', 1767225608, 'owner' from accounts where name = 'Ada'",
        "insert into recovery_codes (set_id, hash) values ('set', 'SECRET-one'), ('set', 'SECRET-two')",
    ] {
        assert!(site.change(statement) > 0, "{statement}");
    }
    let answer = ada.post("/settings/export", "");
    assert!(!answer.body.contains("SECRET") && !answer.body.contains("58907520"), "{}", answer.body);
    let copy: Value = serde_json::from_str(&answer.body).unwrap();
    let passkey = |number: i64, last_used_at: Option<&str>, rests_since: Option<&str>, backed_up: bool| {
        json!({
            "name": format!("Passkey {number}"),
            "domain": "login.example.org",
            "created_at": "2026-01-01T00:00:04Z",
            "last_used_at": last_used_at,
            "rests_since": rests_since,
            "backed_up": backed_up,
        })
    };
    assert_eq!(
        copy["second_factors"],
        json!({
            "two_factor_since": "2026-01-01T00:00:01Z",
            "authenticator_app": {
                "created_at": "2026-01-01T00:00:02Z",
                "last_used_at": "2026-01-01T00:00:03Z",
                "stopped_at": null,
            },
            "passkeys": [
                passkey(1, Some("2026-01-01T00:00:05Z"), None, true),
                passkey(2, None, Some("2026-01-01T00:00:06Z"), false),
            ],
            "recovery_codes_left": 2,
        })
    );
    // Bob has none of them.
    let copy: Value = serde_json::from_str(&bob.post("/settings/export", "").body).unwrap();
    assert_eq!(
        copy["second_factors"],
        json!({ "two_factor_since": null, "authenticator_app": null, "passkeys": [], "recovery_codes_left": null })
    );
}
