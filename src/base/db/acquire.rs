//! A connection out of a pool. Where the pool has none it opens one more; but its server may have none left, and those who were
//! here before give theirs back meanwhile. sqlx would go on asking the server until the time is over, beside them.

use std::time::Duration;

use rocket::tokio::select;
use rocket::tokio::time::sleep;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool};

/// So long a new connection is waited for before one that was given back is looked for. Opening one mostly takes less.
const PATIENCE: Duration = Duration::from_millis(100);

/// A connection, whichever comes first: one that is opened, or one that was given back. The caller sets an end to it.
pub(super) async fn acquire(pool: &AnyPool) -> sqlx::Result<PoolConnection<Any>> {
    loop {
        select! {
            biased;
            connection = pool.acquire() => return connection,
            () = given_back(pool) => {} // the pool takes it first, when it is asked anew
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
