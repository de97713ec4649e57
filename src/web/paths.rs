//! Every address that a page links to. A test requests each of them from a running site.

use serde::Serialize;

/// The front page.
pub const HOME: &str = "/";
/// Sign up.
pub const SIGNUP: &str = "/signup";
/// Log in.
pub const LOGIN: &str = "/login";
/// Log out, and on to the login page for another account.
pub const SWITCH: &str = "/login/switch";
/// Log out.
pub const LOGOUT: &str = "/logout";
/// The example of a protected page.
pub const PROFILE: &str = "/profile";
/// Enter the password again.
pub const REAUTHENTICATE: &str = "/reauthenticate";
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
/// Whose session it is, for a program that passes on a visitor's cookies.
pub const SESSION: &str = "/session";
/// Whether the program runs.
pub const HEALTH: &str = "/health";
/// Whether it can serve requests.
pub const READY: &str = "/ready";
/// Files embedded in the binary.
pub const STATIC: &str = "/static";

/// Addresses that answer programs in JSON, errors included, though a browser's cookies count there as on a page. No
/// login leads to them.
pub const IN_JSON: &[&str] = &[SESSION];

/// The addresses for templates: `{{ paths.login }}`.
#[derive(Debug, Serialize)]
pub struct Paths {
    home: &'static str,
    signup: &'static str,
    login: &'static str,
    logout: &'static str,
    profile: &'static str,
    reauthenticate: &'static str,
    forgot: &'static str,
    unconfirmed: &'static str,
    settings: &'static str,
    account: &'static str,
    password: &'static str,
    email: &'static str,
    close: &'static str,
    devices: &'static str,
    activity: &'static str,
}

/// All of them, for templates.
pub const PATHS: Paths = Paths {
    home: HOME,
    signup: SIGNUP,
    login: LOGIN,
    logout: LOGOUT,
    profile: PROFILE,
    reauthenticate: REAUTHENTICATE,
    forgot: FORGOT,
    unconfirmed: UNCONFIRMED,
    settings: SETTINGS,
    account: ACCOUNT,
    password: PASSWORD,
    email: EMAIL,
    close: CLOSE,
    devices: DEVICES,
    activity: ACTIVITY,
};

/// Addresses that only forms are sent to: `{{ actions.end_device }}`.
#[derive(Debug, Serialize)]
pub struct Actions {
    switch: &'static str,
    reset: &'static str,
    confirm: &'static str,
    change_email: &'static str,
    restore_email: &'static str,
    secure: &'static str,
    delete: &'static str,
    cancel_email: &'static str,
    language: &'static str,
    export: &'static str,
    end_device: &'static str,
    end_other_devices: &'static str,
}

/// All of them, for templates.
pub const ACTIONS: Actions = Actions {
    switch: SWITCH,
    reset: RESET,
    confirm: CONFIRM,
    change_email: CHANGE_EMAIL,
    restore_email: RESTORE_EMAIL,
    secure: SECURE,
    delete: DELETE,
    cancel_email: CANCEL_EMAIL,
    language: LANGUAGE,
    export: EXPORT,
    end_device: END_DEVICE,
    end_other_devices: END_OTHER_DEVICES,
};
