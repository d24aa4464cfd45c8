//! Text as Markdown (`CommonMark` with tables and strike-through) shows it: any text goes in, the same text comes out
//! with a backslash before each character that would be taken for markup. It refuses nothing.

/// What may begin or end markup anywhere in a line.
const ANYWHERE: [char; 12] = ['\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '&'];

/// What may begin markup where a line begins.
const AT_THE_START: [char; 3] = ['-', '+', '='];

/// `text` on one line, without anything that is markup.
pub(super) fn escape(text: &str) -> String {
    let text = text.replace(['\r', '\n', '\t'], " ");
    let text = text.trim();
    let mut out = String::with_capacity(text.len());
    // The sign after the number of a list item: `1.`, `1)`.
    let number = text.chars().take_while(char::is_ascii_digit).count();
    for (index, c) in text.char_indices() {
        let begins = index == 0 && AT_THE_START.contains(&c);
        let numbers = number > 0 && index == number && matches!(c, '.' | ')');
        if ANYWHERE.contains(&c) || begins || numbers {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// What is read in a paragraph of its own; none when it is anything else.
    fn read(markdown: &str) -> Option<String> {
        let mut text = String::new();
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Text(part) => text += &part,
                _ => return None,
            }
        }
        Some(text)
    }

    #[test]
    fn markup_is_shown_as_it_was_written() {
        for text in [
            "# 一",
            "1. 一",
            "2) 二",
            "- 一",
            "+ 一",
            "---",
            "===",
            "> 引",
            "*一*",
            "_a_",
            "`x`",
            "![图](a.jpg)",
            "<b>",
            "&amp;",
            "~~删~~",
            "a | b",
            "\\n",
            "**一。**二",
            "http://a.example/_b_",
            "3.5%",
            "1.内容",
        ] {
            assert_eq!(read(&escape(text)).as_deref(), Some(text), "{}", escape(text));
        }
        assert_eq!(escape("第1. 3.5 元"), "第1. 3.5 元");
    }

    proptest! {
        #[test]
        fn any_line_is_read_back(text in "[\\PC&&[^\\s]][ -~一二。，（）]{0,30}[\\PC&&[^\\s]]") {
            prop_assert_eq!(read(&escape(&text)), Some(text));
        }
    }
}
