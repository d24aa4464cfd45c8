//! What `init` has to know of a group: from options, from questions on a terminal, or the usual.
//!
//! Refused: names that cannot be told apart, a day that no calendar has.

use super::ask::Ask;
use super::complaint::no_day;
use crate::calendar::Calendar;
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::report::Locale;
use chrono::Days;
use clap::ArgMatches;
use serde_json::{Value, json};

/// The answers.
#[derive(Debug)]
pub(super) struct Group {
    name: String,
    short_name: String,
    code: String,
    employer: String,
    secretariat: String,
    founded: Option<Date>,
    members: Vec<Named>,
    /// The year of the first plan; none for no plan.
    pub(super) year: Option<u16>,
    /// Name and day of the first activity; none for no activity.
    pub(super) activity: Option<(String, Date)>,
}

/// A member as the list names him.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    name: String,
    employer: Option<String>,
}

/// The name of a first activity.
const FIRST: &str = "第一次全体会议";

/// The options that answer a question; `--yes` answers all.
const ANSWERS: [&str; 10] =
    ["name", "short-name", "code", "employer", "secretariat", "founded", "members", "year", "activity", "on"];

/// Whether the command line answers anything.
pub(super) fn is_answered(matches: &ArgMatches) -> bool {
    matches.get_flag("yes") || ANSWERS.iter().any(|name| matches.contains_id(name))
}

impl Group {
    /// From the options alone. A plan and an activity only where these name them or leave everything to us.
    ///
    /// # Errors
    /// `run/odd-name` for what cannot be a name, `run/members` for a list of members that is none, `run/two-years` for a first activity in another year than
    /// the plan.
    pub(super) fn given(matches: &ArgMatches, today: Option<Date>) -> Result<Self, Finding> {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        for key in NAMES {
            if let Some((value, wrong)) = text(key).and_then(|value| odd(key, &value).map(|it| (value, it))) {
                let finding = Finding::new("run/odd-name").fact("key", key).fact("value", value);
                return Err(finding.fact("wrong", wrong));
            }
        }
        let name = text("name").unwrap_or_else(usual_name);
        let (on, year) = (matches.get_one::<Date>("on").copied(), matches.get_one::<u16>("year").copied());
        if let (Some(on), Some(year)) = (on, year)
            && year_of(on) != Some(year)
        {
            return Err(Finding::new("run/two-years").fact("year", year).fact("day", on.iso()));
        }
        let all = matches.get_flag("yes");
        let day = on.or_else(|| usual_day(year, today));
        let title = text("activity").or_else(|| (all || on.is_some()).then(|| FIRST.to_owned()));
        let members = match text("members") {
            Some(text) => members(&text)
                .map_err(|wrong| Finding::new("run/members").fact("wrong", wrong.0).fact("name", wrong.1))?,
            None => Vec::new(),
        };
        let employer = text("employer").unwrap_or_else(|| usual_employer(&members));
        Ok(Self {
            short_name: text("short-name").unwrap_or_else(|| shorter(&name)),
            code: text("code").unwrap_or_else(|| usual_code(&name)),
            secretariat: text("secretariat").unwrap_or_else(|| employer.clone()),
            founded: matches.get_one::<Date>("founded").copied().or(today),
            members,
            year: year.or_else(|| if all { day.and_then(year_of) } else { None }),
            activity: title.zip(day),
            name,
            employer,
        })
    }

    /// By asking; none when the answers end too early.
    pub(super) fn asked(ask: &mut Ask<'_>, today: Option<Date>) -> Option<Self> {
        let locale = ask.locale;
        let date = |text: &str| text.parse::<Date>().map_err(|_| bad_date(locale, text));
        let name = named(ask, "name", &usual_name())?;
        let short_name = named(ask, "short-name", &shorter(&name))?;
        let code = named(ask, "code", &usual_code(&name))?;
        let none = locale.word("ask.none");
        let members = ask.about("members", &none, |text| {
            if text == none {
                return Ok(Vec::new());
            }
            let say =
                |wrong: Wrong| locale.say("ask.members.again", json!({ "wrong": wrong.0, "name": wrong.1 }));
            members(text).map_err(say)
        })?;
        let employer = named(ask, "employer", &usual_employer(&members))?;
        let secretariat = named(ask, "secretariat", &employer)?;
        let founded = ask.about("founded", &today.map(Date::iso).unwrap_or_default(), date)?;
        let usual = usual_day(None, today);
        let first = usual.map(|day| format!("{} {FIRST}", day.iso())).unwrap_or_default();
        let activity = ask.about("activity", &first, |text| {
            if text == none { Ok(None) } else { dated(locale, text).map(Some) }
        })?;
        let year = activity.as_ref().map(|(_, day)| *day).or(usual).and_then(year_of);
        let founded = Some(founded);
        Some(Self { name, short_name, code, employer, secretariat, founded, members, year, activity })
    }

    /// What the scaffold of the profile asks for.
    pub(super) fn facts(&self) -> Value {
        let member = |(at, member): (usize, &Named)| {
            // The group's seat is where its leader is employed.
            let employer = member.employer.as_ref().or((at == 0).then_some(&self.employer));
            let role = ["组长", "副组长"].get(at);
            json!({ "name": member.name, "employer": employer, "role": role })
        };
        json!({
            "full_name": self.name,
            "short_name": self.short_name,
            "code": self.code,
            "lead_employer": self.employer,
            "secretariat": self.secretariat,
            "founded": self.founded.map(Date::iso).unwrap_or_default(),
            "members": self.members.iter().enumerate().map(member).collect::<Vec<_>>(),
        })
    }

    /// The month of the plan's first plenary meeting, if that is the first activity.
    pub(super) fn first_month(&self) -> Option<u32> {
        let (name, day) = self.activity.as_ref()?;
        (name == FIRST && year_of(*day) == self.year).then(|| day.month())
    }
}

/// What is asked of names.
const NAMES: [&str; 5] = ["name", "short-name", "code", "employer", "secretariat"];

fn named(ask: &mut Ask<'_>, key: &str, default: &str) -> Option<String> {
    let locale = ask.locale;
    let again = |value: &str, wrong| locale.say("ask.odd", json!({ "value": value, "wrong": wrong }));
    ask.about(key, default, |value| {
        odd(key, value).map_or(Ok(value.to_owned()), |wrong| Err(again(value, wrong)))
    })
}

/// Why `value` cannot be the name of a group or an employer, or, more strictly, the 代字 of file numbers.
fn odd(key: &str, value: &str) -> Option<&'static str> {
    const BRACKETS: [char; 8] = ['（', '）', '(', ')', '〔', '〕', '[', ']'];
    let (code, chars) = (key == "code", value.trim().chars().collect::<Vec<_>>());
    let is_han = |c: &char| c.is_alphabetic() && !c.is_ascii();
    let blank = |trio: &[char]| trio[1].is_whitespace() && is_han(&trio[0]) && is_han(&trio[2]);
    let empty = ["（）", "()", "〔〕", "[]", "【】"].iter().any(|pair| value.contains(pair));
    match () {
        () if !chars.iter().any(|c| c.is_alphabetic()) => Some("letters"),
        () if code && chars.contains(&'号') && value.contains('〔') => Some("number"),
        () if empty || !is_paired(value) || code && chars.iter().any(|c| BRACKETS.contains(c)) => {
            Some("bracket")
        }
        () if code && chars.iter().any(|c| c.is_whitespace()) || chars.windows(3).any(blank) => Some("blank"),
        () => None,
    }
}

/// Whether every bracket is closed.
fn is_paired(text: &str) -> bool {
    let depth = text.chars().try_fold(0, |depth, c| Some(bracket(depth, c)).filter(|depth| *depth >= 0));
    depth == Some(0)
}

/// What is wrong with a list of members, and which name.
type Wrong = (&'static str, String);

/// Names with 、, commas or blanks between them, each with its employer in brackets if that is known.
fn members(text: &str) -> Result<Vec<Named>, Wrong> {
    let mut members: Vec<Named> = Vec::new();
    for part in split(text) {
        if !is_closed(&part) {
            return Err(("bracket", part));
        }
        let bare = part.strip_suffix(['）', ')']).unwrap_or(&part);
        let (name, employer) = match bare.split_once(['（', '(']) {
            Some((name, employer)) => (name.trim(), Some(employer.trim().to_owned())),
            None => (bare, None),
        };
        let is_name =
            name.chars().count() > 1 && name.chars().all(|c| c.is_alphabetic() || "·•．.-'".contains(c));
        if !is_name {
            return Err(("name", part));
        }
        if members.iter().any(|member| member.name == name) {
            return Err(("twice", name.to_owned()));
        }
        members.push(Named { name: name.to_owned(), employer: employer.filter(|it| !it.is_empty()) });
    }
    if members.is_empty() { Err(("name", text.to_owned())) } else { Ok(members) }
}

/// How many brackets are open after `c`, of `depth` before it.
fn bracket(depth: i32, c: char) -> i32 {
    match c {
        '（' | '(' => depth + 1,
        '）' | ')' => depth - 1,
        _ => depth,
    }
}

/// Whether a part has no bracket, or one that its last character closes.
fn is_closed(part: &str) -> bool {
    let (mut depth, mut rest) = (0, part.chars());
    while let Some(c) = rest.next() {
        let after = bracket(depth, c);
        if after < 0 || after == 0 && depth > 0 && !rest.as_str().is_empty() {
            return false;
        }
        depth = after;
    }
    depth == 0
}

/// The parts of a list; what stands in brackets stays whole.
fn split(text: &str) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in text.chars() {
        depth = bracket(depth, c).max(0);
        if depth == 0 && (c.is_whitespace() || "、，,；;".contains(c)) {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// `2026-04-20 第一次全体会议`.
fn dated(locale: &Locale, text: &str) -> Result<(String, Date), String> {
    let (day, name) = text.split_once(char::is_whitespace).unwrap_or((text, FIRST));
    let day = day.parse::<Date>().map_err(|_| bad_date(locale, day))?;
    Ok((name.trim().to_owned(), day))
}

pub(super) fn bad_date(locale: &Locale, text: &str) -> String {
    locale.say("ask.date", json!({ "value": text, "reason": no_day(locale, text) }))
}

fn usual_name() -> String {
    "示例专家工作组".to_owned()
}

/// The leader's, who comes first.
fn usual_employer(members: &[Named]) -> String {
    let leader = members.first().and_then(|leader| leader.employer.clone());
    leader.unwrap_or_else(|| "示例研究院".to_owned())
}

fn shorter(name: &str) -> String {
    name.replace("专家工作组", "专家组")
}

/// What the name says before 专家组.
fn usual_code(name: &str) -> String {
    let code = name.replace("专家工作组", "").replace("专家组", "");
    if code.is_empty() { "示例".to_owned() } else { code }
}

fn year_of(day: Date) -> Option<u16> {
    u16::try_from(day.year()).ok()
}

/// A working day for a first meeting: in two weeks, but not before the spring, and not in a year that is nearly over.
fn usual_day(year: Option<u16>, today: Option<Date>) -> Option<Date> {
    let today = today?;
    let year = year.map_or_else(|| today.year() + i32::from(today.month() >= 10), i32::from);
    let soon = today.naive().checked_add_days(Days::new(14)).map(Date::from)?;
    let day = if soon.year() == year && soon.month() > 4 { soon } else { Date::new(year, 4, 1)? };
    Some(Date::from(Calendar::built_in().workday_on_or_after(day.naive())))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::rulebook::Lang;

    fn asked(input: &str) -> (Option<Value>, String) {
        let (mut input, mut output) = (input.as_bytes(), Vec::new());
        let mut ask = Ask { input: &mut input, output: &mut output, locale: Locale::of(Lang::Zh) };
        let group = Group::asked(&mut ask, Date::new(2026, 1, 5));
        let facts = group.map(|group| {
            let mut facts = group.facts();
            facts["year"] = json!(group.year);
            facts["activity"] = json!(group.activity.map(|(name, day)| format!("{} {name}", day.iso())));
            facts
        });
        (facts, String::from_utf8(output).unwrap())
    }

    #[test]
    fn eight_empty_lines_take_what_is_usual() {
        let (facts, said) = asked(&"\n".repeat(8));
        let facts = facts.unwrap();
        assert_eq!((&facts["year"], &facts["activity"]), (&json!(2026), &json!("2026-04-01 第一次全体会议")));
        assert_eq!((&facts["code"], &facts["founded"]), (&json!("示例"), &json!("2026-01-05")));
        assert_eq!(facts["members"], json!([]));
        assert_eq!(said.matches("]：").count(), 8, "{said}");
    }

    #[test]
    fn answers_are_taken_and_wrong_ones_asked_again() {
        let lines = "碳核查专家工作组\n\n认碳\n张三、张三\n张三(甲研究院) 李四（乙公司）,王五\n\n\n\
            2026-02-30\n2026年2月9日\n6月\n2026-06-18 启动会\n";
        let (facts, said) = asked(lines);
        let facts = facts.unwrap();
        assert_eq!(
            (&facts["short_name"], &facts["secretariat"]),
            (&json!("碳核查专家组"), &json!("甲研究院"))
        );
        assert_eq!(
            (&facts["founded"], &facts["activity"]),
            (&json!("2026-02-09"), &json!("2026-06-18 启动会"))
        );
        let members = json!([
            { "name": "张三", "employer": "甲研究院", "role": "组长" },
            { "name": "李四", "employer": "乙公司", "role": "副组长" },
            { "name": "王五", "employer": null, "role": null },
        ]);
        assert_eq!(facts["members"], members);
        for reason in ["没有这一天", "“张三”写了两次", "“6月”不是日期"] {
            assert!(said.contains(reason), "{reason}: {said}");
        }
        assert!(asked("甲\n").0.is_none());
        assert_eq!(asked("\n\n\n\n\n\n\n无\n").0.unwrap()["activity"], Value::Null);
    }

    #[test]
    fn what_cannot_be_a_name_is_asked_again() {
        for (value, wrong) in [
            ("认可（）", "bracket"),
            ("2026", "letters"),
            ("认 可", "blank"),
            ("认可〔2026〕1号", "number"),
            ("〔认可〕", "bracket"),
        ] {
            assert_eq!(odd("code", value), Some(wrong), "{value}");
        }
        for value in ["甲方研究院（北京）", "China Quality Center", "中国CQC中心", "第3研究所"]
        {
            assert_eq!(odd("secretariat", value), None, "{value}");
        }
        for value in ["甲方研究院（）", "甲方（研究院", "　", "12345", "甲方 研究院"] {
            assert!(odd("secretariat", value).is_some(), "{value}");
        }
        let (facts, said) = asked("\n\n认可（）\n认可某\n\n\n123\n\n\n\n");
        assert_eq!(facts.unwrap()["code"], json!("认可某"));
        assert!(said.contains("“认可（）”里的括号不对") && said.contains("“123”里没有汉字或字母"), "{said}");
    }

    #[test]
    fn brackets_in_a_list_pair() {
        for list in ["张三（甲院、李四", "张三甲院）、李四", "张三（甲院）李四"] {
            assert_eq!(members(list).unwrap_err().0, "bracket", "{list}");
        }
        let nested = members("张三（研究院（北京）、甲所）、李四").unwrap();
        assert_eq!((nested[0].employer.as_deref(), nested.len()), (Some("研究院（北京）、甲所"), 2));
    }

    #[test]
    fn a_first_meeting_is_neither_in_winter_nor_in_a_dying_year() {
        let day = |year, (y, m, d)| usual_day(year, Date::new(y, m, d)).unwrap().iso();
        assert_eq!(day(None, (2026, 1, 5)), "2026-04-01");
        assert_eq!(day(None, (2026, 5, 5)), "2026-05-19");
        assert_eq!(day(None, (2026, 9, 20)), "2026-10-08");
        assert_eq!(day(None, (2026, 11, 21)), "2027-04-01");
        assert_eq!(day(Some(2026), (2026, 11, 21)), "2026-12-07");
        assert_eq!(day(Some(2026), (2026, 12, 31)), "2026-04-01");
        assert_eq!(day(Some(2027), (2026, 5, 5)), "2027-04-01");
    }
}
