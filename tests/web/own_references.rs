//! Which rows of an app belong to an account: those that refer to it, in one column or several, and those that hang
//! on it by way of others.

use serde_json::json;
use vestibule::base::db::own::tables_of_accounts;

use crate::own_rows::{ids, rows_of};
use crate::support::own_app::{Place, add_account, app_with, change, number};

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
