//! Counts that a summary's text states in so many words: a text and its year go in, what is surely about the whole year
//! comes out. A sentence that speaks of a part, of another year, of a plan or roughly claims nothing.

use crate::model::TaskState;
use regex::Regex;
use std::sync::LazyLock;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// 计划任务6项.
    Tasks,
    /// 完成4项, behind 计划任务6项.
    Tasked(TaskState),
    /// 召开会议4次.
    Meetings,
    /// 召开全体会议2次.
    Plenaries,
    /// 全年支出3.5万元.
    Spent,
    /// 全年补助经费支出3.5万元.
    SpentOfSubsidy,
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What it counts.
    pub counted: Counted,
    /// The words.
    pub words: String,
    /// How many, or how many fen.
    pub number: i64,
    /// What one of the last digit written is worth: 1, or of money so many fen.
    pub unit: i64,
}

type Pattern = LazyLock<Option<Regex>>;

static TASKS: Pattern = LazyLock::new(|| {
    Regex::new(
        "^(?:(?P<y>[0-9]{4})年度?|全年|本年度?|年度)?(?:工作)?(?:共|共有|安排|确定|列入)?计划的?(?:工作)?任务(?:共|共有)?(?P<n>[0-9]{1,3})项(?P<rest>$|[，、].*)",
    )
    .ok()
});
static TASKED: Pattern = LazyLock::new(|| {
    Regex::new("^(?:已经?|目前|均)?(?P<s>完成|部分完成|未完成|进行中|正在进行)(?P<n>[0-9]{1,3})项$").ok()
});
static MEETINGS: Pattern = LazyLock::new(|| {
    const SCOPE: &str = "(?P<y>[0-9]{4})年度?|全年|本年度?|年内|一年来";
    Regex::new(&format!(
        "^(?:(?P<scope>{SCOPE})，?)?(?:专家组|本组|专家工作组)?(?:共|先后|累计|共计)?(?:组织)?召开了?(?:(?P<k>全体会议|会议)(?P<n>[0-9]{{1,2}})次|(?P<m>[0-9]{{1,2}})次(?P<l>全体会议|会议))(?:$|[，、；])"
    ))
    .ok()
});
static SPENT: Pattern = LazyLock::new(|| {
    Regex::new(
        "(?:^|，)(?:(?P<y>[0-9]{4})年度?|全年|本年度?|年度)(?P<f>补助经费|经费)?(?:实际|共|累计|合计|总)?支出(?:经费|共计|合计|共|为)?(?P<n>[0-9][0-9,]{0,12}(?:\\.[0-9]{1,4})?)(?P<w>万)?元(?:$|[，、；])",
    )
    .ok()
});

/// Words of a sentence that is not, or not exactly, about the whole year.
const OTHERWISE: [&str; 27] = [
    "其中",
    "截",
    "约",
    "近",
    "余",
    "多",
    "左右",
    "以上",
    "以下",
    "超",
    "不足",
    "上年",
    "去年",
    "上一年",
    "下一年",
    "明年",
    "拟",
    "将",
    "预计",
    "原",
    "每",
    "各",
    "参加",
    "半年",
    "季度",
    "平均",
    "不含",
];

/// Every sure claim of `text`, which is about `year`.
pub fn claims(text: &str, year: u16) -> Vec<Claim> {
    let mut claims = Vec::new();
    let sentences = text.split(['。', '；', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty());
    for (at, sentence) in sentences.enumerate() {
        if sentence.chars().any(|c| c.is_ascii_digit())
            // 其余 tells of what is left, and is not 余 as in 10余次.
            && !OTHERWISE.iter().any(|word| sentence.replace("其余", "").contains(word))
        {
            tasks(sentence, year, &mut claims);
            meetings(sentence, year, at == 0, &mut claims);
            spent(sentence, year, &mut claims);
        }
    }
    claims
}

fn tasks(sentence: &str, year: u16, claims: &mut Vec<Claim>) {
    let Some(found) = captures(&TASKS, sentence, year) else { return };
    let (Some(number), Some(rest)) = (found.name("n"), found.name("rest")) else { return };
    let words = &sentence[..rest.start()];
    claims.extend(claim(Counted::Tasks, words, number.as_str()));
    for clause in rest.as_str().split(['，', '、']).skip(1) {
        let Some(found) = TASKED.as_ref().and_then(|pattern| pattern.captures(clause)) else { break };
        let state = match &found["s"] {
            "完成" => TaskState::Done,
            "部分完成" => TaskState::Partly,
            "未完成" => TaskState::NotDone,
            _ => TaskState::UnderWay,
        };
        claims.extend(claim(Counted::Tasked(state), clause, &found["n"]));
    }
}

fn meetings(sentence: &str, year: u16, first: bool, claims: &mut Vec<Claim>) {
    let Some(found) = captures(&MEETINGS, sentence, year) else { return };
    // Without a scope the sentence may be about whatever was told before.
    if found.name("scope").is_none() && !first {
        return;
    }
    let kind = found.name("k").or(found.name("l")).map(|kind| kind.as_str());
    let counted = if kind == Some("全体会议") { Counted::Plenaries } else { Counted::Meetings };
    let words = found[0].trim_end_matches(['，', '、', '；']);
    let number = found.name("n").or(found.name("m")).map(|number| number.as_str());
    claims.extend(number.and_then(|number| claim(counted, words, number)));
}

fn spent(sentence: &str, year: u16, claims: &mut Vec<Claim>) {
    let Some(found) = captures(&SPENT, sentence, year) else { return };
    let of_subsidy = found.name("f").is_some_and(|fund| fund.as_str() == "补助经费");
    let counted = if of_subsidy { Counted::SpentOfSubsidy } else { Counted::Spent };
    let digits = found["n"].replace(',', "");
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let fen: i64 = if found.name("w").is_some() { 1_000_000 } else { 100 };
    let Some(unit) = u32::try_from(part.len()).ok().map(|places| fen / 10_i64.pow(places)) else { return };
    let Ok(number) = format!("{whole}{part}").parse::<i64>() else { return };
    if let Some(number) = number.checked_mul(unit).filter(|_| unit > 0) {
        let words = found[0].trim_matches(['，', '、', '；']).to_owned();
        claims.push(Claim { counted, words, number, unit });
    }
}

/// What a pattern finds, unless it names another year.
fn captures<'t>(pattern: &Pattern, sentence: &'t str, year: u16) -> Option<regex::Captures<'t>> {
    let found = pattern.as_ref()?.captures(sentence)?;
    let same = found.name("y").is_none_or(|named| named.as_str() == year.to_string());
    same.then_some(found)
}

fn claim(counted: Counted, words: &str, number: &str) -> Option<Claim> {
    Some(Claim { counted, words: words.to_owned(), number: number.parse().ok()?, unit: 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(Counted, i64)> {
        claims(text, 2018).into_iter().map(|claim| (claim.counted, claim.number)).collect()
    }

    #[test]
    fn sure_forms_are_read() {
        use Counted::{Meetings, Plenaries, Spent, SpentOfSubsidy, Tasked, Tasks};
        let chain = [(Tasks, 6), (Tasked(TaskState::Done), 4), (Tasked(TaskState::UnderWay), 2)];
        assert_eq!(told("计划任务6项，完成4项，进行中2项。"), chain);
        assert_eq!(told("2018年度工作计划任务6项，已完成4项、正在进行2项，成效明显。"), chain);
        let rest = [(Tasks, 6), (Tasked(TaskState::Done), 2), (Tasked(TaskState::Partly), 1)];
        assert_eq!(told("本年度计划任务6项，完成2项，部分完成1项，其余正在进行。"), rest);
        assert_eq!(told("召开会议4次，交流了经验。"), [(Meetings, 4)]);
        assert_eq!(told("工作有序。全年共召开全体会议2次。"), [(Plenaries, 2)]);
        assert_eq!(told("本年度专家组召开了2次全体会议"), [(Plenaries, 2)]);
        assert_eq!(told("全年支出3.5万元。"), [(Spent, 3_500_000)]);
        assert_eq!(told("预算5万元，2018年实际支出35,000元，执行情况良好。"), [(Spent, 3_500_000)]);
        assert_eq!(told("全年补助经费支出12000元"), [(SpentOfSubsidy, 1_200_000)]);
        assert_eq!(claims("全年支出3.5万元", 2018)[0].unit, 100_000);
    }

    #[test]
    fn what_is_about_a_part_or_another_year_claims_nothing() {
        for text in [
            "2017年计划任务6项，完成4项。",
            "截至9月底，计划任务6项，完成3项。",
            "其中准入方面计划任务3项。",
            "准入方面计划任务3项，完成3项。",
            "各小组计划任务3项。",
            "工作有序。召开会议4次。",
            "标准研究小组召开会议4次。",
            "全年参加会议4次。",
            "拟召开会议4次。",
            "上半年召开会议1次，下半年召开会议1次。",
            "召开会议4次以上。",
            "全年召开会议10余次。",
            "会议费预算2万元，支出1.2万元。",
            "全年会议费支出1.2万元。",
            "全年支出约3.5万元。",
            "上年度支出3.5万元。",
            "全年支出3.5万元用于培训。",
            "去年全年支出3.5万元。",
            "支出1.2万元。",
            "全年预算5万元。",
            "2017年度支出3.5万元。",
            "与甲方研究院联合召开会议4次。",
            "完成4项标准的研究。",
            "全年完成任务清单的编写，召开会议讨论。",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }
}
