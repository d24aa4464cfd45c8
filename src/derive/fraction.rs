//! A share of a number of people, as the regulation words it: two thirds, one half.

/// A share between nothing and all, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    numerator: u32,
    denominator: u32,
}

impl Fraction {
    /// `numerator`/`denominator`; none when the denominator is 0 or the share is more than the whole.
    pub const fn new(numerator: u32, denominator: u32) -> Option<Self> {
        if denominator == 0 || numerator > denominator { None } else { Some(Self { numerator, denominator }) }
    }

    /// The upper number.
    pub const fn numerator(self) -> u32 {
        self.numerator
    }

    /// The lower number.
    pub const fn denominator(self) -> u32 {
        self.denominator
    }

    /// The fewest out of `whole` that are *at least* this share (不少于).
    pub fn at_least(self, whole: u32) -> u32 {
        narrow(self.scaled(whole).div_ceil(u64::from(self.denominator)))
    }

    /// The fewest out of `whole` that are *more than* this share (超过).
    pub fn more_than(self, whole: u32) -> u32 {
        narrow(self.scaled(whole) / u64::from(self.denominator) + 1)
    }

    fn scaled(self, whole: u32) -> u64 {
        u64::from(whole) * u64::from(self.numerator)
    }
}

/// A share of a `u32` fits, but for one more than all of the largest.
fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn shares_agree_with_cross_multiplication() {
        for (numerator, denominator) in [(1, 2), (2, 3), (3, 4), (1, 1), (0, 5)] {
            let share = Fraction::new(numerator, denominator).unwrap();
            for whole in 0..=40u32 {
                for part in 0..=40u32 {
                    let (left, right) = (part * denominator, whole * numerator);
                    assert_eq!(part >= share.at_least(whole), left >= right, "{part} of {whole}");
                    assert_eq!(part >= share.more_than(whole), left > right, "{part} of {whole}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_share_is_refused() {
        assert_eq!(Fraction::new(1, 0), None);
        assert_eq!(Fraction::new(3, 2), None);
        assert_eq!(Fraction::new(1, 1).unwrap().more_than(u32::MAX), u32::MAX);
    }
}
