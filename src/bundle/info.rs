//! `bag-info.txt` (RFC 8493, 2.2.2): labels and values go in and out, as one text. Nothing is refused:
//! line ends and control characters in a value become blanks, so that no value can pass for a label.

use chrono::NaiveDate;

/// The label of ours that carries the check code.
pub const CHECK_CODE: &str = "Check-Code";

/// What a bag says about itself, in the order in which it was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BagInfo {
    fields: Vec<(String, String)>,
}

impl BagInfo {
    /// A description with the day on which the bag was made, and nothing else.
    pub fn dated(day: NaiveDate) -> Self {
        Self::default().field("Bagging-Date", &day.format("%Y-%m-%d").to_string())
    }

    /// The same description with one more field; a label may come more than once, an empty value is
    /// left out.
    ///
    /// The usual labels are `Source-Organization`, `Contact-Name`, `External-Description`,
    /// `External-Identifier`, `Bag-Group-Identifier` and `Internal-Sender-Description`.
    #[must_use]
    pub fn field(mut self, label: &str, value: &str) -> Self {
        let (label, value) = (one_line(label).replace(':', ""), one_line(value));
        if !label.is_empty() && !value.is_empty() {
            self.fields.push((label, value));
        }
        self
    }

    /// The first value under a label; capital and small letters are the same.
    pub fn get(&self, label: &str) -> Option<&str> {
        self.iter().find(|(name, _)| name.eq_ignore_ascii_case(label)).map(|(_, value)| value)
    }

    /// All fields, as label and value, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(label, value)| (label.as_str(), value.as_str()))
    }

    /// The text of the file. A value stays on one line however long it is: programs do not agree on
    /// how a folded one is put together again, and between Chinese characters a blank is wrong.
    pub(super) fn to_text(&self) -> String {
        self.iter().flat_map(|(label, value)| [label, ": ", value, "\n"]).collect()
    }

    /// Reads a file by whatever program; a line that begins with a blank goes on with the value before
    /// it, one without a colon is passed over.
    pub(super) fn parse(text: &str) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in text.lines() {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((label, value)) = line.split_once(':') {
                fields.push((label.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Self { fields }
    }
}

/// A text without line ends and control characters, and with single blanks.
fn one_line(text: &str) -> String {
    let blanked: String = text.chars().map(|c| if is_break(c) { ' ' } else { c }).collect();
    // Full-width blanks stay: they are part of the text.
    blanked.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_pass_for_a_label() {
        let info = BagInfo::default()
            .field("Source-Organization", "专家组\r\nPayload-Oxum: 0.0\u{2028}秘书处")
            .field("Contact-Name", " \n");
        assert_eq!(info.to_text(), "Source-Organization: 专家组 Payload-Oxum: 0.0 秘书处\n");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let day = NaiveDate::from_ymd_opt(2017, 10, 31).unwrap();
        let info = BagInfo::dated(day).field("External-Description", "2017年度工作总结：第一版");
        assert_eq!(BagInfo::parse(&info.to_text()), info);
        assert_eq!(info.get("bagging-date"), Some("2017-10-31"));
    }

    #[test]
    fn folded_values_of_other_programs_are_joined() {
        let info = BagInfo::parse("Contact-Name : Li\r\n\tLei\r\nno colon\r\nX:\r\n");
        assert_eq!(info.iter().collect::<Vec<_>>(), [("Contact-Name", "Li Lei"), ("X", "")]);
    }
}
