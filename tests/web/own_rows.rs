//! What the tables of an app hold: read for the copy of an account's data, deleted with the account, moved to another
//! database. No list of the tables is needed.

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

/// Tables with several references to accounts, and names of columns that tell of secrets.
const OWNERS: &str = "
    create table app_doors (account_id text primary key not null references accounts (id) on delete cascade,
        \"Pass_KEY\" text, password text, \"apiToken\" text, client_secret text, code_hash text, token_count bigint,
        keys bigint);
    create table app_letters (id bigint primary key not null,
        sender_id text not null references accounts (id) on delete cascade,
        account_id text not null references accounts (id) on delete cascade);
    create table app_orders (id bigint primary key not null,
        account_id text references accounts (id) on delete set null);
    create table app_prices (id bigint primary key not null,
        changed_by text references accounts (id) on delete set null);
    create table app_rooms (id bigint primary key not null,
        host_id text not null references accounts (id) on delete cascade,
        cleaned_by text references accounts (id) on delete set null);
";

/// Tables whose rows hang on an account by way of others.
const NESTED: &str = "
    create table app_lists (id text primary key not null,
        account_id text not null references accounts (id) on delete cascade);
    create table app_items (id bigint primary key not null,
        list_id text not null references app_lists on delete cascade,
        before_id bigint references app_items (id) on delete cascade);
    create table app_marks (item_id bigint not null references app_items (id) on delete cascade,
        list_id text references app_lists (id) on delete cascade, mark text not null);
    create table app_remarks (id bigint primary key not null,
        item_id bigint not null references app_items (id) on delete cascade,
        account_id text not null references accounts (id) on delete cascade);
    create table app_hints (id bigint primary key not null,
        list_id text references app_lists (id) on delete set null);
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
async fn rows_of(db: &Db, account: &str, name: &str) -> (Vec<Value>, usize) {
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

fn ids(rows: &[Value]) -> Vec<i64> {
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
fn a_row_with_several_references_is_in_the_copy_of_one_account() {
    Place::new()
        .with(&app_with!("lists", "0001_owners.sql" => OWNERS), async |db| {
            for id in ["ada", "bob"] {
                add_account(db, id).await;
            }
            change(db, "insert into app_doors values ('ada', 'a', 'b', 'c', 'd', 'e', 6, 7)").await;
            change(db, "insert into app_letters values (1, 'ada', 'bob'), (2, 'bob', 'ada')").await;
            change(db, "insert into app_orders values (1, 'ada'), (2, null)").await;
            change(db, "insert into app_prices values (1, 'ada')").await;
            change(db, "insert into app_rooms values (1, 'ada', 'bob'), (2, 'bob', 'ada')").await;
            let tables = tables_of_accounts(db).await.unwrap();
            let names: Vec<_> = tables.iter().map(|table| table.name()).collect();
            assert_eq!(names, ["app_doors", "app_letters", "app_orders", "app_rooms"]);
            for (account, letter, room) in [("ada", 2, 1), ("bob", 1, 2)] {
                let (letters, _) = rows_of(db, account, "app_letters").await;
                assert_eq!(ids(&letters), [letter], "those of `account_id`: {letters:?}");
                let (rooms, _) = rows_of(db, account, "app_rooms").await;
                assert_eq!(ids(&rooms), [room], "those that go with the account: {rooms:?}");
            }
            let (orders, _) = rows_of(db, "ada", "app_orders").await;
            assert_eq!(ids(&orders), [1]);
            let (doors, _) = rows_of(db, "ada", "app_doors").await;
            assert_eq!(doors, [json!({ "account_id": "ada", "token_count": 6, "keys": 7 })]);
        })
        .unwrap();
}

#[test]
fn a_table_with_two_owners_stops_the_start() {
    let two = app_with!("lists", "0001_messages.sql" => "create table app_messages (id text primary key not null, \
        sender_id text not null references accounts (id) on delete cascade, \
        recipient_id text not null references accounts (id) on delete cascade)");
    let refused = Place::new().start(&two).unwrap_err();
    let words = "of the table app_messages both refer to accounts with `on delete cascade`. Call one of them";
    assert!(refused.contains(words) && !refused.trim().contains('\n'), "{refused}");
    assert!(refused.contains("sender_id") && refused.contains("recipient_id"), "{refused}");
}

#[test]
fn rows_that_hang_on_an_account_by_way_of_others_are_in_its_copy_once_and_go_with_it() {
    Place::new()
        .with(&app_with!("lists", "0001_nested.sql" => NESTED), async |db| {
            for id in ["ada", "bob"] {
                add_account(db, id).await;
            }
            change(db, "insert into app_lists values ('a', 'ada'), ('b', 'bob')").await;
            change(db, "insert into app_items values (1, 'a', null), (2, 'b', null), (3, 'a', 1)").await;
            change(db, "insert into app_marks values (1, 'a', 'by both'), (3, null, 'by its item'), (2, 'b', 'of Bob')")
                .await;
            change(db, "insert into app_remarks values (1, 1, 'bob'), (2, 2, 'ada')").await;
            change(db, "insert into app_hints values (1, 'a')").await;
            let tables = tables_of_accounts(db).await.unwrap();
            let names: Vec<_> = tables.iter().map(|table| table.name()).collect();
            assert_eq!(names, ["app_lists", "app_items", "app_marks", "app_remarks"], "not the hints");
            let (items, _) = rows_of(db, "ada", "app_items").await;
            assert_eq!(ids(&items), [1, 3]);
            let (marks, _) = rows_of(db, "ada", "app_marks").await;
            let marks: Vec<_> = marks.iter().map(|row| row["mark"].as_str().unwrap()).collect();
            assert_eq!(marks, ["by both", "by its item"]);
            let (remarks, _) = rows_of(db, "ada", "app_remarks").await;
            assert_eq!(ids(&remarks), [2], "hers, not those about her item");
            // In pieces as well.
            let digits = "with recursive n(i) as (select 10 union all select i + 1 from n where i < 209)";
            let many = format!(
                "insert into app_items (id, list_id) {digits} select cast(i as bigint), \
                 case when i < 110 then 'a' else 'b' end from n"
            );
            change(db, &many).await;
            let (items, pieces) = rows_of(db, "ada", "app_items").await;
            let mut read = ids(&items);
            read.dedup();
            assert_eq!((items.len(), read.len(), pieces), (102, 102, 2));
            change(db, "delete from accounts where id = 'ada'").await;
            for (table, left) in [("app_lists", 1), ("app_items", 101), ("app_marks", 1), ("app_remarks", 0)] {
                assert_eq!(number(db, &format!("select count(*) from {table}")).await, left, "{table}");
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
