//! What stands in a cell, with its type: as a page shows it, as a line of data holds it, as a value of JSON.

use crate::model::Text;
use crate::model::scalar::{Date, DateRange, Money};
use serde_json::Value;

/// One cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    /// Nothing is known or written.
    #[default]
    Empty,
    /// There can be nothing here: was no member yet, is not in the budget.
    Dash,
    /// Words.
    Text(String),
    /// How many.
    Number(u32),
    /// A share, in tenths of a per cent.
    Share(u32),
    /// Yuan.
    Money(Money),
    /// A day.
    Date(Date),
    /// One day or several in a row.
    Days(DateRange),
}

impl Cell {
    /// Words, or nothing.
    pub fn text(text: Option<&Text>) -> Self {
        text.map_or(Self::Empty, |text| Self::words(&**text))
    }

    /// Words, or nothing when there are none.
    pub fn words(text: impl AsRef<str>) -> Self {
        let text = text.as_ref().trim();
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// `part` of `whole`; nothing of nothing.
    pub fn share(part: u32, whole: u32) -> Self {
        let (part, whole) = (u64::from(part), u64::from(whole));
        let tenths = (part * 2000 + whole).checked_div(whole * 2);
        tenths.and_then(|tenths| u32::try_from(tenths).ok()).map_or(Self::Dash, Self::Share)
    }

    /// Whether it is a figure, which stands right in its column.
    pub fn is_figure(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Share(_) | Self::Money(_))
    }

    /// As a page and a text show it: `2017年4月19日`, `83.3%`.
    pub fn shown(&self) -> String {
        match self {
            Self::Share(tenths) => format!("{}%", tenth(*tenths)),
            Self::Date(date) => date.to_string(),
            Self::Days(days) => days.to_string(),
            _ => self.plain(),
        }
    }

    /// As a line of data holds it: `2017-04-19`, `2017-09-21/2017-09-22` (ISO 8601), `12000.50`, `83.3`.
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Dash => "—".to_owned(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Share(tenths) => tenth(*tenths),
            Self::Money(money) => money.plain(),
            Self::Date(date) => date.iso(),
            Self::Days(days) if days.first() == days.last() => days.first().iso(),
            Self::Days(days) => format!("{}/{}", days.first().iso(), days.last().iso()),
        }
    }

    /// As a value: figures are numbers, dates ISO texts, what is not there null. A sum is exact as a number up to
    /// fifteen digits, which is more than any budget has.
    pub fn json(&self) -> Value {
        match self {
            Self::Empty | Self::Dash => Value::Null,
            Self::Number(number) => Value::from(*number),
            Self::Share(_) | Self::Money(_) => self.plain().parse::<f64>().map_or(Value::Null, Value::from),
            _ => Value::from(self.plain()),
        }
    }
}

impl From<Option<Date>> for Cell {
    fn from(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }
}

fn tenth(tenths: u32) -> String {
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_three_forms() {
        for (cell, shown, plain, json) in [
            (Cell::Empty, "", "", "null"),
            (Cell::Dash, "—", "—", "null"),
            (Cell::Number(7), "7", "7", "7"),
            (Cell::share(5, 6), "83.3%", "83.3", "83.3"),
            (Cell::share(2, 3), "66.7%", "66.7", "66.7"),
            (Cell::share(1, 1), "100%", "100", "100.0"),
            (Cell::share(0, 0), "—", "—", "null"),
            (Cell::Money("12000.5".parse().unwrap()), "12000.50", "12000.50", "12000.5"),
            (Cell::Date("2017-04-19".parse().unwrap()), "2017年4月19日", "2017-04-19", "\"2017-04-19\""),
            (
                Cell::Days("2017-09-21至2017-09-22".parse().unwrap()),
                "2017年9月21日至22日",
                "2017-09-21/2017-09-22",
                "\"2017-09-21/2017-09-22\"",
            ),
        ] {
            assert_eq!((&*cell.shown(), &*cell.plain(), &*cell.json().to_string()), (shown, plain, json));
        }
    }
}
