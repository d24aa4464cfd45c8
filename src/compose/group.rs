//! The group as its papers show it: names, signature, terms that titles do not break.

use super::page::{Grid, Head, Meta, Page, Signatory, Signature, SignatureForm, Style};
use super::phrases::phrase;
use super::title::{break_name, break_title};
use crate::derive::roster::roster;
use crate::model::scalar::Date;
use crate::model::{
    CharacterGrid, Classification, Margins, Member, Profile, Role, SizeThree, Stage, Text, Yes,
};
use crate::rulebook::Terms;
use serde_json::json;

/// The widest line of a signature, in cells.
const SIGNATURE_CELLS: usize = 21;

/// The widest line of a mark, in characters: what the type area holds of 初号 ones as far as templates narrow
/// them. A longer line would get smaller than its rank.
const MARK_CELLS: usize = 16;

/// The profile as pages use it.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    /// What was written.
    pub profile: &'a Profile,
    /// The regulation's numbers and switches.
    pub terms: &'a Terms,
}

impl<'a> Group<'a> {
    /// 全称; the short name, or a word for it, in a profile without.
    pub fn full_name(&self) -> &'a str {
        self.profile.full_name.as_deref().or(self.profile.short_name.as_deref()).unwrap_or("本组")
    }

    /// 规范化简称.
    pub fn short_name(&self) -> &'a str {
        self.profile.short_name.as_deref().unwrap_or_else(|| self.full_name())
    }

    /// Where submissions go.
    pub fn general_secretariat(&self) -> String {
        self.profile.general_secretariat.as_ref().map_or_else(|| phrase("报送对象", ()), ToString::to_string)
    }

    /// Names and terms that stay in one piece.
    pub fn unbroken(&self) -> Vec<&'a str> {
        let profile = self.profile;
        let own = [&profile.full_name, &profile.short_name, &profile.lead_employer, &profile.secretariat];
        let employers = profile.members.iter().filter_map(|member| member.employer.as_deref());
        let people = profile.members.iter().map(|member| &*member.name);
        own.into_iter()
            .filter_map(|name| name.as_deref())
            .chain(employers)
            .chain(people)
            .chain(profile.terms.iter().map(|term| &**term))
            .filter(|term| !term.is_empty())
            .collect()
    }

    /// 单位, 职务 and name of an outsider, the name alone of a member. An adviser's and the secretariat's come from the
    /// profile where only the name is written.
    pub fn titled(&self, name: &str, employer: Option<&Text>, post: Option<&Text>) -> String {
        let profile = self.profile;
        let written = employer.or(post).is_some();
        let member = profile.members.iter().any(|member| *member.name == *name);
        let advisers = profile.advisers.iter().map(|it| (&it.name, &it.employer, &it.post));
        let secretariat = profile.secretary_general.iter().chain(&profile.liaison);
        let mut known = advisers.chain(secretariat.map(|it| (&it.name, &it.employer, &it.post)));
        let (employer, post) = match known.find(|(known, ..)| ***known == *name) {
            Some((_, employer, post)) if !written && !member => (employer.as_ref(), post.as_ref()),
            _ => (employer, post),
        };
        let mut titled = String::new();
        for part in [employer.map(|it| &**it), post.map(|it| &**it), Some(name)].into_iter().flatten() {
            // Chinese words stand close, others do not.
            let apart = |c: char| c.is_ascii_alphanumeric() || c == '.';
            if titled.ends_with(apart) && part.starts_with(apart) {
                titled.push(' ');
            }
            titled.push_str(part);
        }
        titled
    }

    /// A title in lines; a break made by hand is kept.
    pub fn title(&self, text: &str) -> Vec<String> {
        break_title(text, &self.unbroken())
    }

    /// Who signs an upward paper of that day: the profile's 签发人, else who led the group then.
    pub fn signer(&self, day: Option<Date>) -> Option<String> {
        let leader = self.leader(day).or_else(|| self.profile.members.iter().find(|it| leads(it)));
        self.profile.signer.as_deref().or(leader.map(|leader| &*leader.name)).map(str::to_owned)
    }

    fn leader(&self, day: Option<Date>) -> Option<&Member> {
        roster(self.profile, day).into_iter().find(|it| leads(it))
    }

    /// Whose seal stands for the group on that day: 组长单位 is that of who leads it now, or last.
    fn seal(&self, day: Option<Date>) -> Option<&str> {
        let now = self.profile.lead_employer.as_deref()?;
        let follows = |end: Date, it: &Member| leads(it) && it.term.from.is_some_and(|from| from > end);
        let is_former = |leader: &&Member| {
            leader.term.to.is_some_and(|end| self.profile.members.iter().any(|it| follows(end, it)))
        };
        let former = day.and_then(|_| self.leader(day)).filter(is_former);
        former.and_then(|leader| leader.employer.as_deref()).or(Some(now))
    }

    /// Signature with the line of the employer whose seal stands for the group (art. 18).
    pub fn signature(&self, date: Option<Date>) -> Signature {
        let name = self.profile.signature.as_deref().unwrap_or_else(|| self.full_name());
        let employer = self.seal(date);
        let signatory = Signatory {
            organ: break_name(name, SIGNATURE_CELLS, &self.unbroken()),
            on_behalf: employer.map(|employer| phrase("代章", json!({ "employer": employer }))),
        };
        Signature {
            signatories: vec![signatory],
            date: date.map_or_else(|| "　　年　月　日".to_owned(), |date| date.to_string()),
            form: SignatureForm::Seal,
        }
    }

    /// The head with the group's mark, `word` behind it.
    pub fn head(&self, word: Option<&str>, number: Option<&Text>) -> Head {
        Head {
            mark: vec![self.mark(self.short_name(), word.unwrap_or_default())],
            mark_word: word.map(str::to_owned),
            number: number.map(ToString::to_string),
            ..Head::default()
        }
    }

    /// `name` as a mark with `word` behind it: in lines by its words where it is too long for one.
    pub fn mark(&self, name: &str, word: &str) -> String {
        let word_cells = word.chars().count();
        if name.chars().count() + word_cells <= MARK_CELLS {
            return name.to_owned();
        }
        break_name(name, MARK_CELLS - word_cells, &self.unbroken()).join("\n")
    }

    /// 版式 as written, the standard's own where nothing is.
    fn style(&self) -> Style {
        let house = &self.profile.style;
        let own = Style::default();
        Style {
            grid: house.grid.map_or(own.grid, |grid| match grid {
                CharacterGrid::Strict => Grid::Strict,
                CharacterGrid::Natural => Grid::Natural,
            }),
            size: house.size.map_or(own.size, |size| match size {
                SizeThree::Sixteen => 16.0,
                SizeThree::Letterpress => 15.75,
            }),
            mirrored: house.margins.map_or(own.mirrored, |margins| margins == Margins::Mirrored),
            even_imprint: house.even_imprint.map_or(own.even_imprint, |Yes(yes)| yes),
            red: house.red.map_or(own.red, |red| red.rgb),
            bold_level_3: house.bold_level_3.map_or(own.bold_level_3, |Yes(yes)| yes),
            ..own
        }
    }

    /// An empty page with title and metadata; `fallback` dates the PDF of a paper without date.
    pub fn page(&self, format: super::page::Format, title: &str, date: Option<Date>, fallback: Date) -> Page {
        let day = date.unwrap_or(fallback);
        let flat = title.replace('\n', "");
        Page {
            format,
            meta: Meta {
                title: flat.clone(),
                author: self.full_name().to_owned(),
                date: (day.year(), day.month(), day.day()),
                description: flat,
            },
            style: self.style(),
            title: self.title(title),
            ..Page::default()
        }
    }
}

/// 密级 as the head shows it (7.2.2): the highest of several; 内部 is no grade of the law and stands in no head.
pub(super) fn secrecy<const N: usize>(grades: [Option<Classification>; N]) -> Option<String> {
    let highest = grades.into_iter().flatten().max()?;
    (highest > Classification::Internal).then(|| highest.word().to_owned())
}

/// The line under the title of what is not final yet.
pub(super) fn draft_mark(stage: Option<Stage>) -> Option<String> {
    let stage = stage.filter(|stage| *stage != Stage::Final)?;
    Some(phrase("稿次", json!({ "stage": stage.word() })))
}

fn leads(member: &Member) -> bool {
    member.role == Role::Leader
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leads_on_the_day_signs_with_the_seal_of_that_time() {
        let day = |text: &str| text.parse::<Date>().ok();
        let leader = |name: &str, from: Option<Date>, to: Option<Date>| Member {
            name: name.into(),
            employer: Some(format!("{name}的单位").as_str().into()),
            role: Role::Leader,
            term: crate::model::Term { from, to },
            ..Member::default()
        };
        let turn = [leader("顾清和", None, day("2027-02-28")), leader("骆子衡", day("2027-03-01"), None)];
        let profile = Profile { members: turn.into(), ..Profile::default() };
        let signer = |profile: &Profile, on| Group { profile, terms: &Terms::default() }.signer(day(on));
        assert_eq!(signer(&profile, "2027-02-28").as_deref(), Some("顾清和"));
        assert_eq!(signer(&profile, "2027-06-18").as_deref(), Some("骆子衡"));
        let seal = |profile: &Profile, on| {
            let group = Group { profile, terms: &Terms::default() };
            group.seal(day(on)).map(str::to_owned)
        };
        assert_eq!(seal(&profile, "2027-02-28"), None);
        let sealed = Profile { lead_employer: Some("现在的单位".into()), ..profile.clone() };
        assert_eq!(seal(&sealed, "2027-02-28").as_deref(), Some("顾清和的单位"));
        assert_eq!(seal(&sealed, "2027-06-18").as_deref(), Some("现在的单位"));
        assert_eq!(seal(&sealed, "undated").as_deref(), Some("现在的单位"));
        let mut last = sealed;
        last.members.pop();
        assert_eq!(seal(&last, "2027-02-28").as_deref(), Some("现在的单位"), "nobody follows");
        let named = Profile { signer: Some("何沐言".into()), ..profile };
        assert_eq!(signer(&named, "2027-06-18").as_deref(), Some("何沐言"));
    }

    #[test]
    fn advisers_and_the_secretariat_come_with_unit_and_post() {
        let person = |name: &str| crate::model::Person {
            name: name.into(),
            employer: Some("东海研究中心".into()),
            post: Some("研究员".into()),
        };
        let member = crate::model::Member { name: "何清越".into(), ..Default::default() };
        let contact = crate::model::Contact {
            name: "俞小满".into(),
            employer: Some("申衡研究院".into()),
            ..Default::default()
        };
        let profile = Profile {
            members: vec![member],
            advisers: vec![person("齐望之"), person("何清越")],
            liaison: Some(contact),
            ..Profile::default()
        };
        let group = Group { profile: &profile, terms: &Terms::default() };
        let foreign = group.titled("John A. Smith", Some(&"ISO".into()), Some(&"Adviser".into()));
        assert_eq!(foreign, "ISO Adviser John A. Smith");
        assert_eq!(group.titled("齐望之", None, None), "东海研究中心研究员齐望之");
        assert_eq!(group.titled("俞小满", None, None), "申衡研究院俞小满");
        assert_eq!(group.titled("何清越", None, None), "何清越");
        assert_eq!(group.titled("齐望之", Some(&"某大学".into()), None), "某大学齐望之");
        assert_eq!(group.titled("某某", None, Some(&"处长".into())), "处长某某");
    }

    #[test]
    fn a_long_mark_has_two_lines_by_its_words() {
        let group = Group { profile: &Profile::default(), terms: &Terms::default() };
        for (name, word, lines) in [
            ("可持续管理体系专家工作组", "文件", "可持续管理体系专家工作组"),
            ("可持续管理体系专家工作组会议纪要", "", "可持续管理体系专家工作组会议纪要"),
            ("可持续管理体系专家工作组秘书处", "文件", "可持续管理体系\n专家工作组秘书处"),
            (
                "全国认证认可标准化技术委员会绿色产品认证专家工作组",
                "文件",
                "全国认证认可标准化技术委员会\n绿色产品认证专家工作组",
            ),
        ] {
            assert_eq!(group.mark(name, word), lines);
        }
    }
}
