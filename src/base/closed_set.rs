//! `closed_set!`: an enum in which each variant has a code, for the database or a cookie. One entry per variant
//! makes the variant, its code, the list of all, and the way back from a code.

/// Defines an enum from one entry per variant: `Variant = "code"`, or `Variant = "code" => facts` if every
/// variant has more to say; the signature after the enum then names the function that returns it. The enum
/// gets `ALL`, `code` and `by_code`. Two variants with the same code do not compile.
macro_rules! closed_set {
    (
        $(#[$about:meta])*
        $vis:vis enum $set:ident { $($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)? }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        $vis enum $set { $($(#[$doc])* $variant),+ }

        impl $set {
            /// All of them, in the order in which they are written.
            #[allow(dead_code, reason = "a set that only this crate sees may need no list")]
            pub const ALL: &'static [$set] = &[$($set::$variant),+];

            /// Its code, which never changes: the database and cookies keep it.
            pub fn code(self) -> &'static str {
                match self { $($set::$variant => $code),+ }
            }

            /// The one with a code. `None` if there is none: another version may know it.
            #[deny(unreachable_patterns, reason = "the second of two variants with the same code")]
            pub fn by_code(code: &str) -> Option<$set> {
                match code { $($code => Some($set::$variant),)+ _ => None }
            }
        }
    };
    (
        $(#[$about:meta])*
        $vis:vis enum $set:ident { $($(#[$doc:meta])* $variant:ident = $code:literal => $facts:expr),+ $(,)? }
        $(#[$returns:meta])*
        $fn_vis:vis fn $function:ident(self) -> $type:ty;
    ) => {
        $crate::base::closed_set::closed_set! {
            $(#[$about])*
            $vis enum $set { $($(#[$doc])* $variant = $code),+ }
        }

        impl $set {
            $(#[$returns])*
            $fn_vis fn $function(self) -> $type {
                match self { $($set::$variant => $facts),+ }
            }
        }
    };
}
pub(crate) use closed_set;

#[cfg(test)]
mod tests {
    closed_set! {
        /// The seasons with an R.
        enum Season {
            /// When it is warm.
            Summer = "summer" => 25,
            /// When it is cold.
            Winter = "winter" => -5,
        }
        /// Degrees.
        fn degrees(self) -> i32;
    }

    #[test]
    fn the_list_the_codes_and_the_facts_are_those_of_the_entries() {
        assert_eq!(Season::ALL, [Season::Summer, Season::Winter]);
        assert_eq!(Season::ALL.iter().map(|season| season.degrees()).collect::<Vec<_>>(), [25, -5]);
        for &season in Season::ALL {
            assert_eq!(Season::by_code(season.code()), Some(season));
        }
        assert_eq!((Season::by_code("Summer"), Season::by_code("")), (None, None));
    }
}
