//! Types that are text in the database: a row is read into the type itself, and bound from it.

/// Makes a type a column of text, by how it is written and how it is read. A text that cannot be read is an error
/// of the query.
macro_rules! text_column {
    ($column:ty, $write:expr, $read:expr) => {
        impl sqlx::Type<sqlx::Any> for $column {
            fn type_info() -> sqlx::any::AnyTypeInfo {
                <String as sqlx::Type<sqlx::Any>>::type_info()
            }
        }

        impl<'r> sqlx::Decode<'r, sqlx::Any> for $column {
            fn decode(value: sqlx::any::AnyValueRef<'r>) -> Result<$column, sqlx::error::BoxDynError> {
                let read: fn(&str) -> Option<$column> = $read;
                let text = <&str as sqlx::Decode<'r, sqlx::Any>>::decode(value)?;
                read(text).ok_or_else(|| concat!("it is not a valid ", stringify!($column)).into())
            }
        }

        impl sqlx::Encode<'_, sqlx::Any> for $column {
            fn encode_by_ref(
                &self,
                buffer: &mut <sqlx::Any as sqlx::Database>::ArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                let write: fn(&$column) -> String = $write;
                <String as sqlx::Encode<'_, sqlx::Any>>::encode(write(self), buffer)
            }
        }
    };
}

pub(crate) use text_column;
