//! A small reader for the short texts of this module: takes tokens and numbers off the front of a string.

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'t> {
    rest: &'t str,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    /// What has not been read.
    pub(super) fn rest(self) -> &'t str {
        self.rest
    }

    /// Whether everything has been read.
    pub(super) fn done(self) -> bool {
        self.rest.is_empty()
    }

    /// Takes `token` if it stands next.
    pub(super) fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes the first of `tokens` that stands next; of two that begin alike the longer must come first.
    pub(super) fn take_any(&mut self, tokens: &[&str]) -> bool {
        tokens.iter().any(|token| self.take(token))
    }

    /// Takes the first of `table` whose word stands next and gives its value.
    pub(super) fn look_up<T: Copy>(&mut self, table: &[(&str, T)]) -> Option<T> {
        table.iter().find(|(word, _)| self.take(word)).map(|(_, value)| *value)
    }

    /// A number of one to `digits` ASCII digits with no further digit behind it.
    pub(super) fn number(&mut self, digits: usize) -> Option<u32> {
        let end = self.rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        let value = number.parse().ok().filter(|_| number.len() <= digits)?;
        self.rest = rest;
        Some(value)
    }

    /// A number as [`number`](Self::number), or from 一 to 九十九.
    pub(super) fn small_number(&mut self, digits: usize) -> Option<u32> {
        self.number(digits).or_else(|| {
            let tens = self.look_up(&CHINESE_DIGITS);
            let ten = self.take("十");
            match (tens, ten) {
                (Some(tens), true) => Some(tens * 10 + self.look_up(&CHINESE_DIGITS).unwrap_or(0)),
                (None, true) => Some(10 + self.look_up(&CHINESE_DIGITS).unwrap_or(0)),
                (tens, false) => tens,
            }
        })
    }

    /// A year of four digits.
    pub(super) fn year(&mut self) -> Option<i32> {
        let mut ahead = *self;
        let year = ahead.number(4).filter(|it| *it >= 1000)?;
        *self = ahead;
        i32::try_from(year).ok()
    }
}

const CHINESE_DIGITS: [(&str, u32); 9] =
    [("一", 1), ("二", 2), ("三", 3), ("四", 4), ("五", 5), ("六", 6), ("七", 7), ("八", 8), ("九", 9)];

/// `text` without its blanks, ASCII, full-width and no-break; none if a blank parts two ASCII digits, because what
/// is left would be another number.
pub(super) fn compact(text: &str) -> Option<String> {
    let mut compact = String::with_capacity(text.len());
    let mut blank = false;
    for it in text.trim().chars() {
        if matches!(it, ' ' | '\t' | '\u{3000}' | '\u{a0}') {
            blank = true;
            continue;
        }
        if blank && it.is_ascii_digit() && compact.ends_with(|last: char| last.is_ascii_digit()) {
            return None;
        }
        blank = false;
        compact.push(it);
    }
    Some(compact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_both_scripts() {
        for (text, value) in [("7", 7), ("十", 10), ("十五", 15), ("二十", 20), ("九十九", 99), ("三", 3)]
        {
            let mut scan = Scan::new(text);
            assert_eq!(scan.small_number(2), Some(value), "{text}");
            assert!(scan.done());
        }
        assert_eq!(Scan::new("123").number(2), None);
    }

    #[test]
    fn blanks_go_but_never_between_digits() {
        assert_eq!(compact(" 2017 年\u{3000}9 月 ").as_deref(), Some("2017年9月"));
        assert_eq!(compact("2017-04-1 9"), None);
    }
}
