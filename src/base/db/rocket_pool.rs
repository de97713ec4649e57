//! What Rocket asks of the pools of a database that it manages.

use rocket_db_pools::Pool;
use sqlx::Any;
use sqlx::pool::PoolConnection;

use super::pools::Pools;

#[rocket::async_trait]
impl Pool for Pools {
    type Connection = PoolConnection<Any>;
    type Error = rocket_db_pools::Error<sqlx::Error>;

    /// Always fails: only this module opens a database, and it inspects it first.
    async fn init(_: &figment::Figment) -> Result<Self, Self::Error> {
        Err(rocket_db_pools::Error::Config(
            "the database is opened by base::db; `manage` what it gives".to_owned().into(),
        ))
    }

    async fn get(&self) -> Result<Self::Connection, Self::Error> {
        self.reader.acquire().await.map_err(rocket_db_pools::Error::Get)
    }

    /// Does nothing. If rocket_db_pools opens the pool, it calls this when shutdown begins, and running
    /// requests still need the database.
    async fn close(&self) {}
}
