//! Whether a vote carried (article 17): the numbers of one vote in, the reckoning and its contradictions out.
//!
//! Read as follows: valid voters are measured against the members taking part, ayes against *all* members of the
//! group. Whoever steps aside (回避, article 11) is no valid voter and stays in both denominators, unless the switch
//! 回避仍计入分母 takes him or her out of both.

use super::fraction::Fraction;

/// The numbers of one vote, as the minutes state them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Votes {
    /// All members of the group that day, those who step aside included.
    pub members: u32,
    /// The members taking part in the meeting (全部参加人数), those who step aside included.
    pub taking_part: u32,
    /// Members taking part who step aside for this item.
    pub recused: u32,
    /// Valid voters (有效表决人数).
    pub valid: u32,
    /// 同意.
    pub ayes: u32,
    /// 反对.
    pub noes: u32,
    /// 弃权.
    pub abstentions: u32,
}

/// What becomes of those who step aside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Recused {
    /// They stay in both denominators.
    #[default]
    Counted,
    /// They leave both.
    LeftOut,
}

/// The shares that the regulation asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BallotTerms {
    /// Valid voters are *at least* this share of the members taking part (two thirds).
    pub valid: Fraction,
    /// Ayes are *more than* this share of all members (one half).
    pub ayes: Fraction,
    /// 回避仍计入分母.
    pub recused: Recused,
}

/// The reckoning of one vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// The numbers it was reckoned from.
    pub votes: Votes,
    /// The members that ayes are measured against.
    pub members: u32,
    /// The members taking part that valid voters are measured against.
    pub taking_part: u32,
    /// Ayes, noes and abstentions together.
    pub ballots: u64,
    /// The fewest valid voters that were needed.
    pub valid_needed: u32,
    /// The fewest ayes that were needed.
    pub ayes_needed: u32,
    /// What the numbers contradict each other in; if anything, the result means little.
    pub contradictions: Vec<Contradiction>,
}

/// A way in which the numbers of a vote cannot all be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contradiction {
    /// More members take part than the group has.
    TakingPartOverMembers,
    /// Valid voters and those who step aside are more than take part.
    ValidOverTakingPart,
    /// More ballots than valid voters.
    BallotsOverValid,
}

impl Ballot {
    /// Reckons one vote.
    pub fn new(votes: Votes, terms: BallotTerms) -> Self {
        let ballots = [votes.ayes, votes.noes, votes.abstentions].map(u64::from).iter().sum();
        let accounted = u64::from(votes.valid) + u64::from(votes.recused);
        let contradictions = [
            (votes.taking_part > votes.members, Contradiction::TakingPartOverMembers),
            (accounted > u64::from(votes.taking_part), Contradiction::ValidOverTakingPart),
            (ballots > u64::from(votes.valid), Contradiction::BallotsOverValid),
        ];
        let left_out = if terms.recused == Recused::LeftOut { votes.recused } else { 0 };
        let members = votes.members.saturating_sub(left_out);
        let taking_part = votes.taking_part.saturating_sub(left_out);
        Self {
            votes,
            members,
            taking_part,
            ballots,
            valid_needed: terms.valid.at_least(taking_part),
            ayes_needed: terms.ayes.more_than(members),
            contradictions: contradictions.into_iter().filter_map(|(is, what)| is.then_some(what)).collect(),
        }
    }

    /// Whether there were enough valid voters for the vote to count.
    pub fn is_valid(&self) -> bool {
        self.votes.valid >= self.valid_needed
    }

    /// Whether there were enough ayes.
    pub fn has_majority(&self) -> bool {
        self.votes.ayes >= self.ayes_needed
    }

    /// Whether the item was passed: both conditions together.
    pub fn carried(&self) -> bool {
        self.is_valid() && self.has_majority()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn terms() -> BallotTerms {
        reading(Recused::Counted)
    }

    fn reading(recused: Recused) -> BallotTerms {
        BallotTerms { valid: Fraction::new(2, 3).unwrap(), ayes: Fraction::new(1, 2).unwrap(), recused }
    }

    #[test]
    fn every_vote_of_every_group_up_to_forty() {
        for members in 1..=40u32 {
            for taking_part in 0..=members {
                for recused in 0..=taking_part.min(4) {
                    for valid in 0..=taking_part - recused {
                        for ayes in [0, valid / 2, valid.saturating_sub(1), valid] {
                            every_reading(Votes {
                                members,
                                taking_part,
                                recused,
                                valid,
                                ayes,
                                noes: valid - ayes,
                                abstentions: 0,
                            });
                        }
                    }
                }
            }
        }
    }

    /// Against cross multiplication, with the recused in both denominators and out of both.
    fn every_reading(votes: Votes) {
        for (recused, out) in [(Recused::Counted, 0), (Recused::LeftOut, votes.recused)] {
            let (all, here) = (votes.members - out, votes.taking_part - out);
            let ballot = Ballot::new(votes, reading(recused));
            assert_eq!(ballot.carried(), votes.valid * 3 >= here * 2 && votes.ayes * 2 > all, "{votes:?}");
            assert_eq!(ballot.contradictions, [], "{votes:?}");
        }
    }

    #[test]
    fn a_recused_member_may_leave_both_denominators() {
        let votes =
            Votes { members: 12, taking_part: 9, recused: 3, valid: 6, ayes: 5, noes: 1, abstentions: 0 };
        let ballot = Ballot::new(votes, reading(Recused::LeftOut));
        assert_eq!((ballot.taking_part, ballot.members), (6, 9));
        assert_eq!((ballot.valid_needed, ballot.ayes_needed), (4, 5));
        assert!(ballot.carried() && !Ballot::new(votes, terms()).carried());
    }

    #[test]
    fn a_recused_member_stays_in_both_denominators() {
        let votes =
            Votes { members: 12, taking_part: 9, recused: 3, valid: 6, ayes: 6, noes: 0, abstentions: 0 };
        let ballot = Ballot::new(votes, terms());
        assert_eq!((ballot.valid_needed, ballot.ayes_needed), (6, 7));
        assert!(ballot.is_valid() && !ballot.has_majority() && !ballot.carried());
    }

    #[test]
    fn numbers_that_cannot_all_be_true_are_named() {
        let votes =
            Votes { members: 8, taking_part: 9, recused: 1, valid: 9, ayes: 8, noes: 1, abstentions: 1 };
        assert_eq!(
            Ballot::new(votes, terms()).contradictions,
            [
                Contradiction::TakingPartOverMembers,
                Contradiction::ValidOverTakingPart,
                Contradiction::BallotsOverValid
            ]
        );
    }

    #[test]
    fn huge_numbers_do_not_overflow() {
        let all = u32::MAX;
        let votes = Votes {
            members: all,
            taking_part: all,
            recused: all,
            valid: all,
            ayes: all,
            noes: all,
            abstentions: all,
        };
        assert_eq!(Ballot::new(votes, terms()).ballots, 3 * u64::from(all));
    }
}
