//! What the tables of an app hold: read for the copy of an account's data, deleted with the account, moved to another
//! database. No list of the tables is needed. Which rows belong to which account is in `own_references`.

use serde_json::{Value, json};
use vestibule::base::db::own::{OwnRows, tables_of_accounts};
use vestibule::base::{Db, Program};

use crate::support::own_app::{Place, add_account, app_with, change, number};

const TABLES: &str = "
    create table app_colors (name text primary key not null);
    insert into app_colors values ('red');
    create table app_lists (id text primary key not null, owner_id text references accounts (id) on delete set null,
        shared_with text references accounts (id) on delete cascade, invitation_key text);
    create table app_items (id bigint primary key not null, account_id text not null references accounts (id)
        on delete cascade, list_id text references app_lists (id) on delete set null,
        before_id bigint references app_items (id) on delete set null,
        \"when\" bigint, weight double precision, text text, secret_hash text);
    create table app_seen (account_id text not null references accounts (id) on delete cascade, page text);
";

fn lists() -> Program {
    app_with!("lists", "0001_lists.sql" => TABLES)
}

/// Two accounts, and rows of each.
async fn fill(db: &Db) {
    for id in ["ada", "bob"] {
        add_account(db, id).await;
    }
    change(db, "insert into app_colors values ('blue')").await;
    change(db, "insert into app_lists values ('1', 'ada', 'bob', 'k'), ('2', 'bob', null, 'k')").await;
    change(
        db,
        "insert into app_items values (9007199254740993, 'ada', '1', null, -1, 0.5, 'Ünï \"x\"', 'h'), \
         (2, 'ada', null, null, null, null, null, null), (3, 'bob', null, null, null, null, 'of Bob', null)",
    )
    .await;
}

/// All rows of an account in a table, and in how many pieces they came.
pub async fn rows_of(db: &Db, account: &str, name: &str) -> (Vec<Value>, usize) {
    let tables = tables_of_accounts(db).await.unwrap();
    let table = tables.iter().find(|table| table.name() == name).unwrap();
    let (mut all, mut pieces, mut after) = (Vec::new(), 0, None);
    loop {
        let OwnRows { rows, next } = table.rows_of(db, account, after.as_ref()).await.unwrap();
        all.extend(rows);
        pieces += 1;
        after = next;
        if after.is_none() {
            return (all, pieces);
        }
    }
}

pub fn ids(rows: &[Value]) -> Vec<i64> {
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[test]
fn the_rows_of_an_account_are_read_as_they_are_without_those_of_others_and_without_secrets() {
    Place::new()
        .with(&lists(), async |db| {
            fill(db).await;
            let tables = tables_of_accounts(db).await.unwrap();
            let names: Vec<_> = tables.iter().map(|table| table.name()).collect();
            assert_eq!(names, ["app_lists", "app_items", "app_seen"], "those that refer to accounts, in order");
            let (items, _) = rows_of(db, "ada", "app_items").await;
            let nothing = json!({ "id": 2, "account_id": "ada", "list_id": null, "before_id": null,
                                  "when": null, "weight": null, "text": null });
            let all = json!({ "id": 9_007_199_254_740_993_i64, "account_id": "ada", "list_id": "1", "before_id": null,
                              "when": -1, "weight": 0.5, "text": "Ünï \"x\"" });
            assert_eq!(items, [nothing, all]);
            assert!(items[1].to_string().contains("9007199254740993"), "with all its digits");
            let (shared, _) = rows_of(db, "bob", "app_lists").await;
            assert_eq!(shared, [json!({ "id": "1", "owner_id": "ada", "shared_with": "bob" })]);
            assert_eq!(rows_of(db, "nobody", "app_items").await, (Vec::new(), 1));
        })
        .unwrap();
}

#[test]
fn many_rows_come_in_pieces_each_once_with_a_key_and_without() {
    let digits = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1001)";
    Place::new()
        .with(&lists(), async |db| {
            add_account(db, "ada").await;
            let items = format!(
                "insert into app_items (id, account_id) {digits} select cast(i as bigint), 'ada' from n"
            );
            let seen = format!(
                "insert into app_seen (account_id, page) {digits} select 'ada', cast(i as text) from n"
            );
            change(db, &items).await;
            change(db, &seen).await;
            for (table, column) in [("app_items", "id"), ("app_seen", "page")] {
                let (rows, pieces) = rows_of(db, "ada", table).await;
                let mut values: Vec<_> = rows.iter().map(|row| row[column].to_string()).collect();
                values.sort();
                values.dedup();
                assert_eq!((rows.len(), values.len(), pieces), (1001, 1001, 3), "{table}");
            }
        })
        .unwrap();
}

#[test]
fn large_rows_come_in_smaller_pieces() {
    Place::new()
        .with(&lists(), async |db| {
            add_account(db, "ada").await;
            let text = "x".repeat(100_000);
            let items = format!(
                "insert into app_items (id, account_id, text) with recursive n(i) as (select 1 union all \
                 select i + 1 from n where i < 61) select cast(i as bigint), 'ada', '{text}' from n"
            );
            change(db, &items).await;
            // The first fifty, then two at a time.
            let (rows, pieces) = rows_of(db, "ada", "app_items").await;
            assert_eq!((rows.len(), pieces), (61, 7));
        })
        .unwrap();
}

#[test]
fn the_rows_of_an_account_go_with_it() {
    Place::new()
        .with(&lists(), async |db| {
            fill(db).await;
            change(db, "insert into app_seen values ('ada', '/')").await;
            change(db, "delete from accounts where id = 'ada'").await;
            assert_eq!(number(db, "select count(*) from app_items").await, 1, "Bob's");
            assert_eq!(number(db, "select count(*) from app_seen").await, 0);
            assert_eq!(number(db, "select count(*) from app_lists where owner_id is null").await, 1);
        })
        .unwrap();
}

#[test]
fn a_move_takes_the_tables_of_the_app_along_there_and_back() {
    let (file, other, back) = (Place::file(), Place::new(), Place::file());
    file.with(&lists(), async |db| {
        fill(db).await;
        // A row refers to one that comes long after it, and the foreign key still holds when all are there.
        change(
            db,
            "insert into app_items (id, account_id) with recursive n(i) as (select 100 union all select i + 1 \
             from n where i < 600) select i, 'ada' from n",
        )
        .await;
        change(db, "update app_items set before_id = 600 where id = 100").await;
    })
    .unwrap();
    let other = other.with_key_of(&file);
    let moved = file.move_to(&other, &lists()).unwrap();
    for line in ["app_colors 2", "app_lists 2", "app_items 504", "app_seen 0", "accounts 2"] {
        assert!(moved.iter().any(|moved| moved == line), "{line}: {moved:?}");
    }
    other
        .with(&lists(), async |db| {
            assert_eq!(number(db, "select before_id from app_items where id = 100").await, 600);
            let wrong = sqlx::query("insert into app_items (id, account_id) values (1, 'nobody')");
            assert!(wrong.execute(db.writer()).await.is_err(), "foreign keys are strict again");
        })
        .unwrap();
    let back = back.with_key_of(&file);
    let again = other.move_to(&back, &lists()).unwrap();
    assert_eq!(again, moved);
    back.with(&lists(), async |db| {
        let (items, _) = rows_of(db, "ada", "app_items").await;
        assert!(items.iter().any(|item| item["text"] == "Ünï \"x\""));
    })
    .unwrap();
}

#[test]
fn a_column_of_another_type_is_refused_before_anything_is_written() {
    let (file, other) = (Place::file(), Place::new());
    file.with(&lists(), async |db| change(db, "alter table app_seen add column at_noon boolean").await)
        .unwrap();
    let before = file.state();
    let refused = file.move_to(&other, &lists()).unwrap_err();
    assert!(refused.starts_with("Nothing was moved"), "{refused}");
    assert!(refused.contains("at_noon of the table app_seen has the type boolean"), "{refused}");
    assert_eq!(other.files(), Vec::<String>::new());
    assert!(before == file.state());
}
