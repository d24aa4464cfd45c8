//! What people write as one YAML scalar: dates, times, sums of money.
//!
//! In goes the raw text as it stands in the file, out comes a value that is what it says it is. Text that cannot
//! be read is refused with a [`ScalarError`] whose only content is the id of the rule that explains it.

mod colour;
mod date;
mod date_range;
mod deadline;
mod money;
mod month;
mod period;
mod scan;
mod times;

pub use colour::Colour;
pub use date::{Date, common_year_of_leap_day, is_no_day};
pub use date_range::DateRange;
pub use deadline::{Deadline, LastDay};
pub use money::Money;
pub use month::Month;
pub use period::Period;

use std::fmt;

/// A scalar that cannot be read. It displays as the id of its rule, so that it passes through serde unharmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScalarError {
    /// `model/bad-date` and the like.
    pub rule: &'static str,
}

impl fmt::Display for ScalarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rule)
    }
}

impl std::error::Error for ScalarError {}

/// Reads 年度: four digits, a year that a [`Date`] may have; anything else is `model/bad-year`.
pub(super) fn year<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let text = <String as serde::Deserialize>::deserialize(deserializer)?;
    let year = text.trim().parse().ok().filter(|year| date::YEARS.contains(&i32::from(*year)));
    year.ok_or_else(|| serde::de::Error::custom("model/bad-year"))
}

/// Reads a type from its text for serde, and describes it as a string with `pattern` in the schema. A pattern is
/// there to help an editor: it lets through everything that the type's own `FromStr` accepts.
macro_rules! scalar {
    ($type:ident $(, $pattern:expr)?) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string" $(, "pattern": $pattern)? })
            }
        }
    };
}
use scalar;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::de::value::{Error, StrDeserializer};
    use serde::{Deserialize, de::IntoDeserializer};

    fn accepts<T: schemars::JsonSchema>(text: &str) -> bool {
        let schema = schemars::schema_for!(T).to_value();
        jsonschema::validator_for(&schema).unwrap().is_valid(&text.into())
    }

    #[test]
    fn serde_hands_the_rule_on() {
        let text: StrDeserializer<'_, Error> = "2017-02-30".into_deserializer();
        assert_eq!(Date::deserialize(text).unwrap_err().to_string(), "model/bad-date");
    }

    #[test]
    fn a_pattern_rejects_nothing_that_is_read() {
        for text in [
            "2017-04-19",
            " 2017-4-9 ",
            "2017年4月19日",
            "2017 年 4 月 19 日",
            "2017年04月19日",
            "\u{3000}2017-04-19",
        ] {
            assert!(text.parse::<Date>().is_ok() && accepts::<Date>(text), "{text}");
        }
        for text in ["1968-05", "1968年5月", "1968-05-01", "1968 年 5 月 1 日"] {
            assert!(text.parse::<Month>().is_ok() && accepts::<Month>(text), "{text}");
        }
        for text in ["0", "-1.5", " 12,000.00 ", "1234567890123456.78", "300元", "300 元"] {
            assert!(text.parse::<Money>().is_ok() && accepts::<Money>(text), "{text}");
        }
        assert!(!accepts::<Date>("下周") && !accepts::<Month>("1968") && !accepts::<Money>("1.2万"));
    }

    proptest! {
        #[test]
        fn no_text_makes_a_reader_panic(
            any in ".*",
            near in "[0-9年月日季度上中下旬底末初至到前内第一二三四十—~ 半全个工作自印发之起，,.\\-元]{0,16}",
        ) {
            for text in [&any, &near] {
                let read = |ok: bool| ok;
                read(text.parse::<Date>().is_ok());
                read(text.parse::<DateRange>().is_ok());
                read(text.parse::<Month>().is_ok());
                read(text.parse::<Money>().is_ok());
                if let Ok(deadline) = text.parse::<Deadline>() {
                    prop_assert_eq!(deadline.as_written(), text.trim());
                    deadline.last_day(2017, None);
                }
                if let Ok(period) = text.parse::<Period>() {
                    prop_assert!(period.first_day(2017) <= period.last_day(2017), "{text}");
                }
            }
        }
    }
}
