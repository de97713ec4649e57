//! The condition in a statement that an account is an administrator's, for the statements that cannot ask
//! `people::groups`: those of accounts and of sessions, which know no groups otherwise.

/// That the account of this ID, a column or a parameter, is in the group of administrators.
macro_rules! is_admin {
    ($account:literal) => {
        concat!(
            "exists (select 1 from memberships where memberships.account_id = ",
            $account,
            " and memberships.group_name = '",
            $crate::base::config::group_list::admins!(),
            "')"
        )
    };
}
pub(crate) use is_admin;

#[cfg(test)]
mod tests {
    use crate::base::config::group_list::ADMINS;

    #[test]
    fn the_condition_is_one_text_for_a_statement() {
        let expected = "exists (select 1 from memberships where memberships.account_id = $1 \
                        and memberships.group_name = 'admins')";
        assert_eq!(is_admin!("$1"), expected);
        assert!(expected.contains(&format!("'{ADMINS}'")));
    }
}
