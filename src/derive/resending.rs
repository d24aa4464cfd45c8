//! Sending again what came back (退回补正): a 报送 goes in, what it lacks as a new version comes out.
//!
//! Records that were kept and records that begin anew with each version are both understood.

use crate::model::scalar::Date;
use crate::model::{Dispatch, Submission};

/// What a 报送 lacks that was returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resending {
    /// The last day on which it came back.
    pub returned: Option<Date>,
    /// The version that it should be sent as.
    pub version: u16,
    /// The keys that still tell of the version returned: 版次, 替代, 日期, 文号.
    pub stale: Vec<&'static str>,
}

/// None when nothing came back, or the letter is that of a new version.
pub fn resending(submission: &Submission) -> Option<Resending> {
    let back = || submission.dispatches.iter().filter(|dispatch| dispatch.returned.is_some());
    let times = u16::try_from(back().count()).ok().filter(|times| *times > 0)?;
    let day = |dispatch: &crate::model::Dispatch| dispatch.returned.as_ref()?.date.or(dispatch.date);
    let returned = back().filter_map(day).max();
    let version = submission.version.unwrap_or(1);
    let replaces = submission.replaces.as_deref().is_some_and(|text| !text.trim().is_empty());
    let old_letter = submission.date.is_some_and(|date| returned.is_some_and(|returned| date < returned));
    let old_number = old_letter && submission.number.is_some();
    let stale = [("版次", version <= times), ("替代", !replaces), ("日期", old_letter), ("文号", old_number)];
    let stale: Vec<&str> = stale.iter().filter(|(_, stale)| *stale).map(|(key, _)| *key).collect();
    (!stale.is_empty()).then(|| Resending { returned, version: version.max(times.saturating_add(1)), stale })
}

/// Whether the present version was sent.
pub fn is_sent(submission: &Submission) -> bool {
    submission.dispatches.iter().any(|dispatch| dispatch.date.is_some() && is_of_now(submission, dispatch))
}

/// Whether the present version was sent and did not come back.
pub fn went_out(submission: &Submission) -> bool {
    is_sent(submission) && resending(submission).is_none()
}

/// A 报送 as it was before its present version was sent.
#[must_use]
pub fn before_sending(submission: &Submission) -> Submission {
    let mut before = submission.clone();
    before.dispatches.retain(|dispatch| !is_of_now(submission, dispatch));
    before
}

/// What went out before the letter was dated was an older version.
fn is_of_now(submission: &Submission, dispatch: &Dispatch) -> bool {
    let since = submission.date.filter(|_| submission.version.is_some_and(|version| version > 1));
    since.is_none_or(|since| dispatch.date.is_some_and(|day| day >= since))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::Returned;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn back(sent: &str, returned: &str) -> Dispatch {
        let returned = Returned { date: Some(date(returned)), reason: None };
        Dispatch { date: Some(date(sent)), returned: Some(returned), ..Dispatch::default() }
    }

    fn letter(day: &str, version: Option<u16>, dispatches: Vec<Dispatch>) -> Submission {
        Submission { date: Some(date(day)), version, dispatches, ..Submission::default() }
    }

    fn stale(submission: &Submission) -> Vec<&'static str> {
        resending(submission).map(|it| it.stale).unwrap_or_default()
    }

    #[test]
    fn what_came_back_goes_out_as_a_new_version() {
        let once = vec![back("2026-01-20", "2026-01-25")];
        let first = letter("2026-01-19", None, once.clone());
        assert_eq!(stale(&first), ["版次", "替代", "日期"]);
        assert_eq!(resending(&first).unwrap().version, 2);
        let replaces = Some("ABCD".into());
        let second = Submission { replaces, ..letter("2026-01-25", Some(2), once.clone()) };
        assert_eq!(resending(&second), None);
        let twice = [once, vec![back("2026-01-26", "2026-01-28")]].concat();
        let again = Submission { dispatches: twice, ..second.clone() };
        assert_eq!((stale(&again), resending(&again).unwrap().version), (vec!["版次", "日期"], 3));
        // Records that begin anew: the letter itself came back.
        let anew = Submission { dispatches: vec![back("2026-01-26", "2026-01-28")], ..second };
        assert_eq!(stale(&anew), ["日期"]);
        let numbered = Submission { number: Some("某〔2026〕1号".into()), ..anew };
        assert_eq!(stale(&numbered), ["日期", "文号"]);
        assert_eq!(resending(&letter("2026-01-19", None, Vec::new())), None);
    }

    #[test]
    fn a_new_version_is_sent_from_its_letter_on() {
        let sent = |day: &str| Dispatch { date: Some(date(day)), ..Dispatch::default() };
        assert!(is_sent(&letter("2026-01-21", None, vec![sent("2026-01-20")])));
        let old = vec![back("2026-01-20", "2026-01-25")];
        assert!(!is_sent(&letter("2026-01-26", Some(2), old.clone())));
        let again = letter("2026-01-26", Some(2), [old.clone(), vec![sent("2026-01-26")]].concat());
        assert!(is_sent(&again));
        assert_eq!(before_sending(&again).dispatches, old);
        assert!(before_sending(&letter("2026-01-21", None, vec![sent("2026-01-20")])).dispatches.is_empty());
    }
}
