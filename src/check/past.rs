//! What the 记录 of a sending tell of up to a day: they and the day go in, how far the paper has come comes out.

use super::due::first_sent;
use super::standing::State;
use crate::model::Dispatch;
use crate::model::scalar::Date;

/// The state that the records of a paper tell of, on that day.
pub(super) fn state_on(dispatches: &[Dispatch], day: Date) -> State {
    Past::of(dispatches, day).state
}

/// What the records say up to a day.
pub(super) struct Past {
    pub(super) state: State,
    pub(super) sent: Option<Date>,
    pub(super) paper: Option<Date>,
    pub(super) received: Option<Date>,
    pub(super) reason: Option<String>,
}

impl Past {
    /// The state is that of the last thing that happened.
    pub(super) fn of(dispatches: &[Dispatch], today: Date) -> Self {
        let mut events: Vec<(Date, usize, u8, State)> = Vec::new();
        for (index, dispatch) in dispatches.iter().enumerate() {
            let answered = dispatch.received.is_some() || dispatch.receipt.is_some();
            let received = dispatch.received.or(dispatch.date).filter(|_| answered);
            let returned = dispatch.returned.as_ref().and_then(|it| it.date.or(dispatch.date));
            let days =
                [(dispatch.date, State::Sent), (received, State::Received), (returned, State::Returned)];
            let dated = days.into_iter().zip(0u8..);
            events.extend(dated.filter_map(|((day, state), order)| Some((day?, index, order, state))));
        }
        events.retain(|(day, ..)| *day <= today);
        let last = events.iter().max_by_key(|(day, index, order, _)| (*day, *index, *order));
        let (index, state) = last.map_or((None, State::Open), |(_, index, _, state)| (Some(*index), *state));
        let current = index.and_then(|index| dispatches.get(index));
        let returned = current.and_then(|it| it.returned.as_ref()).filter(|_| state == State::Returned);
        let until_now = |day: &Date| *day <= today;
        Self {
            state,
            sent: current.and_then(|it| it.date).or(first_sent(dispatches)).filter(until_now),
            paper: current
                .map_or(dispatches, std::slice::from_ref)
                .iter()
                .filter_map(|it| it.paper)
                .filter(until_now)
                .max(),
            received: current.and_then(|it| it.received).filter(|_| state == State::Received),
            reason: returned.and_then(|it| it.reason.as_ref()).map(ToString::to_string),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::Returned;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn sent(day: &str) -> Dispatch {
        Dispatch { date: Some(date(day)), ..Dispatch::default() }
    }

    fn state(dispatches: &[Dispatch], today: &str) -> State {
        Past::of(dispatches, date(today)).state
    }

    #[test]
    fn the_last_sending_is_shown() {
        let returned = Some(Returned { date: Some(date("2026-01-25")), reason: None });
        let first = Dispatch { returned, paper: Some(date("2026-01-21")), ..sent("2026-01-20") };
        let past = Past::of(&[first.clone(), sent("2026-01-26")], date("2026-02-01"));
        assert_eq!((past.sent, past.paper, past.state), (Some(date("2026-01-26")), None, State::Sent));
        let past = Past::of(&[first, sent("2026-01-26")], date("2026-01-25"));
        assert_eq!((past.sent, past.paper), (Some(date("2026-01-20")), Some(date("2026-01-21"))));
    }

    #[test]
    fn the_last_thing_that_happened_is_the_state() {
        let returned = |day: Option<&str>| Some(Returned { date: day.map(date), reason: None });
        let received = Dispatch { received: Some(date("2026-01-22")), ..sent("2026-01-20") };
        let back = Dispatch { returned: returned(Some("2026-01-25")), ..received.clone() };
        let twice = [back.clone(), sent("2026-01-26")];
        assert_eq!(state(&[], "2026-12-31"), State::Open);
        assert_eq!(state(&twice, "2026-01-19"), State::Open);
        assert_eq!(state(&twice, "2026-01-21"), State::Sent);
        assert_eq!(state(&twice, "2026-01-22"), State::Received);
        assert_eq!(state(&twice, "2026-01-25"), State::Returned);
        assert_eq!(state(&twice, "2026-01-26"), State::Sent);
        // Sent once more before it came back: that one came back too.
        assert_eq!(state(&[back, sent("2026-01-24")], "2026-12-31"), State::Returned);
        let code = Dispatch { receipt: Some("R1".into()), ..sent("2026-01-20") };
        assert_eq!(state(std::slice::from_ref(&code), "2026-12-31"), State::Received);
        let undated = Dispatch { returned: returned(None), ..code };
        assert_eq!(state(&[undated], "2026-12-31"), State::Returned);
        let on_paper_only = Dispatch { paper: Some(date("2026-01-20")), ..Dispatch::default() };
        assert_eq!(state(&[on_paper_only], "2026-12-31"), State::Open);
    }
}
