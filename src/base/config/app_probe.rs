//! What a type takes, found out from serde without a value: a deserializer that notes what it is asked for, and gives
//! nothing.

use std::cell::RefCell;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::blank_value::{Blank, Stop};
use crate::base::secret_text;

/// What a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Takes {
    /// A secret.
    Secret,
    /// True or false.
    Truth,
    /// A whole number.
    Whole,
    /// A number that may have a fraction.
    Fraction,
    /// A text, or what else a settings file can hold.
    #[default]
    Other,
}

/// What is found at a path.
#[derive(Default)]
pub(super) struct Found {
    /// What is taken there, or for each item.
    pub(super) takes: Takes,
    /// Whether it is a list of that.
    pub(super) is_list: bool,
    /// Whether each item of that list may take something else: it is a tuple.
    pub(super) is_tuple: bool,
    /// Whether it is a table of that, with any keys.
    pub(super) is_map: bool,
    /// The fields of a struct.
    pub(super) fields: Option<&'static [&'static str]>,
    /// How many parts there are to look into: the fields of a struct, the items of a tuple, the variants of an enum.
    pub(super) parts: usize,
    /// Whether a variant of an enum has values in it.
    pub(super) has_data: bool,
    /// Whether the probe came to the end of the path, and was told what is there. A type that takes anything does not
    /// tell, nor does one that reads all into memory first (`untagged`, `tag`, `flatten`).
    pub(super) is_known: bool,
}

/// How many lists, tables and wrappers may be inside each other. A type may contain itself in this way too.
const NESTED: usize = 16;

/// Finds what a type takes, or a part of it, or a part of that. The path leads there by the places of fields in structs,
/// of items in tuples and of variants in enums.
pub(super) fn probe<S: DeserializeOwned>(path: &[usize]) -> Found {
    let found = RefCell::default();
    // It always fails: there is no value. What it asked for is what counts.
    drop(S::deserialize(Probe { path, found: &found, left: NESTED }));
    found.into_inner()
}

/// Notes what it is asked for, and gives nothing.
#[derive(Clone, Copy)]
struct Probe<'p> {
    path: &'p [usize],
    found: &'p RefCell<Found>,
    /// How many more lists, tables and wrappers it goes into.
    left: usize,
}

impl<'p> Probe<'p> {
    /// The end: this is taken here.
    fn takes(self, takes: Takes) -> Stop {
        let mut found = self.found.borrow_mut();
        found.takes = takes;
        found.is_known = true;
        Stop
    }

    /// The end: there are parts here, each with a place in a longer path.
    fn parts(self, parts: usize) -> Stop {
        self.found.borrow_mut().parts = parts;
        self.takes(Takes::Other)
    }

    /// The place of the part that the path goes on into, and the probe of it. `None` at the end of the path.
    fn part(self) -> Option<(usize, Probe<'p>)> {
        self.path.split_first().map(|(place, path)| (*place, Probe { path, ..self }))
    }

    /// The probe of what a list, a table or a wrapper holds.
    fn inside(self) -> Result<Probe<'p>, Stop> {
        self.left.checked_sub(1).map(|left| Probe { left, ..self }).ok_or(Stop)
    }

    fn tuple<'de, V: Visitor<'de>>(self, items: usize, visitor: V) -> Result<V::Value, Stop> {
        let Some((place, item)) = self.part() else {
            let mut found = self.found.borrow_mut();
            found.is_list = true;
            found.is_tuple = true;
            drop(found);
            return Err(self.parts(items));
        };
        visitor.visit_seq(OneItem { before: place, item: Some(item) })
    }

    /// The probe of what a variant of an enum has in it.
    fn data(self) -> Probe<'p> {
        self.found.borrow_mut().has_data = true;
        self
    }
}

/// Implements what asks for one kind of value.
macro_rules! note {
    ($($takes:ident: $($asked:ident)+;)+) => {$($(
        fn $asked<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
            Err(self.takes(Takes::$takes))
        }
    )+)+};
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Stop;

    note! {
        Truth: deserialize_bool;
        Whole: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
            deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64;
        Fraction: deserialize_f32 deserialize_f64;
        Other: deserialize_char deserialize_str deserialize_string;
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
        Err(Stop)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_some(self.inside()?)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        if name == secret_text::NEWTYPE {
            return Err(self.takes(Takes::Secret));
        }
        visitor.visit_newtype_struct(self.inside()?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.found.borrow_mut().is_list = true;
        visitor.visit_seq(OneItem { before: 0, item: Some(self.inside()?) })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Stop> {
        self.tuple(len, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.found.borrow_mut().is_map = true;
        visitor.visit_map(OneEntry { key: Some(""), value: self.inside()? })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        let Some((place, value)) = self.part() else {
            self.found.borrow_mut().fields = Some(fields);
            return Err(self.parts(fields.len()));
        };
        visitor.visit_map(OneEntry { key: fields.get(place).copied(), value })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        let Some((place, data)) = self.part() else { return Err(self.parts(variants.len())) };
        let Some(name) = variants.get(place) else { return Err(Stop) };
        visitor.visit_enum(OneVariant { name, data })
    }

    serde::forward_to_deserialize_any! {
        bytes byte_buf unit unit_struct identifier ignored_any
    }
}

/// A list with one item, after as many others as are before it in a tuple.
struct OneItem<'p> {
    before: usize,
    item: Option<Probe<'p>>,
}

impl<'de> SeqAccess<'de> for OneItem<'_> {
    type Error = Stop;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Stop> {
        if let Some(left) = self.before.checked_sub(1) {
            self.before = left;
            return seed.deserialize(Blank).map(Some);
        }
        self.item.take().map(|item| seed.deserialize(item)).transpose()
    }
}

/// A table with one entry.
struct OneEntry<'p> {
    key: Option<&'static str>,
    value: Probe<'p>,
}

impl<'de> MapAccess<'de> for OneEntry<'_> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        let Some(key) = self.key.take() else { return Ok(None) };
        let key: StrDeserializer<'static, Stop> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stop> {
        seed.deserialize(self.value)
    }
}

/// A variant of an enum.
struct OneVariant<'p> {
    name: &'static str,
    data: Probe<'p>,
}

impl<'de, 'p> EnumAccess<'de> for OneVariant<'p> {
    type Error = Stop;
    type Variant = Probe<'p>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Probe<'p>), Stop> {
        let name: StrDeserializer<'static, Stop> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.data))
    }
}

impl<'de> VariantAccess<'de> for Probe<'_> {
    type Error = Stop;

    fn unit_variant(self) -> Result<(), Stop> {
        Err(self.takes(Takes::Other))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Stop> {
        seed.deserialize(self.data())
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Stop> {
        self.data().tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.data().deserialize_struct("", fields, visitor)
    }
}
