//! The sentences of the user interface and the descriptions of keys, by language.

use crate::rulebook::Lang;
use crate::source::{Document, from_node};
use chrono::{Datelike, NaiveDate, Weekday};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Value, value::Serde};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::LazyLock;

/// One language's words.
#[derive(Debug)]
pub struct Locale {
    /// Which language.
    pub lang: Lang,
    words: File,
    environment: Environment<'static>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(rename = "界面", default)]
    interface: BTreeMap<String, String>,
    #[serde(rename = "字段", default)]
    keys: BTreeMap<String, BTreeMap<String, String>>,
}

/// The files of `locale/` in the executable: path below it, text.
pub const LOCALES: &[(&str, &str)] =
    &[("zh.yaml", include_str!("../../locale/zh.yaml")), ("en.yaml", include_str!("../../locale/en.yaml"))];

static ZH: LazyLock<Locale> = LazyLock::new(|| Locale::load(Lang::Zh, LOCALES[0].1));
static EN: LazyLock<Locale> = LazyLock::new(|| Locale::load(Lang::En, LOCALES[1].1));

static QUOTED_TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("“(《[^“”《》]*》)”").ok());

/// A name in 《》 needs no quotation marks around them.
fn unquoted(text: String) -> String {
    match QUOTED_TITLE.as_ref().filter(|_| text.contains("“《")) {
        Some(quoted) => quoted.replace_all(&text, "$1").into_owned(),
        None => text,
    }
}

impl Locale {
    /// The words of that language.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }

    fn load(lang: Lang, text: &str) -> Self {
        let document = Document::read("locale", text.as_bytes(), &BTreeSet::new());
        let words: File = document.tree.and_then(|tree| from_node(&tree).ok()).unwrap_or_default();
        let mut environment = Environment::new();
        // A template is its own name: each is compiled once, however many findings it tells.
        environment.set_loader(|template| Ok(Some(template.to_owned())));
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.add_filter("date", move |iso: String| show_date(lang, &iso));
        environment.add_filter("list", move |items: Vec<String>| {
            items.join(if lang == Lang::Zh { "、" } else { ", " })
        });
        let names = words.interface.clone();
        environment.add_filter("word", move |name: String| {
            names.get(&name).cloned().unwrap_or_else(|| format!("[{name}]"))
        });
        let causes = words.interface.clone();
        environment.add_filter("cause", move |cause: String| {
            system_word(&cause).and_then(|name| causes.get(name).cloned()).unwrap_or(cause)
        });
        Self { lang, words, environment }
    }

    /// A sentence of the interface with `facts` filled in; an unknown name shows itself.
    pub fn say(&self, name: &str, facts: impl Serialize) -> String {
        match self.words.interface.get(name) {
            Some(template) => self.fill(template, facts),
            None => format!("[{name}]"),
        }
    }

    /// A sentence without facts.
    pub fn word(&self, name: &str) -> String {
        self.say(name, ())
    }

    /// Fills in a template; what cannot be filled in shows itself, so that no message is ever lost.
    pub fn fill(&self, template: &str, facts: impl Serialize) -> String {
        if !template.contains("{{") && !template.contains("{%") {
            return template.to_owned();
        }
        self.try_fill(template, facts).unwrap_or_else(|_| template.to_owned())
    }

    /// Fills in a template.
    ///
    /// # Errors
    /// A template that is wrong, or that asks for a fact that is not there.
    pub fn try_fill(&self, template: &str, facts: impl Serialize) -> Result<String, Error> {
        self.environment
            .get_template(template)
            .and_then(|compiled| compiled.render(Value::from(Serde(facts))))
            .map(unquoted)
            .map_err(|error| Error::new(ErrorKind::BadSerialization, format!("{template}: {error}")))
    }

    /// A day as a sentence has it, without its year where that is the year of `beside`.
    pub fn day(&self, date: NaiveDate, beside: Option<NaiveDate>) -> String {
        let same_year = beside.is_some_and(|it| it.year() == date.year());
        match self.lang {
            Lang::En => date.format("%Y-%m-%d").to_string(),
            Lang::Zh if same_year => format!("{}月{}日", date.month(), date.day()),
            Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        }
    }

    /// The days from `first` to `last` in the same way.
    pub fn days(&self, first: NaiveDate, last: NaiveDate, beside: Option<NaiveDate>) -> String {
        let from = self.day(first, beside);
        match self.lang {
            _ if first == last => from,
            Lang::En => format!("{from} to {}", self.day(last, None)),
            Lang::Zh if (first.year(), first.month()) == (last.year(), last.month()) => {
                format!("{from}至{}日", last.day())
            }
            Lang::Zh => format!("{from}至{}", self.day(last, Some(first))),
        }
    }

    /// `周三` or `Wed`.
    pub fn weekday(&self, date: NaiveDate) -> &'static str {
        let (zh, en) = match date.weekday() {
            Weekday::Mon => ("周一", "Mon"),
            Weekday::Tue => ("周二", "Tue"),
            Weekday::Wed => ("周三", "Wed"),
            Weekday::Thu => ("周四", "Thu"),
            Weekday::Fri => ("周五", "Fri"),
            Weekday::Sat => ("周六", "Sat"),
            Weekday::Sun => ("周日", "Sun"),
        };
        if self.lang == Lang::Zh { zh } else { en }
    }

    /// The description of a key of a structure.
    pub fn key(&self, structure: &str, key: &str) -> Option<String> {
        self.words.keys.get(structure)?.get(key).cloned()
    }

    /// Names of all sentences.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.words.interface.keys().map(String::as_str)
    }

    /// All described keys: structure and key.
    pub fn described(&self) -> BTreeSet<(String, String)> {
        let pairs = self.words.keys.iter();
        pairs.flat_map(|(name, keys)| keys.keys().map(move |key| (name.clone(), key.clone()))).collect()
    }
}

/// The name of the words for what an operating system said in its own: `No such file or directory (os error 2)`.
fn system_word(cause: &str) -> Option<&'static str> {
    let number = cause.rsplit_once("(os error ")?.1.strip_suffix(')')?.parse().ok()?;
    Some(match io::Error::from_raw_os_error(number).kind() {
        io::ErrorKind::NotFound => "cause.not-found",
        io::ErrorKind::PermissionDenied => "cause.denied",
        io::ErrorKind::IsADirectory => "cause.folder",
        io::ErrorKind::NotADirectory => "cause.no-folder",
        io::ErrorKind::StorageFull => "cause.full",
        io::ErrorKind::ReadOnlyFilesystem => "cause.read-only",
        _ => return None,
    })
}

/// `2017-04-19` as the language writes it; anything else as it is.
fn show_date(lang: Lang, iso: &str) -> String {
    let parts: Vec<u32> = iso.split('-').filter_map(|part| part.parse().ok()).collect();
    match (lang, parts.as_slice()) {
        (Lang::Zh, [year, month, day]) => format!("{year}年{month}月{day}日"),
        _ => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        let names = |lang| Locale::of(lang).names().map(str::to_owned).collect::<BTreeSet<_>>();
        assert_eq!(names(Lang::Zh), names(Lang::En));
        assert!(names(Lang::Zh).len() > 20);
    }

    #[test]
    fn a_title_has_no_quotation_marks_around_its_own() {
        for (text, shown) in [
            ("通过“《试点方案》”后", "通过《试点方案》后"),
            ("“《甲》的通知”", "“《甲》的通知”"),
            ("“《甲》”和“《乙》”", "《甲》和《乙》"),
        ] {
            assert_eq!(unquoted(text.to_owned()), shown);
        }
    }

    #[test]
    fn every_key_is_described_and_nothing_else() {
        let keys = crate::model::schema::keys();
        let described = Locale::of(Lang::Zh).described();
        let missing: Vec<_> = keys.difference(&described).collect();
        let orphans: Vec<_> = described.difference(&keys).collect();
        assert!(missing.is_empty() && orphans.is_empty(), "missing {missing:?}\norphans {orphans:?}");
    }
}
