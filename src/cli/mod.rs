//! The command line. A command makes the same decisions as a page, and ends with one line if it fails.

mod subcommands; // what `group`, `network`, `mail`, `import`, `apply`, `template` and `new` take
mod invitation_arguments; // what `invitation` takes
mod list_arguments; // what `account list` takes
mod account_arguments; // what `account` takes
mod gate_arguments; // what `app snippet` and `app check` take
mod app_arguments; // what `app` takes
mod arguments; // the arguments
mod output; // lines on stdout
mod password; // asked for, or read from stdin
mod handed_over; // a link printed, with its code for a camera
mod lookup; // finds an account by its address; the errors if that fails
mod last_admin; // the warning if no administrator is left
mod launch; // the server launched, announced, ended by a signal
mod serve; // the site itself
mod healthcheck; // whether it is healthy, for a container without a shell
mod key; // a new secret key
mod check_factors; // passkeys and apps that work no more
mod check_groups; // groups that a setting names and that do not exist
mod untrusted; // apps at a site that trusts no proxy
mod check_origins; // apps at addresses that the site takes no longer
mod apply; // a file that says which groups and accounts there are
mod check_start_file; // whether the file of `apply_file` can be applied
mod check; // every setting, and whether the database is sound
mod link; // a one-time link to hand over
mod factors_shown; // the second factors of an account, in lines and as JSON
mod account_show; // what keeps the owner of an account from logging in
mod listing; // the activity of an account, and the members of a group, in pages
mod account_list; // accounts: all, or those that were asked for
mod account_factors; // a lost second factor: a code in its place, or removed
mod account_handle; // what apps call an account
mod account; // accounts: created, listed, changed, deleted
mod group; // groups: created, listed, deleted; who is in them
mod app_shown; // an app behind the proxy, in lines and as JSON
mod app_found; // finds an app by its name; the errors if that fails
mod app_snippet; // what to write into the configuration of a proxy
mod app_check; // asks through the proxy, as strangers might, and says what is wrong
mod app; // apps behind the proxy: added, changed, listed, removed
mod invitation; // invitations: created, listed, revoked, given a new link
mod import; // users of another program, brought along
mod network; // a network that sent too many wrong passwords may try again
mod mail; // sends a test email; lists those that wait
mod backup; // a copy of a database in use
mod moving; // moves a site into another database
mod new; // a new app, from the starter
#[cfg(debug_assertions)]
mod template; // the templates of an app next to ours, for its developer
mod own_command; // a command of an app
mod typed; // what was typed: a command of ours, or one of the app's
mod check_app; // whether an app is put together rightly
mod run; // from a command to its exit status

pub use check_app::check_app;
pub use own_command::AppCommand;
pub use run::run;
