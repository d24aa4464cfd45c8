//! Text templates: in go facts, out comes plain text, by the templates in the executable or a workspace's own.
//!
//! Refused, with file, line and column: a template that cannot be read, and one that asks for what is not there.

use super::markdown;
use crate::finding::{Finding, Place};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The text templates in the executable: path below `templates/`, content.
pub const SHIPPED_TEXTS: &[(&str, &str)] = &[
    (PRESS_TEXT, include_str!("../../templates/text/press.txt")),
    (PRESS_MARKDOWN, include_str!("../../templates/text/press.md")),
    (MAIL, include_str!("../../templates/text/mail.txt")),
];

/// The press draft as plain text.
pub(super) const PRESS_TEXT: &str = "text/press.txt";

/// The press draft as Markdown.
pub(super) const PRESS_MARKDOWN: &str = "text/press.md";

/// The e-mail that a bundle goes out with: its subject, an empty line, its text.
pub const MAIL: &str = "text/mail.txt";

/// The templates in the executable.
static SHIPPED: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_debug(true);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // A line that holds nothing but {% … %} is no line of the text.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.add_filter("md", |text: String| markdown::escape(&text));
    for (name, text) in SHIPPED_TEXTS {
        // A test reads them all.
        let _ = environment.add_template(name, text);
    }
    environment
});

/// The text templates of a workspace.
#[derive(Debug, Clone)]
pub struct Texts {
    environment: Environment<'static>,
    folder: String,
    own: BTreeSet<String>,
}

impl Texts {
    /// The templates in the executable with `own`, which lie in `folder`, in their places; and what is wrong with
    /// these. A faulty one is left out.
    pub(super) fn new(folder: &str, own: BTreeMap<String, Vec<u8>>) -> (Self, Vec<Finding>) {
        let mut texts =
            Self { environment: SHIPPED.clone(), folder: folder.to_owned(), own: BTreeSet::new() };
        let faults = own.into_iter().filter_map(|(name, bytes)| texts.put(&name, bytes).err()).collect();
        (texts, faults)
    }

    fn put(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), Finding> {
        self.own.insert(name.to_owned());
        let added = match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
                let added = self.environment.add_template_owned(name.to_owned(), text);
                added.map_err(|error| self.fault(name, &error))
            }
            Err(_) => Err(self.refusal(name, (0, 0), "file is not UTF-8")),
        };
        if added.is_err() {
            self.own.remove(name);
        }
        added
    }

    /// The text that the template `name` makes of `facts`, with one line break at its end.
    ///
    /// # Errors
    /// `page/template` with the place in the template.
    pub fn render(&self, name: &str, facts: impl Serialize) -> Result<String, Finding> {
        let template = self.environment.get_template(name);
        let text = template.and_then(|template| template.render(Value::from(Serde(facts))));
        text.map(|text| format!("{}\n", text.trim_end())).map_err(|error| self.fault(name, &error))
    }

    fn fault(&self, name: &str, error: &Error) -> Finding {
        let name = error.name().unwrap_or(name);
        let source = error.template_source().unwrap_or_default();
        let before = error.range().and_then(|range| source.get(..range.start));
        let column =
            before.map_or(1, |text| text.rsplit('\n').next().unwrap_or_default().chars().count() + 1);
        let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        self.refusal(name, (error.line().unwrap_or(0), column), &message)
    }

    fn refusal(&self, name: &str, (line, column): (usize, usize), message: &str) -> Finding {
        let number = |number| u32::try_from(number).unwrap_or_default();
        let place = self.own.contains(name).then(|| Place {
            line: number(line),
            column: number(column),
            ..Place::file(format!("{}/{name}", self.folder))
        });
        let finding = Finding::new("page/template").at(place).fact("file", name).fact("message", message);
        finding.fact("line", line).fact("column", column).fact("hint", "").fact("document", "")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn own(text: &str) -> (Texts, Vec<Finding>) {
        Texts::new("模板", BTreeMap::from([(MAIL.to_owned(), text.as_bytes().to_vec())]))
    }

    fn place(finding: &Finding) -> (String, u32, u32, &str) {
        let place = finding.place.clone().unwrap();
        (place.file, place.line, place.column, finding.facts["message"].as_str().unwrap())
    }

    #[test]
    fn every_shipped_text_can_be_read() {
        let texts = Texts::new("", BTreeMap::new()).0;
        for (name, _) in SHIPPED_TEXTS {
            assert!(texts.environment.get_template(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_out_and_told_with_its_place() {
        let (texts, faults) = own("标题\n正文{% if x %}\n{{ 1 + }}\n");
        assert_eq!(faults.len(), 1);
        assert_eq!(
            place(&faults[0]),
            ("模板/text/mail.txt".into(), 3, 8, "unexpected end of variable block")
        );
        assert!(texts.own.is_empty() && texts.environment.get_template(MAIL).is_ok());
        let faults = Texts::new("模板", BTreeMap::from([(MAIL.to_owned(), vec![0xff])])).1;
        assert_eq!(place(&faults[0]).1, 0);
    }

    #[test]
    fn what_is_not_there_is_told_with_its_place() {
        for (text, line, column, message) in [
            ("标题\n\n收件：{{ tittle }}", 3, 7, "`tittle` is undefined"),
            ("标题\n{{ title | shout }}", 2, 12, "filter shout is unknown"),
            ("{% for x in list %}{{ x.name }}{% endfor %}", 1, 23, "`x.name` is undefined"),
        ] {
            let (texts, faults) = own(text);
            assert_eq!(faults, []);
            let fault = texts.render(MAIL, json!({ "title": "题", "list": [{}] })).unwrap_err();
            assert_eq!(place(&fault), ("模板/text/mail.txt".into(), line, column, message));
        }
    }

    #[test]
    fn line_ends_of_windows_and_a_mark_at_the_start_are_no_text() {
        let (texts, _) = own("\u{feff}{% if true %}\r\n题\r\n{% endif %}\r\n\r\n");
        assert_eq!(texts.render(MAIL, json!({})).unwrap(), "题\n");
    }
}
