//! How old a member was on a day, as far as a month of birth tells.

use crate::model::scalar::{Date, Month};

/// Whether the age that is meant counts itself: 45岁以下（含本数） or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Who has reached it still counts.
    Included,
    /// Who has reached it does not.
    Excluded,
}

/// Full years on `day` of somebody born in `born`. In the month of birth the birthday is taken to be still to come:
/// nobody is made older than he or she may be.
pub fn years(born: Month, day: Date) -> i32 {
    let before = day.month() <= born.month();
    day.year() - born.year() - i32::from(before)
}

/// Whether somebody born in `born` is at most `age` (or younger than it) on `day`.
pub fn is_young(born: Month, day: Date, age: u32, limit: Limit) -> bool {
    let age = i32::try_from(age).unwrap_or(i32::MAX);
    match limit {
        Limit::Included => years(born, day) <= age,
        Limit::Excluded => years(born, day) < age,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_makes_the_difference() {
        let born: Month = "1979-03".parse().unwrap();
        let at = |day: &str| years(born, day.parse().unwrap());
        assert_eq!(
            [at("2024-02-29"), at("2024-03-31"), at("2024-04-01"), at("2025-04-01")],
            [44, 44, 45, 46]
        );
        let young = |day: &str, limit| is_young(born, day.parse().unwrap(), 45, limit);
        assert!(young("2024-04-01", Limit::Included) && !young("2024-04-01", Limit::Excluded));
        assert!(!young("2025-04-01", Limit::Included) && young("2024-02-29", Limit::Excluded));
    }
}
