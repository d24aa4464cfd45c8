//! Marks that are doubled, wrong in form or in the wrong place (GB/T 15834—2011): full stop, 省略号, 破折号, 、等.

use super::Fault;
use super::line::{Line, is_closing, is_han, is_opening, is_pause};

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let mut at = 0;
    while at < line.len() {
        let c = line.at(at);
        let run = (at..line.len()).take_while(|next| line.at(*next) == c).count();
        match c {
            '.' => stop(line, at, at + run, faults),
            '。' if run > 2 => dots(line, at, at + run, faults),
            '…' => dots(line, at, at + run, faults),
            '-' | '—' | '－' | '─' => dash(line, at, at + run, faults),
            '•' | '・' | '･' | '∙' | '⋅' | '‧' => dot(line, at, at + run, faults),
            _ => {}
        }
        if is_single(c) {
            let end = doubled(line, at, at + run, faults);
            if end > at + run {
                at = end;
                continue;
            }
        }
        if c == '。' && run == 1 && is_closing(line.at(at + 1)) && line.at(at + 2) == '。' {
            let fault = line.fault("text/doubled-mark", at + 2..at + 3);
            // Behind a bracket it is the first that may be too many.
            faults.push(if line.at(at + 1) == '”' { fault.fix("") } else { fault });
        }
        if c == '、' && line.at(at + 1) == '等' && ends_list(line, at + 2) {
            faults.push(line.fault("text/mark-before-deng", at..at + 1).fix(""));
        }
        at += run;
    }
}

/// Marks of which one is enough.
fn is_single(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '、')
}

/// The full-width twin of a half-width pause.
fn wide(c: char) -> char {
    match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        c => c,
    }
}

/// Whether a half-width mark stands beside another pause, so that it is one too many and not only of the wrong width.
pub(super) fn is_doubled(line: &Line<'_>, at: usize, end: usize) -> bool {
    let other = |c: char| is_single(wide(c)) && !c.is_ascii_alphanumeric();
    other(line.before(at)) || other(line.at(end))
}

/// `at..end` holds the same mark; another one behind it, or itself again, is too many. Returns behind all that was seen.
fn doubled(line: &Line<'_>, at: usize, end: usize, faults: &mut Vec<Fault>) -> usize {
    let next = line.at(end);
    let c = line.at(at);
    if is_single(wide(next)) && !line.is_address(end) {
        let behind = (end..line.len()).take_while(|next| is_single(wide(line.at(*next)))).count();
        let same = (at..end + behind).all(|place| wide(line.at(place)) == c);
        let fault = line.fault("text/doubled-mark", at..end + behind);
        faults.push(if same { fault.fix(c.to_string()) } else { fault });
        return end + behind;
    }
    if end - at == 2 || end - at > 2 && c != '。' {
        let earlier = is_single(wide(line.before(at))) && at > 0;
        if !earlier {
            faults.push(line.fault("text/doubled-mark", at + 1..end).fix(""));
        }
    } else if at > 0
        && is_single(wide(line.before(at)))
        && !is_single(line.before(at))
        && !line.is_address(at - 1)
    {
        // A half-width mark before it, which this rule has not met.
        let fault = line.fault("text/doubled-mark", at - 1..end);
        faults.push(if wide(line.before(at)) == c { fault.fix(c.to_string()) } else { fault });
    }
    end
}

/// A point behind a Chinese character: alone a full stop, several of them an ellipsis.
fn stop(line: &Line<'_>, at: usize, end: usize, faults: &mut Vec<Fault>) {
    let (before, next) = (line.before(at), line.at(end));
    if line.is_address(at) {
        return;
    }
    if end - at >= 3 {
        // Leaders of a table of contents end in a page number.
        let leads =
            line.slice(end..line.end()).trim().bytes().all(|b| b.is_ascii_digit()) && end < line.end();
        if (is_han(before) || is_closing(before) || before == '，') && !next.is_ascii_alphanumeric() && !leads
            || is_han(next) && at == line.first()
        {
            faults.push(line.fault("text/ellipsis", at..end).fix("……"));
        }
        return;
    }
    let closes = end == line.end() || is_closing(next);
    let long = at - line.run_before(at) >= 3 || is_closing(before) && before != '》';
    let last = (is_han(before) || is_closing(before)) && closes && long;
    let inside = || is_han(before) && is_han(next) && parts_sentences(line, at);
    if end - at == 1 && (last || inside()) {
        faults.push(line.fault("text/full-stop", at..end).fix("。"));
    }
}

/// Words with which a new sentence begins.
const SENTENCES: [&str; 44] = [
    "截至",
    "会议",
    "同时",
    "此外",
    "目前",
    "其中",
    "下一步",
    "各成员",
    "各单位",
    "各地",
    "各级",
    "要",
    "为",
    "请",
    "一是",
    "二是",
    "三是",
    "四是",
    "首先",
    "其次",
    "最后",
    "与会",
    "专家组",
    "秘书处",
    "根据",
    "按照",
    "通过",
    "全年",
    "本年",
    "今年",
    "现将",
    "对此",
    "因此",
    "由于",
    "以上",
    "特此",
    "另外",
    "据此",
    "经",
    "该",
    "我",
    "并",
    "对",
    "在",
];

/// Whether the point at `at`, between Chinese characters, ends a sentence: what follows begins one. Between the parts of
/// a foreign name it does not.
fn parts_sentences(line: &Line<'_>, at: usize) -> bool {
    let (from, to) = (line.run_before(at), line.run_behind(at + 1));
    let behind = line.slice(at + 1..to);
    let chapter = from == line.first() && matches!(line.at(from), '第' | '附');
    let begins = SENTENCES.iter().any(|word| {
        let least = if word.chars().count() == 1 { 5 } else { 0 };
        behind.starts_with(word) && to - at > least
    });
    begins && at - from >= 3 && !chapter && !line.is_cited(at)
}

/// A round point that is not the 间隔号, between Chinese characters.
fn dot(line: &Line<'_>, at: usize, end: usize, faults: &mut Vec<Fault>) {
    if end - at == 1 && is_han(line.before(at)) && is_han(line.at(end)) && !line.is_cited(at) {
        faults.push(line.fault("text/middle-dot", at..end).fix("·"));
    }
}

/// 。。。 and …: the ellipsis has six dots.
fn dots(line: &Line<'_>, at: usize, end: usize, faults: &mut Vec<Fault>) {
    let chinese = |c: char| is_han(c) || is_closing(c) || is_opening(c) || is_pause(c);
    let beside = chinese(line.before(at)) || chinese(line.at(end));
    if line.at(at) == '。' || matches!(end - at, 1 | 3) && beside {
        faults.push(line.fault("text/ellipsis", at..end).fix("……"));
    }
}

/// How a clause begins that a dash leads in, never a place or a time that one leads to.
const EXPLAINS: [&str; 8] = ["即", "这", "它", "也就是", "特别是", "尤其是", "更是", "不仅"];

/// What is meant for a 破折号 and is not two em dashes.
fn dash(line: &Line<'_>, at: usize, end: usize, faults: &mut Vec<Fault>) {
    let (c, length) = (line.at(at), end - at);
    let (before, next) = (line.before(at), line.at(end));
    let chinese = |c: char| is_han(c) || is_closing(c) || is_opening(c) || is_pause(c);
    if !(chinese(before) || at == line.first()) || !chinese(next) {
        // — — with a blank between.
        if c == '—' && length == 1 && next == ' ' && line.at(end + 1) == '—' && line.at(end + 2) != '—'
        {
            faults.push(line.fault("text/dash", at..end + 2).fix("——"));
        }
        return;
    }
    let wrong = match c {
        '-' => (2..=4).contains(&length) && !line.is_address(at),
        '－' | '─' => length == 2,
        _ => false,
    };
    let rest = line.slice(end..line.len().min(end + 4));
    let explains = length == 1 && is_han(before) && EXPLAINS.iter().any(|word| rest.starts_with(word));
    if wrong || explains && matches!(c, '-' | '—') {
        faults.push(line.fault("text/dash", at..end).fix("——"));
    }
}

/// What may follow 等 at the end of a list; 等级 and 等待 are words of their own.
const BEHIND_DENG: [&str; 58] = [
    "方面", "部门", "单位", "工作", "内容", "问题", "事项", "领域", "有关", "相关", "地", "国", "文件",
    "材料", "形式", "方式", "多", "各", "情况", "环节", "措施", "活动", "人", "机构", "组织", "行业", "产品",
    "标准", "项", "制度", "要求", "资料", "信息", "规定", "法律", "因素", "条件", "任务", "专家", "企业",
    "重点", "内", "共", "主要", "服务", "城市", "省", "市", "技术", "能力", "手段", "渠道", "政策", "媒体",
    "代表", "为", "在", "开展",
];

fn ends_list(line: &Line<'_>, at: usize) -> bool {
    let next = line.at(at);
    let rest = line.slice(at..line.len().min(at + 3));
    at >= line.end()
        || is_pause(next)
        || is_closing(next)
        || next.is_ascii_digit()
        || "一二三四五六七八九十两".contains(next)
        || BEHIND_DENG.iter().any(|word| rest.starts_with(word))
}
