//! A sum of money in yuan: `12000`, `12,000.00` or `12000元` in, an exact decimal out.
//!
//! Refused: more than two decimals, exponents, commas that do not part groups of three, 万 and other units, more
//! than sixteen digits before the point. A negative sum is read; whether it may stand is a rule's business.

use super::ScalarError;
use super::scan::compact;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

/// Yuan, exact to the 分. It displays as [`plain`](Money::plain).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(Decimal);

super::scalar!(Money, r"^\s*-?\s*\d[\d,]*(\s*\.\s*\d{1,2})?\s*元?\s*$");

/// Digits before the point; leaves room to add up more lines than a file can have.
const MAX_DIGITS: usize = 16;

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is less than nothing.
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// Both together; none beyond 10²⁶ yuan.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference; none beyond 10²⁶ yuan.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// This sum as a share of `whole` in per cent, with at most one decimal; none of nothing.
    pub fn per_cent_of(self, whole: Self) -> Option<String> {
        let share = self.0.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.0)?;
        Some(share.round_dp(1).normalize().to_string())
    }

    /// The same in tenths of a per cent; none of nothing and of a negative sum.
    pub fn tenths_of(self, whole: Self) -> Option<u32> {
        let share = self.0.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.0)?;
        share.round_dp(1).checked_mul(Decimal::TEN)?.to_u32()
    }

    /// With two decimals and without unit, as in tables: `12000.00`.
    pub fn plain(self) -> String {
        format!("{:.2}", self.0)
    }

    /// With its unit, as in running text: `12000元`, `12000.50元`.
    pub fn yuan(self) -> String {
        let plain = self.plain();
        format!("{}元", plain.strip_suffix(".00").unwrap_or(&plain))
    }
}

/// Stops at the largest sum there is, 10²⁶ yuan, which no file can reach.
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        Self(sums.fold(Decimal::ZERO, |total, it| total.saturating_add(it.0)))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.plain())
    }
}

impl FromStr for Money {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        compact(text).and_then(|it| parse(&it)).ok_or(ScalarError { rule: "model/bad-money" })
    }
}

fn parse(text: &str) -> Option<Money> {
    let text = text.strip_suffix('元').unwrap_or(text);
    let (sign, number) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, decimals) = number.split_once('.').map_or((number, None), |(it, rest)| (it, Some(rest)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.len() > first.len();
    let sound = is_number(first)
        && (first == "0" || !first.starts_with('0'))
        && decimals.is_none_or(|it| is_number(it) && it.len() <= 2)
        && (!grouped || first.len() <= 3 && first != "0")
        && groups.all(|it| is_number(it) && it.len() == 3);
    let whole = whole.replace(',', "");
    if !sound || whole.len() > MAX_DIGITS {
        return None;
    }
    let sum = Decimal::from_str_exact(&format!("{sign}{whole}.{:0<2}", decimals.unwrap_or_default())).ok()?;
    Some(Money(if sum.is_zero() { Decimal::ZERO } else { sum }))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn sums_are_read_and_shown_exactly() {
        for (text, plain, yuan) in [
            ("12000", "12000.00", "12000元"),
            ("12,000.5", "12000.50", "12000.50元"),
            ("1,234,567", "1234567.00", "1234567元"),
            ("0.05", "0.05", "0.05元"),
            ("-300元", "-300.00", "-300元"),
            ("-0", "0.00", "0元"),
            ("1234567890123456.78", "1234567890123456.78", "1234567890123456.78元"),
        ] {
            assert_eq!((money(text).plain(), money(text).yuan()), (plain.into(), yuan.into()), "{text}");
        }
    }

    #[test]
    fn what_is_no_sum_is_refused() {
        for text in [
            "",
            "-",
            "元",
            "1e3",
            "1.234",
            "1.",
            ".5",
            "12,00",
            "1234,567",
            ",123",
            "0,123",
            "1,23.00",
            "012",
            "+5",
            "1.2万",
            "１２",
            "--1",
            "1 2",
            "12345678901234567",
            "¥5",
            "1，000",
        ] {
            assert_eq!(text.parse::<Money>().unwrap_err().rule, "model/bad-money", "{text}");
        }
    }

    #[test]
    fn adding_up_loses_nothing() {
        let total: Money = [money("0.1"), money("0.2"), money("-0.3")].into_iter().sum();
        assert!(total.is_zero());
        assert_eq!(money("1").checked_sub(money("2.5")), Some(money("-1.5")));
        assert!(money("-1.5").is_negative());
        assert_eq!(
            money("9999999999999999.99").checked_add(money("0.01")).unwrap().plain(),
            "10000000000000000.00"
        );
    }

    proptest! {
        #[test]
        fn a_sum_survives_its_form(fen in -9_999_999_999_999_999i64..9_999_999_999_999_999) {
            let sum = Money(Decimal::new(fen, 2));
            prop_assert_eq!(sum.plain().parse(), Ok(sum));
            prop_assert_eq!(sum.yuan().parse(), Ok(sum));
        }
    }
}
