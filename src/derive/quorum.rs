//! Whether enough members came to a plenary (article 14): two numbers in, the reckoning out.

use super::fraction::Fraction;

/// The reckoning of one plenary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    /// 应到: how many members the group had that day.
    pub due: u32,
    /// 实到: how many of them were present, in person or on line; proxies only if the rulebook counts them.
    pub present: u32,
    /// The fewest that had to be present.
    pub needed: u32,
    /// Whether they were.
    pub reached: bool,
}

/// Reckons whether `present` of `due` members are at least `share` of them (article 14: two thirds).
///
/// None when the group had no members that day: there is nothing to reckon.
pub fn quorum(due: u32, present: u32, share: Fraction) -> Option<Quorum> {
    let needed = share.at_least(due);
    (due > 0).then_some(Quorum { due, present, needed, reached: present >= needed })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn two_thirds_of_every_group_up_to_forty() {
        let share = Fraction::new(2, 3).unwrap();
        for due in 1..=40 {
            for present in 0..=due {
                let result = quorum(due, present, share).unwrap();
                assert_eq!(result.reached, present * 3 >= due * 2);
                assert!(result.needed * 3 >= due * 2 && (result.needed - 1) * 3 < due * 2);
            }
        }
    }

    #[test]
    fn eight_of_thirteen_are_too_few() {
        let share = Fraction::new(2, 3).unwrap();
        assert_eq!(quorum(13, 8, share), Some(Quorum { due: 13, present: 8, needed: 9, reached: false }));
        assert_eq!(quorum(0, 0, share), None);
    }
}
