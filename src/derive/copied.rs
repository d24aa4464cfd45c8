//! Pieces that one text has copied from another, letter by letter. What everybody may say — names, phrases of meetings,
//! what stands in the open too — proves nothing.

use std::collections::HashMap;

/// So many characters in a row are looked up at once; no piece is shorter.
const SEED: usize = 6;

/// The most places of one seed that are followed: a text that repeats itself needs no more.
const PLACES: usize = 8;

/// What must be left of a piece beside what the open texts have of it.
const NEW: usize = 4;

/// No more of a piece is quoted.
const QUOTED: usize = 40;

/// Words of every meeting.
const PHRASES: [&str; 70] = [
    "会议",
    "与会",
    "专家",
    "成员",
    "代表",
    "组长",
    "秘书处",
    "听取",
    "汇报",
    "通报",
    "介绍",
    "说明",
    "情况",
    "审议",
    "审查",
    "讨论",
    "研究",
    "通过",
    "同意",
    "原则",
    "认为",
    "指出",
    "强调",
    "要求",
    "提出",
    "意见",
    "建议",
    "修改",
    "完善",
    "按照",
    "根据",
    "有关",
    "相关",
    "关于",
    "进行",
    "工作",
    "任务",
    "进展",
    "计划",
    "总结",
    "年度",
    "今年",
    "以来",
    "下一步",
    "下半年",
    "上半年",
    "进一步",
    "无记名",
    "投票",
    "表决",
    "方式",
    "协商一致",
    "一致",
    "全体",
    "参加",
    "出席",
    "主持",
    "召开",
    "举办",
    "开展",
    "推进",
    "落实",
    "加强",
    "安排",
    "部署",
    "重点",
    "经费",
    "预算",
    "的",
    "了",
];

/// A text without blanks and the marks of titles and quotations, and where each character stood.
pub(super) struct Bare<'t> {
    text: &'t str,
    chars: Vec<char>,
    offsets: Vec<usize>,
}

impl<'t> Bare<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let kept = text.char_indices().filter(|(_, c)| !is_left_out(*c));
        let (offsets, chars) = kept.unzip();
        Self { text, chars, offsets }
    }

    fn written(&self, from: usize, to: usize) -> String {
        let to = to.min(from + QUOTED);
        let end = self.offsets.get(to - 1).zip(self.chars.get(to - 1)).map_or(0, |(at, c)| at + c.len_utf8());
        let text = &self.text[self.offsets[from]..end];
        let bare = || self.chars[from..to].iter().collect();
        if text.contains('\n') { bare() } else { text.to_owned() }
    }
}

fn is_left_out(c: char) -> bool {
    c.is_whitespace() || "《》〈〉“”‘’「」\"".contains(c)
}

/// The characters of a text that count.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_left_out(*c)).collect()
}

/// What anybody may say: texts that stand in the open, and names.
pub(super) struct Open {
    /// Texts as [`bare`] gives them.
    pub(super) texts: Vec<String>,
    /// Names, the same.
    pub(super) names: Vec<String>,
}

impl Open {
    pub(super) fn says(&self, piece: &str) -> bool {
        self.texts.iter().chain(&self.names).any(|text| text.contains(piece))
    }
}

/// A text in which pieces are looked for.
pub(super) struct Page<'t> {
    text: Bare<'t>,
    seeds: HashMap<[char; SEED], Vec<usize>>,
    /// Which characters are part of a name or a phrase.
    common: Vec<bool>,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str, open: &Open) -> Self {
        let text = Bare::new(text);
        let mut seeds: HashMap<[char; SEED], Vec<usize>> = HashMap::new();
        for (at, window) in text.chars.windows(SEED).enumerate() {
            if let Ok(seed) = <[char; SEED]>::try_from(window) {
                let places = seeds.entry(seed).or_default();
                if places.len() < PLACES {
                    places.push(at);
                }
            }
        }
        let mut common = vec![false; text.chars.len()];
        let plain: String = text.chars.iter().collect();
        let starts: Vec<usize> = plain.char_indices().map(|(start, _)| start).collect();
        let names = open.names.iter().map(String::as_str).filter(|name| name.chars().nth(1).is_some());
        for word in PHRASES.into_iter().chain(names) {
            let length = word.chars().count();
            for (start, _) in plain.match_indices(word) {
                let at = starts.partition_point(|other| *other < start);
                common[at..at + length].fill(true);
            }
        }
        // A day says when, not what.
        let digit = |at: usize| text.chars[at].is_ascii_digit();
        for at in (1..common.len()).rev() {
            let unit = "年月日时分点".contains(text.chars[at]) && digit(at - 1);
            if unit || common[at] && digit(at) && digit(at - 1) {
                common[at] |= unit;
                common[at - 1] = true;
            }
        }
        Self { text, seeds, common }
    }

    /// The first piece of `source` of at least `least` characters that stands here and nowhere in the open.
    pub(super) fn piece(&self, source: &str, least: usize, open: &Open) -> Option<String> {
        let mut sentences = source.split(['。', '；', '！', '？', '\n']);
        sentences.find_map(|sentence| self.of_sentence(&Bare::new(sentence).chars, least, open))
    }

    fn of_sentence(&self, source: &[char], least: usize, open: &Open) -> Option<String> {
        let here = &self.text.chars;
        for (from, window) in source.windows(SEED).enumerate() {
            let Some(places) = <[char; SEED]>::try_from(window).ok().and_then(|seed| self.seeds.get(&seed))
            else {
                continue;
            };
            for &at in places {
                // Only where a piece begins: what follows is part of it.
                if from > 0 && at > 0 && source[from - 1] == here[at - 1] {
                    continue;
                }
                let length = source[from..].iter().zip(&here[at..]).take_while(|(a, b)| a == b).count();
                if let Some((from, to)) = self.telling(at, at + length, least, open) {
                    return Some(self.text.written(from, to));
                }
            }
        }
        None
    }

    /// The piece without marks at its ends, if it is long enough, says something and is not said in the open.
    fn telling(&self, from: usize, to: usize, least: usize, open: &Open) -> Option<(usize, usize)> {
        let here = &self.text.chars;
        let word = |at: &usize| here[*at].is_alphanumeric();
        let (from, to) = ((from..to).find(word)?, (from..to).rev().find(word)? + 1);
        let weigh = |counts: &dyn Fn(usize) -> bool| {
            let digit = |at: usize| here[at].is_ascii_alphanumeric();
            // A number or a foreign word is one character.
            (from..to)
                .filter(|at| word(at) && counts(*at) && !(*at > from && digit(*at) && digit(*at - 1)))
                .count()
        };
        if weigh(&|_| true) < least || weigh(&|at| !self.common[at]) < least / 2 {
            return None;
        }
        let core = (to - from).saturating_sub(NEW - 1).max(1);
        let said = |start: usize| open.says(&here[start..start + core].iter().collect::<String>());
        (!(from..=to - core).any(said)).then_some((from, to))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn open() -> Open {
        let bare = |texts: &[&str]| texts.iter().map(|text| super::bare(text)).collect();
        Open {
            texts: bare(&["审议冷链配送服务认证技术规范", "第二次全体会议", "审议试点企业建议名单并表决"]),
            names: bare(&[
                "城市智慧物流标准化专家组",
                "江苏省市场监督管理局",
                "严伯钧",
                "温如意",
                "石立群",
                "方晓棠",
            ]),
        }
    }

    fn found(source: &str, page: &str, least: usize) -> Option<String> {
        let open = open();
        Page::new(page, &open).piece(source, least, &open)
    }

    #[test]
    fn a_copied_piece_is_found() {
        let body =
            "石立群汇报了遴选情况。共收到11家企业申请，经资格审查，提出苏州甲冷链公司等5家企业的建议名单。";
        let page = "会议认为可行，苏州甲冷链公司等5家企业入选。";
        assert_eq!(found(body, page, 12).as_deref(), Some("苏州甲冷链公司等5家企业"));
        let page = "第一，共收到11家企业申请，\n经资格审查后公布。";
        assert_eq!(found(body, page, 12).as_deref(), Some("共收到11家企业申请，经资格审查"));
        let title = "《冷链配送服务认证试点企业建议名单》";
        let page = "会议通过了冷链配送服务认证试点企业建议名单，";
        assert_eq!(found(title, page, 8).as_deref(), Some("冷链配送服务认证试点企业建议名单"));
    }

    #[test]
    fn what_anybody_may_say_is_none() {
        for (source, page, least) in [
            // Phrases of every meeting.
            ("会议听取了秘书处关于年度工作的汇报，提出三点。", "会议听取了秘书处关于年度工作的汇报。", 12),
            ("会议以无记名投票方式通过了建议名单", "会议以无记名投票方式通过了技术规范", 12),
            // Names.
            ("城市智慧物流标准化专家组研究名单", "城市智慧物流标准化专家组", 8),
            ("江苏省市场监督管理局提出处罚", "江苏省市场监督管理局出席", 8),
            (
                "城市智慧物流标准化专家组第二次全体会议研究",
                "城市智慧物流标准化专家组第二次全体会议在上海召开",
                12,
            ),
            ("严伯钧、温如意、石立群、方晓棠反对", "严伯钧、温如意、石立群、方晓棠出席", 12),
            // Said in the open, with a character that happens to follow.
            ("试点企业建议名单", "会议研究了试点企业建议名单", 8),
            ("冷链配送服务认证试点企业", "冷链配送服务认证试行", 8),
            // Too short.
            ("苏州甲冷链公司入选", "苏州甲冷链公司到会", 12),
            // A date.
            ("2026年8月27日上午9时30分开会", "2026年8月27日上午9时30分", 12),
        ] {
            assert_eq!(found(source, page, least), None, "{source}");
        }
    }
}
