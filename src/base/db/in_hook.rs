//! Marks the time in which a hook of the app works inside a transaction. A file has one writing connection, which that
//! transaction holds: another one, begun in the hook, would wait for itself.

use std::future::Future;

rocket::tokio::task_local! {
    static IN_HOOK: ();
}

/// Runs a hook that was given a transaction. In a debug build, it panics if the hook writes without it.
pub async fn in_hook<F: Future>(hook: F) -> F::Output {
    IN_HOOK.scope((), hook).await
}

/// Panics in a debug build, if a hook is running in this task.
#[track_caller]
pub(super) fn forbid_in_hook() {
    debug_assert!(
        IN_HOOK.try_with(|()| ()).is_err(),
        "in `made` and `leaving`, only `tx` reaches the database: another transaction would wait for this one"
    );
}
