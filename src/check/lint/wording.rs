//! Words that were left over, said twice, or have no place in such a paper.

use super::Fault;
use super::line::{Line, is_boundary, is_han};
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    twice(line, faults);
    placeholders(line, faults);
    for (offset, _) in line.text.match_indices("其它") {
        let at = line.index(offset);
        if !line.is_cited(at) {
            faults.push(line.fault("text/other-form", at..at + 2));
        }
    }
    for (offset, _) in line.text.match_indices("此页无正文") {
        let at = line.index(offset);
        if !line.is_cited(at) {
            faults.push(line.fault("text/blank-page", at..at + 5));
        }
    }
}

/// Words that nobody says twice, and what turns the first of them into the end of another word.
const TWICE: [(&str, &str); 7] = [
    ("关于关于", ""),
    ("的的", "目标有似"),
    ("进行进行", ""),
    ("以及以及", ""),
    ("应当应当", ""),
    ("按照按照", ""),
    ("根据根据", ""),
];

const KINDS: [&str; 4] = ["通知的通知", "报告的报告", "意见的意见", "请示的请示"];

/// Any of them: most lines have none, and are asked once.
static ANY_TWICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words: Vec<&str> = TWICE.iter().map(|(word, _)| *word).chain(KINDS).collect();
    Regex::new(&words.join("|")).ok()
});

fn twice(line: &Line<'_>, faults: &mut Vec<Fault>) {
    if !ANY_TWICE.as_ref().is_some_and(|any| any.is_match(line.text)) {
        return;
    }
    for (doubled, not_behind) in TWICE {
        for (offset, _) in line.text.match_indices(doubled) {
            let (at, length) = (line.index(offset), doubled.chars().count());
            // 目的的, 的的确确, 根据根据地.
            let other = at > 0 && not_behind.contains(line.before(at))
                || doubled == "的的" && "确士".contains(line.at(at + 2))
                || doubled == "根据根据" && line.at(at + 4) == '地';
            if !other {
                faults.push(line.fault("text/repeated-word", at + length / 2..at + length).fix(""));
            }
        }
    }
    for doubled in KINDS {
        for (offset, _) in line.text.match_indices(doubled) {
            let at = line.index(offset);
            // 《……的通知》的通知 has a mark between.
            if !is_han(line.at(at + 5)) {
                faults.push(line.fault("text/repeated-word", at + 2..at + 5));
            }
        }
    }
}

static EMPTY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("【[ \u{3000}]*】|【[待请][^】]{1,12}】|[（(\\[]待(?:补充|填写|完善|核实|补|填|定)[）)\\]]|TODO|TBD|FIXME").ok()
});

fn placeholders(line: &Line<'_>, faults: &mut Vec<Fault>) {
    if line.has(&['×', 'X', 'x', 'Ｘ']) {
        crosses(line, faults);
    }
    if !line.has(&['【', '待', 'T', 'F']) {
        return;
    }
    for found in EMPTY.as_ref().iter().flat_map(|it| it.find_iter(line.text)) {
        let at = line.index(found.start())..line.index(found.end());
        let word = line.before(at.start).is_ascii_alphanumeric() || line.at(at.end).is_ascii_alphanumeric();
        let is_word = found.as_str().is_ascii() && word;
        if !is_word && !line.is_cited(at.start) {
            faults.push(line.fault("text/placeholder", at));
        }
    }
}

/// Behind these ×× stands for a name that is kept back.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭高林罗郑梁谢宋唐许邓冯韩曹曾彭蔡潘田董袁余叶蒋杜苏魏程吕丁沈姚卢傅钟姜崔谭廖范汪陆贾韦夏邱侯邹熊孟秦江阎薛尹段雷黎史龙陶贺顾毛郝龚邵钱严孔汤";

/// ×× and XX for what was not known yet; ×年×月×日.
fn crosses(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let mut at = 0;
    while at < line.len() {
        let c = line.at(at);
        let run = (at..line.len()).take_while(|next| line.at(*next) == c).count();
        let (before, next) = (line.before(at), line.at(at + run));
        let left_over = match c {
            // 3×4, 138××××5678 and the hybrid × of gardeners stand between signs.
            '×' => {
                let beside = before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric();
                let name = SURNAMES.contains(before) && run <= 2;
                !beside
                    && !name
                    && (run >= 2 || "年月日".contains(next) && next != '\0' && !before.is_ascii_digit())
            }
            'X' | 'x' | 'Ｘ' => {
                let year = line.slice(at.saturating_sub(2)..at) == "20" && next == '年';
                let word = before.is_ascii_alphanumeric() || next.is_ascii_alphanumeric();
                let chinese = is_han(before) && is_han(next) || is_boundary(before) && is_han(next);
                let gene = line.slice(at + run..line.len().min(at + run + 2));
                run >= 2
                    && (year || chinese && !word && !["染色", "型号", "光机"].contains(&gene))
                    && (c != 'x' || year)
            }
            _ => false,
        };
        if left_over && !line.is_cited(at) && !line.is_address(at) {
            faults.push(line.fault("text/placeholder", at..at + run));
        }
        at += run;
    }
}

/// A whole value that says nothing; `awaited` for dates and places, which may not be 待定 either.
pub(super) fn value(line: &Line<'_>, awaited: bool, faults: &mut Vec<Fault>) {
    let (first, end) = (line.first(), line.end());
    let text = line.slice(first..end);
    let empty = !text.is_empty() && text.chars().all(|c| c == '某');
    if empty || awaited && ["待定", "待确定", "另定", "另行通知", "暂定", "未定"].contains(&text)
    {
        faults.push(line.fault("text/placeholder", first..end));
    }
}

static REQUEST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("(?:妥否|当否|可否|是否妥当|以上意见如无不妥|以上请示)[，,]? ?(?:敬请|恳请|请)(?:予)?(?:批示|指示|审批|批复|批准|批转|审示)|请予(?:批复|批准|审批)").ok()
});

/// A report asks for nothing (条例 art. 15(4)).
pub(super) fn request(line: &Line<'_>, faults: &mut Vec<Fault>) {
    for found in REQUEST.as_ref().iter().flat_map(|it| it.find_iter(line.text)) {
        let at = line.index(found.start())..line.index(found.end());
        if !line.is_cited(at.start) {
            faults.push(line.fault("text/request-in-report", at));
        }
    }
}

/// Words of the rulebook that have no place in what is published, but for the words that contain them rightly.
pub(super) fn confidential(line: &Line<'_>, words: &[String], but: &[String], faults: &mut Vec<Fault>) {
    for word in words {
        for (offset, _) in line.text.match_indices(word.as_str()) {
            let span = offset..offset + word.len();
            let harmless = but.iter().any(|harmless| {
                let within = harmless
                    .match_indices(word.as_str())
                    .filter_map(|(from, _)| span.start.checked_sub(from));
                within
                    .into_iter()
                    .any(|from| line.text.get(from..).is_some_and(|rest| rest.starts_with(harmless.as_str())))
            });
            let at = line.index(span.start)..line.index(span.end);
            if !harmless && !line.in_title(at.start) {
                faults.push(line.fault("text/confidential", at));
            }
        }
    }
}
