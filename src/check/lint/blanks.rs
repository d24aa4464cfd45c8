//! Blanks inside Chinese text, and paragraphs that a pasted end of line cut in two. Names set apart (张　明), organs and
//! labels beside each other are right.

use super::Fault;
use super::line::{Line, is_closing, is_han};

/// What never begins a word of its own.
const NEVER_FIRST: [&str; 18] = [
    "并", "的", "了", "和", "与", "等", "及", "或", "听取", "讨论", "审议", "要求", "强调", "指出", "认为",
    "应当", "必须", "召开",
];

/// What never ends one.
const NEVER_LAST: [&str; 12] =
    ["的", "了", "与", "及", "把", "被", "将", "对", "按照", "根据", "关于", "以及"];

/// Ends of the names of organs, which stand beside each other with a blank between.
const ORGANS: &str = "局部委院厅室会办组府央司心所处署行社站校学团队科军党";

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    if !line.text.trim().contains([' ', '\u{3000}']) {
        return;
    }
    let prose = line.end() > 0 && "。；：，".contains(line.at(line.end() - 1));
    let mut at = line.first();
    while at < line.end() {
        if !is_blank(line.at(at)) {
            at += 1;
            continue;
        }
        let end = at + (at..line.end()).take_while(|next| is_blank(line.at(*next))).count();
        let (before, next) = (line.before(at), line.at(end));
        let between = is_han(before) && is_han(next) && parted(line, at, end, prose);
        let pause = is_han(before) && "，。；、".contains(next) && at - line.run_before(at) >= 2;
        if (between || pause && prose) && !line.is_cited(at) {
            faults.push(line.fault("text/blank", at..end).fix(""));
        }
        at = end;
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{A0}')
}

/// Whether the blank `at..end` between two Chinese characters parts what is one.
fn parted(line: &Line<'_>, at: usize, end: usize, prose: bool) -> bool {
    let (from, to) = (line.run_before(at), line.run_behind(end));
    let (left, right) = (line.slice(from..at), line.slice(end..to));
    let (left_length, right_length) = (at - from, to - end);
    let begins = |words: &[&str]| words.iter().any(|word| right.starts_with(word));
    // 第三条 and a label at the beginning are set apart; so are the parts of a date to be filled in.
    let label = from == line.first() && (left.starts_with('第') || left_length <= 2);
    if right_length < 2 || left_length < 2 || "年月日时分号".contains(line.at(end)) {
        return false;
    }
    if prose
        && !label
        && NEVER_LAST.iter().any(|word| left.ends_with(word) && left != *word)
        && left_length >= 4
    {
        return true;
    }
    if prose
        && begins(&NEVER_FIRST)
        && (!label || left_length == 2 && right_length >= 3)
        && !left.starts_with('第')
    {
        return !begins(&[
            "并购",
            "并行",
            "并网",
            "并列",
            "并举",
            "了解",
            "和平",
            "和谐",
            "等级",
            "等待",
            "与会",
            "及时",
            "或者",
            "的确",
            "讨论稿",
        ]);
    }
    let organ = left.ends_with(|c| ORGANS.contains(c));
    let inside = prose && line.end() - line.first() >= 20;
    let bounded = from == line.first() && left_length <= 8;
    inside && !organ && !bounded && left_length >= 5 && right_length >= 5 && end - at == 1
}

/// Words that a paragraph cannot end with.
const OPEN_ENDS: [(&str, &str); 9] = [
    ("的", "目标有是似真"),
    ("和", "总饱共中缓调温平人谐柔祥随"),
    ("与", "参给赋授"),
    ("及", "普涉危波顾企"),
    ("把", ""),
    ("被", ""),
    ("按照", ""),
    ("关于", ""),
    ("、", ""),
];

/// A paragraph that ends in the middle of a sentence which the next one goes on with.
pub(super) fn cut(lines: &[Line<'_>], faults: &mut Vec<Fault>) {
    for pair in lines.windows(2) {
        let (line, next) = (&pair[0], &pair[1]);
        let (end, first) = (line.end(), next.first());
        let long = end - line.first().min(end) >= 12;
        if !long || first == next.len() || super::numbering::numbered(next).is_some() {
            continue;
        }
        let text = line.slice(0..end);
        let indented = next.at(0) == '\u{3000}';
        let open = OPEN_ENDS.iter().any(|(word, not_behind)| {
            let before = text.strip_suffix(word).and_then(|rest| rest.chars().next_back());
            let clause = text.rsplit(['，', '。', '；', '：', '？', '！']).next().unwrap_or_default();
            // 是……的 may end a sentence; a line without any pause may end in a name.
            let ends = match *word {
                "的" => clause.contains('是'),
                "、" => false,
                _ => !text.contains(['，', '。', '；', '、']),
            };
            before.is_some_and(|c| !not_behind.contains(c)) && !ends
        });
        let goes_on = is_han(next.at(first)) || "“《".contains(next.at(first));
        let last = line.at(end - 1);
        let stray =
            "，。、；：".contains(next.at(first)) || is_closing(next.at(first)) && next.at(first) != '’';
        let year =
            text.ends_with('年') && line.before(end - 1).is_ascii_digit() && next.at(first).is_ascii_digit();
        let year =
            year && next.slice(first..next.len().min(first + 3)).contains('月') && !text.contains('月');
        let prose = next.text.contains(['，', '。', '；']) && !line.is_cited(end - 1);
        if prose
            && (open && goes_on && !indented
                || stray && is_han(last)
                || year && is_han(line.at(line.first())))
        {
            faults.push(line.fault("text/cut-line", end - 1..end));
        }
    }
}
