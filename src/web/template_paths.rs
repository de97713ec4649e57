//! The addresses as templates name them.

use serde::Serialize;

use super::paths;

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
    second: &'static str,
    recovery: &'static str,
    security: &'static str,
    app: &'static str,
    codes: &'static str,
}

/// All of them, for templates.
pub const PATHS: Paths = Paths {
    home: paths::HOME,
    signup: paths::SIGNUP,
    login: paths::LOGIN,
    logout: paths::LOGOUT,
    profile: paths::PROFILE,
    reauthenticate: paths::REAUTHENTICATE,
    forgot: paths::FORGOT,
    unconfirmed: paths::UNCONFIRMED,
    settings: paths::SETTINGS,
    account: paths::ACCOUNT,
    password: paths::PASSWORD,
    email: paths::EMAIL,
    close: paths::CLOSE,
    devices: paths::DEVICES,
    activity: paths::ACTIVITY,
    second: paths::SECOND,
    recovery: paths::RECOVERY,
    security: paths::SECURITY,
    app: paths::APP,
    codes: paths::CODES,
};

/// Addresses that only administrators open: `{{ admin.accounts }}`.
#[derive(Debug, Serialize)]
pub struct AdminPaths {
    accounts: &'static str,
    new_account: &'static str,
    invitations: &'static str,
    new_invitation: &'static str,
    groups: &'static str,
    apps: &'static str,
    new_app: &'static str,
    emails: &'static str,
    activity: &'static str,
    system: &'static str,
}

/// All of them, for templates.
pub const ADMIN: AdminPaths = AdminPaths {
    accounts: paths::ADMIN_ACCOUNTS,
    new_account: paths::ADMIN_NEW_ACCOUNT,
    invitations: paths::ADMIN_INVITATIONS,
    new_invitation: paths::ADMIN_NEW_INVITATION,
    groups: paths::ADMIN_GROUPS,
    apps: paths::ADMIN_APPS,
    new_app: paths::ADMIN_NEW_APP,
    emails: paths::ADMIN_EMAILS,
    activity: paths::ADMIN_ACTIVITY,
    system: paths::ADMIN_SYSTEM,
};

/// Addresses that only forms are sent to: `{{ actions.end_device }}`.
#[derive(Debug, Serialize)]
pub struct Actions {
    invited: &'static str,
    join_invited: &'static str,
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
    login_passkey: &'static str,
    cancel_login: &'static str,
    second_passkey: &'static str,
    reauthenticate_passkey: &'static str,
    two_factor: &'static str,
    new_app: &'static str,
    remove_app: &'static str,
    new_codes: &'static str,
    codes_file: &'static str,
    passkeys: &'static str,
    plain_passkey: &'static str,
    upgrade: &'static str,
    rename_passkey: &'static str,
    remove_passkey: &'static str,
    wake_passkey: &'static str,
}

/// All of them, for templates.
pub const ACTIONS: Actions = Actions {
    invited: paths::INVITED,
    join_invited: paths::JOIN_INVITED,
    switch: paths::SWITCH,
    reset: paths::RESET,
    confirm: paths::CONFIRM,
    change_email: paths::CHANGE_EMAIL,
    restore_email: paths::RESTORE_EMAIL,
    secure: paths::SECURE,
    delete: paths::DELETE,
    cancel_email: paths::CANCEL_EMAIL,
    language: paths::LANGUAGE,
    export: paths::EXPORT,
    end_device: paths::END_DEVICE,
    end_other_devices: paths::END_OTHER_DEVICES,
    login_passkey: paths::LOGIN_PASSKEY,
    cancel_login: paths::CANCEL_LOGIN,
    second_passkey: paths::SECOND_PASSKEY,
    reauthenticate_passkey: paths::REAUTHENTICATE_PASSKEY,
    two_factor: paths::TWO_FACTOR,
    new_app: paths::NEW_APP,
    remove_app: paths::REMOVE_APP,
    new_codes: paths::NEW_CODES,
    codes_file: paths::CODES_FILE,
    passkeys: paths::PASSKEYS,
    plain_passkey: paths::PLAIN_PASSKEY,
    upgrade: paths::UPGRADE,
    rename_passkey: paths::RENAME_PASSKEY,
    remove_passkey: paths::REMOVE_PASSKEY,
    wake_passkey: paths::WAKE_PASSKEY,
};

/// Addresses that a script asks what to ask the browser for: `{{ options.login }}`.
#[derive(Debug, Serialize)]
pub struct Options {
    login: &'static str,
    second: &'static str,
    reauthenticate: &'static str,
    add: &'static str,
    plain: &'static str,
    upgrade: &'static str,
}

/// All of them, for templates.
pub const OPTIONS: Options = Options {
    login: paths::LOGIN_PASSKEY_OPTIONS,
    second: paths::SECOND_OPTIONS,
    reauthenticate: paths::REAUTHENTICATE_OPTIONS,
    add: paths::PASSKEY_OPTIONS,
    plain: paths::PLAIN_OPTIONS,
    upgrade: paths::UPGRADE_OPTIONS,
};
