//! A block of prose, one paragraph a line, as blocks of a page.
//!
//! A line that begins with 一、（一）1. or （1） is a heading that stands alone, a heading whose paragraph runs on, or
//! numbered text; every other line is a paragraph. Blanks around lines go, empty lines go, nothing else is changed:
//! a number stays as it was written, and what is wrong with it is for lint to say.

use super::page::Block;

/// A heading that stands alone has at most this many characters, its number included.
const HEADING: usize = 30;

/// The first sentence of a run-in heading has at most this many characters, its number left out and its 。 counted.
/// Headings of official papers stay well below; the first sentences of numbered body text seldom do.
const RUN_IN: usize = 20;

/// The blocks of `text`.
pub fn blocks(text: &str) -> Vec<Block> {
    text.lines().map(|it| it.trim_matches(is_blank)).filter(|it| !it.is_empty()).map(block).collect()
}

/// Blanks of all widths, those without any included.
fn is_blank(it: char) -> bool {
    it.is_whitespace() || matches!(it, '\u{feff}' | '\u{200b}')
}

fn block(line: &str) -> Block {
    let Some(Numbered { level, rest }) = numbered(line) else { return paragraph(line) };
    if let Some(stop) = sentence(rest) {
        let (head, text) = line.split_at(line.len() - rest.len() + stop);
        let text = text.trim_start_matches(is_blank);
        return if rest[..stop].chars().count() <= RUN_IN && !text.is_empty() && !is_listing(&rest[..stop]) {
            Block::RunIn { level, head: head.to_owned(), text: text.to_owned() }
        } else {
            paragraph(line)
        };
    }
    // A point that ends like part of a list is text, however short.
    let open = line.ends_with(['；', ';', '，', ',', '、']);
    if open || rest.is_empty() || line.chars().count() > HEADING {
        return paragraph(line);
    }
    Block::Heading { level, text: line.to_owned() }
}

fn paragraph(line: &str) -> Block {
    Block::Paragraph { text: line.to_owned() }
}

/// Where the first sentence ends, behind its 。 and the marks that close with it; none when there is no 。.
fn sentence(text: &str) -> Option<usize> {
    let stop = text.find('。')? + '。'.len_utf8();
    let closing = text[stop..].find(|it| !"”’）》」』".contains(it)).unwrap_or(text.len() - stop);
    Some(stop + closing)
}

/// Whether a sentence announces or lists something, which no heading does.
fn is_listing(sentence: &str) -> bool {
    sentence.contains(['：', ':', '；', ';'])
}

/// A line with a number of one of the four levels.
struct Numbered<'t> {
    level: u8,
    /// What follows the number.
    rest: &'t str,
}

fn numbered(line: &str) -> Option<Numbered<'_>> {
    let bracketed = line.strip_prefix(['（', '(']).and_then(|inner| {
        let (number, rest) = inner.split_once(['）', ')'])?;
        let number = number.trim_matches(is_blank);
        match (is_chinese(number), is_arabic(number)) {
            (true, _) => Some((2, rest)),
            (_, true) => Some((4, rest)),
            _ => None,
        }
    });
    let plain = || {
        let end = line.find(|it: char| !it.is_ascii_digit() && !CHINESE.contains(it))?;
        let (number, rest) = line.split_at(end);
        if is_chinese(number) {
            return Some((1, rest.strip_prefix('、')?));
        }
        let rest = rest.strip_prefix(['.', '．', '、'])?;
        (is_arabic(number) && !rest.starts_with(|it: char| it.is_ascii_digit())).then_some((3, rest))
    };
    let (level, rest) = bracketed.or_else(plain)?;
    Some(Numbered { level, rest: rest.trim_start_matches(is_blank) })
}

const CHINESE: &str = "一二三四五六七八九十";

/// From 一 to 九十九.
fn is_chinese(number: &str) -> bool {
    (1..=3).contains(&number.chars().count()) && number.chars().all(|it| CHINESE.contains(it))
}

/// From 1 to 99.
fn is_arabic(number: &str) -> bool {
    number.len() <= 2 && !number.starts_with('0') && number.parse::<u8>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(text: &str) -> Vec<String> {
        let kind = |it: &Block| match it {
            Block::Heading { level, text } => format!("H{level} {text}"),
            Block::RunIn { level, head, text } => format!("R{level} {head}|{text}"),
            Block::Paragraph { text } => format!("P {text}"),
            _ => "?".into(),
        };
        blocks(text).iter().map(kind).collect()
    }

    #[test]
    fn headings_of_the_four_levels() {
        assert_eq!(
            kinds("一、总体要求\n（一）指导思想\n1.研究\n（1）标准\n正文。"),
            ["H1 一、总体要求", "H2 （一）指导思想", "H3 1.研究", "H4 （1）标准", "P 正文。"]
        );
    }

    #[test]
    fn other_ways_to_write_a_number_are_the_same_level() {
        assert_eq!(
            kinds("(二)工作重点\n2．宣传\n3、培训\n(2)试点\n（三） 工作要求\n十二、附则\n12. 其他"),
            [
                "H2 (二)工作重点",
                "H3 2．宣传",
                "H3 3、培训",
                "H4 (2)试点",
                "H2 （三） 工作要求",
                "H1 十二、附则",
                "H3 12. 其他"
            ]
        );
    }

    #[test]
    fn a_short_first_sentence_runs_in() {
        assert_eq!(
            kinds("（一）加强组织领导。各成员单位要高度重视，明确分工。"),
            ["R2 （一）加强组织领导。|各成员单位要高度重视，明确分工。"]
        );
        assert_eq!(kinds("1. 深入推进“放管服”。 简化材料。"), ["R3 1. 深入推进“放管服”。|简化材料。"]);
        assert_eq!(kinds("2.落实“谁主管谁负责。”分工到人。"), ["R3 2.落实“谁主管谁负责。”|分工到人。"]);
    }

    #[test]
    fn numbered_body_text_stays_text() {
        for line in [
            "1. 会议听取了秘书处关于2017年上半年工作进展情况和下半年工作安排的汇报。会议认为，开局良好。",
            "（二）一句话到底没有下文。",
            "（1）张三负责标准研究；",
            "1.分工如下：一组研究。二组试点。",
            "一、这一行虽然没有句号但是比三十个字还要长得多因此它不是独立成行的标题而是正文",
        ] {
            assert_eq!(kinds(line), [format!("P {line}")]);
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_text() {
        for line in [
            "1.5万元",
            "2017年工作",
            "2017.计划",
            "一是加强研究",
            "（试行）",
            "（2017）5号",
            "1.1 背景",
            "一、",
            "1)标准",
            "（一",
            "0.目的",
            "12",
        ] {
            assert_eq!(kinds(line), [format!("P {line}")]);
        }
    }

    #[test]
    fn blanks_and_empty_lines_go() {
        assert_eq!(
            kinds("\u{3000}\u{3000}第一段。 \r\n\n \u{3000}\n\u{200b}第二段。\t"),
            ["P 第一段。", "P 第二段。"]
        );
        assert_eq!(kinds(" \n"), [""; 0]);
    }

    proptest! {
        #[test]
        fn no_text_is_lost(text in "([一二十1-9（）().．、。；： \u{3000}\n会议要求]|.){0,60}") {
            let bare = |it: &str| it.chars().filter(|it| !is_blank(*it)).collect::<String>();
            let shown: String = blocks(&text).into_iter().map(|it| match it {
                Block::Heading { text, .. } | Block::Paragraph { text } => text,
                Block::RunIn { head, text, .. } => head + &text,
                _ => String::new(),
            }).collect();
            prop_assert_eq!(bare(&shown), bare(&text));
        }
    }
}
