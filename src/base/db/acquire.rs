//! Takes a connection out of a pool. If none is idle, the pool opens another. The server may have no
//! connection left, while one of ours is given back in the meantime. sqlx would ignore that and ask the
//! server again until its timeout.

use std::time::Duration;

use rocket::tokio::select;
use rocket::tokio::time::sleep;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool};

/// How long to wait for a new connection before looking for one that was given back. Opening one usually
/// takes less.
const PATIENCE: Duration = Duration::from_millis(100);

/// Takes a new connection or one that was given back, whichever comes first. The caller sets the timeout.
pub(super) async fn acquire(pool: &AnyPool) -> sqlx::Result<PoolConnection<Any>> {
    loop {
        select! {
            biased;
            connection = pool.acquire() => return connection,
            () = given_back(pool) => {} // the pool tries idle connections first when it is asked again
        }
    }
}

async fn given_back(pool: &AnyPool) {
    loop {
        sleep(PATIENCE).await;
        if pool.num_idle() > 0 {
            return;
        }
    }
}
