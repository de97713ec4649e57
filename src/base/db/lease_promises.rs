//! What a lease guarantees, tested on a server.
#![cfg(test)]

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Executor};

use super::deadline::Deadline;
use super::holder::OpenPurpose;
use super::lease::{Lease, take};

/// A pool on tables in the test's own schema, with this name, if the tests have a server.
async fn tables(schema: &'static str) -> Option<AnyPool> {
    let server = std::env::var("VESTIBULE_TEST_DATABASE_URL").ok()?;
    sqlx::any::install_default_drivers();
    let here: &'static str = format!("set search_path to {schema}; set lock_timeout = 300").leak();
    let pool = AnyPoolOptions::new().max_connections(3).after_connect(move |connection, _| {
        Box::pin(async move { connection.execute(here).await.map(drop) })
    });
    let pool = pool.connect(&server).await.unwrap();
    let make = format!(
        "drop schema if exists {schema} cascade; create schema {schema}; \
         create table open_by (id text primary key, host text, process bigint, purpose text, exclusive bigint, \
         created_at bigint, seen_at bigint); create table meta (name text, value text)"
    );
    pool.execute(&*make.leak()).await.unwrap();
    Some(pool)
}

async fn leased(pool: &AnyPool) -> Lease {
    take(&mut pool.acquire().await.unwrap(), OpenPurpose::Serve).await.unwrap().unwrap()
}

async fn rows(pool: &AnyPool) -> i64 {
    sqlx::query_scalar("select count(*) from open_by").fetch_one(pool).await.unwrap()
}

#[rocket::async_test]
async fn no_renewal_puts_a_row_back_that_was_let_go() {
    let Some(pool) = tables("lease_let_go").await else { return };
    let lease = leased(&pool).await;
    assert_eq!((lease.turn(&pool).await.unwrap().unwrap(), rows(&pool).await), (None, 1));
    // Its row is gone, as after half a minute. It comes back.
    lease.delete(&pool).await.unwrap();
    assert_eq!((lease.turn(&pool).await.unwrap().unwrap(), rows(&pool).await), (None, 1));
    lease.release(&pool, Deadline::NONE).await.unwrap();
    assert!(lease.turn(&pool).await.is_none());
    assert_eq!(rows(&pool).await, 0);
}

#[rocket::async_test]
async fn while_a_transaction_commits_nobody_takes_its_row_away_and_it_is_renewed() {
    let Some(pool) = tables("lease_fence").await else { return };
    let lease = leased(&pool).await;
    let mut transaction = pool.begin().await.unwrap();
    lease.fence(&mut transaction).await.unwrap();
    pool.execute("update open_by set seen_at = 0").await.unwrap();
    let waits = take(&mut pool.acquire().await.unwrap(), OpenPurpose::Move).await;
    let code = waits.unwrap_err().as_database_error().and_then(|error| Some(error.code()?.into_owned()));
    assert_eq!(code.as_deref(), Some("55P03"), "it waited for the lock");
    assert_eq!((lease.turn(&pool).await.unwrap().unwrap(), rows(&pool).await), (None, 1));
    pool.execute("update open_by set seen_at = 0").await.unwrap();
    transaction.commit().await.unwrap();
    let _alone = take(&mut pool.acquire().await.unwrap(), OpenPurpose::Move).await.unwrap().unwrap();
    let mut late = pool.begin().await.unwrap();
    assert!(lease.fence(&mut late).await.is_err(), "it was taken for dead");
    assert!(lease.turn(&pool).await.unwrap().unwrap().unwrap().contains("moves the database"));
}
