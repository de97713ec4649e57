//! Every address a page links to. A test asks each of them of the running site.

use serde::Serialize;

/// The front page.
pub const HOME: &str = "/";
/// Make an account.
pub const SIGNUP: &str = "/signup";
/// Log in.
pub const LOGIN: &str = "/login";
/// Log out.
pub const LOGOUT: &str = "/logout";
/// The protected page.
pub const PROFILE: &str = "/profile";
/// Give the password again.
pub const REAUTHENTICATE: &str = "/reauthenticate";
/// Where to ask for a reset link.
pub const FORGOT: &str = "/forgot";
/// A new password by such a link.
pub const RESET: &str = "/reset";
/// Prove by a link to read the mail of an address.
pub const CONFIRM: &str = "/confirm";
/// Where to ask for such a link.
pub const UNCONFIRMED: &str = "/confirm/new";
/// Another address for an account, by a link.
pub const CHANGE_EMAIL: &str = "/change-email";
/// The address before it again, by a link.
pub const RESTORE_EMAIL: &str = "/restore-email";
/// The end of every session, by a link.
pub const SECURE: &str = "/secure";
/// The end of the account, by a link.
pub const DELETE: &str = "/delete-account";
/// Where the settings begin.
pub const SETTINGS: &str = "/settings";
/// One's own account.
pub const ACCOUNT: &str = "/settings/account";
/// Another password.
pub const PASSWORD: &str = "/settings/password";
/// Another address.
pub const EMAIL: &str = "/settings/email";
/// A copy of what is held about oneself.
pub const EXPORT: &str = "/settings/export";
/// Close the account.
pub const CLOSE: &str = "/settings/close";
/// Where one is logged in.
pub const DEVICES: &str = "/settings/devices";
/// Log one of these out.
pub const END_DEVICE: &str = "/settings/devices/end";
/// Log all but this one out.
pub const END_OTHER_DEVICES: &str = "/settings/devices/end-others";
/// What happened to one's account.
pub const ACTIVITY: &str = "/settings/activity";
/// Whether the program lives.
pub const HEALTH: &str = "/health";
/// Whether it can serve.
pub const READY: &str = "/ready";
/// Files inside the binary.
pub const STATIC: &str = "/static";

/// The addresses, as templates name them: `{{ paths.login }}`.
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

/// The addresses that a form is sent to and that are no pages: `{{ actions.end_device }}`.
#[derive(Debug, Serialize)]
pub struct Actions {
    reset: &'static str,
    confirm: &'static str,
    change_email: &'static str,
    restore_email: &'static str,
    secure: &'static str,
    delete: &'static str,
    export: &'static str,
    end_device: &'static str,
    end_other_devices: &'static str,
}

/// All of them, for templates.
pub const ACTIONS: Actions = Actions {
    reset: RESET,
    confirm: CONFIRM,
    change_email: CHANGE_EMAIL,
    restore_email: RESTORE_EMAIL,
    secure: SECURE,
    delete: DELETE,
    export: EXPORT,
    end_device: END_DEVICE,
    end_other_devices: END_OTHER_DEVICES,
};
