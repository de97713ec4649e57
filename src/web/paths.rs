//! Every address that a page links to. A test requests each of them from a running site.

/// The front page.
pub const HOME: &str = "/";
/// Sign up.
pub const SIGNUP: &str = "/signup";
/// Accept an invitation, with a new account.
pub const INVITED: &str = "/invited";
/// Accept it with the account of the user.
pub const JOIN_INVITED: &str = "/invited/joining";
/// Log in.
pub const LOGIN: &str = "/login";
/// Log out, and on to the login page for another account.
pub const SWITCH: &str = "/login/switch";
/// Log in with a passkey.
pub const LOGIN_PASSKEY: &str = "/login/passkey";
/// What the browser is asked for then.
pub const LOGIN_PASSKEY_OPTIONS: &str = "/login/passkey/options";
/// The second step of a login.
pub const SECOND: &str = "/login/second";
/// Give that login up.
pub const CANCEL_LOGIN: &str = "/login/second/cancel";
/// The second step with a passkey.
pub const SECOND_PASSKEY: &str = "/login/second/passkey";
/// What the browser is asked for then.
pub const SECOND_OPTIONS: &str = "/login/second/options";
/// The second step with a recovery code.
pub const RECOVERY: &str = "/login/recovery";
/// Log out.
pub const LOGOUT: &str = "/logout";
/// The example of a protected page.
pub const PROFILE: &str = "/profile";
/// Prove again who one is.
pub const REAUTHENTICATE: &str = "/reauthenticate";
/// The same with a passkey.
pub const REAUTHENTICATE_PASSKEY: &str = "/reauthenticate/passkey";
/// What the browser is asked for then.
pub const REAUTHENTICATE_OPTIONS: &str = "/reauthenticate/options";
/// Request a link for a new password.
pub const FORGOT: &str = "/forgot";
/// Set a new password with that link.
pub const RESET: &str = "/reset";
/// Confirm an address with a link.
pub const CONFIRM: &str = "/confirm";
/// Request that link.
pub const UNCONFIRMED: &str = "/confirm/new";
/// Change the address of an account, with a link.
pub const CHANGE_EMAIL: &str = "/change-email";
/// Restore the previous address, with a link.
pub const RESTORE_EMAIL: &str = "/restore-email";
/// End every session, with a link.
pub const SECURE: &str = "/secure";
/// Delete the account, with a link.
pub const DELETE: &str = "/delete-account";
/// The start of the settings.
pub const SETTINGS: &str = "/settings";
/// The user's own account.
pub const ACCOUNT: &str = "/settings/account";
/// Change the password.
pub const PASSWORD: &str = "/settings/password";
/// Change the address.
pub const EMAIL: &str = "/settings/email";
/// Cancel a change that was requested.
pub const CANCEL_EMAIL: &str = "/settings/email/cancel";
/// Choose the language of the account.
pub const LANGUAGE: &str = "/settings/language";
/// A copy of all data about the user.
pub const EXPORT: &str = "/settings/export";
/// Delete the account.
pub const CLOSE: &str = "/settings/close";
/// The devices on which the user is logged in.
pub const DEVICES: &str = "/settings/devices";
/// Log out one of them.
pub const END_DEVICE: &str = "/settings/devices/end";
/// Log out all but this one.
pub const END_OTHER_DEVICES: &str = "/settings/devices/end-others";
/// The activity of the account.
pub const ACTIVITY: &str = "/settings/activity";
/// Two-factor authentication: the app, passkeys, recovery codes.
pub const SECURITY: &str = "/settings/security";
/// Turn it on or off.
pub const TWO_FACTOR: &str = "/settings/security/two-factor";
/// Begin to set up an authenticator app.
pub const NEW_APP: &str = "/settings/security/app/new";
/// Set it up.
pub const APP: &str = "/settings/security/app";
/// Remove it.
pub const REMOVE_APP: &str = "/settings/security/app/remove";
/// Begin a new set of recovery codes.
pub const NEW_CODES: &str = "/settings/security/codes/new";
/// Keep it.
pub const CODES: &str = "/settings/security/codes";
/// The same as a file.
pub const CODES_FILE: &str = "/settings/security/codes/file";
/// Add a passkey.
pub const PASSKEYS: &str = "/settings/security/passkeys";
/// What the browser is asked for then.
pub const PASSKEY_OPTIONS: &str = "/settings/security/passkeys/options";
/// Add a security key that cannot log in by itself.
pub const PLAIN_PASSKEY: &str = "/settings/security/passkeys/plain";
/// What the browser is asked for then.
pub const PLAIN_OPTIONS: &str = "/settings/security/passkeys/plain/options";
/// Add a passkey that the browser makes by itself after a login with its password.
pub const UPGRADE: &str = "/settings/security/passkeys/upgrade";
/// What the browser is asked for then.
pub const UPGRADE_OPTIONS: &str = "/settings/security/passkeys/upgrade/options";
/// Rename a passkey.
pub const RENAME_PASSKEY: &str = "/settings/security/passkeys/rename";
/// Remove a passkey.
pub const REMOVE_PASSKEY: &str = "/settings/security/passkeys/remove";
/// Let a passkey that rests log in by itself again.
pub const WAKE_PASSKEY: &str = "/settings/security/passkeys/wake";
/// The accounts, for administrators.
pub const ADMIN_ACCOUNTS: &str = "/admin/accounts";
/// A new account, for administrators.
pub const ADMIN_NEW_ACCOUNT: &str = "/admin/accounts/new";
/// The invitations, for administrators.
pub const ADMIN_INVITATIONS: &str = "/admin/invitations";
/// A new invitation, for administrators.
pub const ADMIN_NEW_INVITATION: &str = "/admin/invitations/new";
/// The groups, for administrators.
pub const ADMIN_GROUPS: &str = "/admin/groups";
/// The apps, for administrators.
pub const ADMIN_APPS: &str = "/admin/apps";
/// A new app, for administrators.
pub const ADMIN_NEW_APP: &str = "/admin/apps/new";
/// The emails that wait, for administrators.
pub const ADMIN_EMAILS: &str = "/admin/emails";
/// What administrators and the command line did.
pub const ADMIN_ACTIVITY: &str = "/admin/activity";
/// The state of the program, for administrators.
pub const ADMIN_SYSTEM: &str = "/admin/system";
/// Whose session it is, for a program that passes on a visitor's cookies.
pub const SESSION: &str = "/session";
/// Whether a request to an app goes on: asked by nginx, which understands 200, 401 and 403.
pub const AUTH_REQUEST: &str = "/gate/auth-request";
/// The same, asked by proxies that pass the answer on to the browser.
pub const FORWARD_AUTH: &str = "/gate/forward-auth";
/// The answer to the browser where nginx was told 401 or 403.
pub const ENTER: &str = "/gate/enter";
/// A browser on its way to an app.
pub const GATE: &str = "/gate";
/// The same, where a cookie did not come back.
pub const GATE_TROUBLE: &str = "/gate/trouble";
/// Whether the program runs.
pub const HEALTH: &str = "/health";
/// Whether it can serve requests.
pub const READY: &str = "/ready";
/// Files embedded in the binary.
pub const STATIC: &str = "/static";

/// Addresses that answer programs in JSON, errors included, though a browser's cookies count there as on a page. No
/// login leads to them.
pub const IN_JSON: &[&str] = &[
    SESSION,
    LOGIN_PASSKEY_OPTIONS,
    SECOND_OPTIONS,
    REAUTHENTICATE_OPTIONS,
    PASSKEY_OPTIONS,
    PLAIN_OPTIONS,
    UPGRADE_OPTIONS,
];

/// Whether a path is the folder of the pages of administrators, or below it. Who is none does not learn there whether an
/// address has a page.
pub fn is_below_admin(path: &str) -> bool {
    path.strip_prefix("/admin").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The page of an account, for administrators.
pub fn admin_account(id: &str) -> String {
    format!("{ADMIN_ACCOUNTS}/{id}")
}

/// The page of an invitation, for administrators.
pub fn admin_invitation(id: &str) -> String {
    format!("{ADMIN_INVITATIONS}/{id}")
}

/// The page of a group, for administrators.
pub fn admin_group(name: &str) -> String {
    format!("{ADMIN_GROUPS}/{name}")
}

/// The page of an app, for administrators: by its name, or by its ID.
pub fn admin_app(name: &str) -> String {
    format!("{ADMIN_APPS}/{name}")
}
