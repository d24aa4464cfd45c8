//! The text of a page's data that has to be seen on paper, piece by piece.

use crate::compose::page::{Block, Page};
use crate::typeset::fonts::Role;

/// A text that is printed, and where it stands in `/data.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed<'a> {
    /// JSON Pointer into the page's data, `/body/3/text`.
    pub pointer: String,
    /// The text.
    pub text: &'a str,
    /// The face that the shipped templates give it.
    pub role: Role,
}

/// Everything of `page` that is printed; not its metadata, nor what is only read aloud.
pub fn printed(page: &Page) -> Vec<Printed<'_>> {
    let mut out = List(Vec::new());
    if let Some(head) = &page.head {
        out.one(Role::Fang, "/head/copy_number", &head.copy_number);
        out.one(Role::Hei, "/head/secrecy", &head.secrecy);
        out.one(Role::Hei, "/head/urgency", &head.urgency);
        out.many(Role::Biao, "/head/mark", &head.mark);
        out.one(Role::Biao, "/head/mark_word", &head.mark_word);
        out.one(Role::Fang, "/head/number", &head.number);
        out.many(Role::Kai, "/head/signers", &head.signers);
    }
    out.many(Role::Biao, "/title", &page.title);
    out.one(Role::Kai, "/subtitle", &page.subtitle);
    out.one(Role::Fang, "/addressee", &page.addressee);
    out.blocks("/body", &page.body);
    out.many(Role::Fang, "/annex_notes", &page.annex_notes);
    for (i, list) in page.attendees.iter().enumerate() {
        out.one(Role::Hei, format!("/attendees/{i}/label"), &list.label);
        out.one(Role::Fang, format!("/attendees/{i}/text"), &list.text);
    }
    if let Some(signature) = &page.signature {
        for (i, signatory) in signature.signatories.iter().enumerate() {
            out.many(Role::Fang, &format!("/signature/signatories/{i}/organ"), &signatory.organ);
            out.one(Role::Fang, format!("/signature/signatories/{i}/on_behalf"), &signatory.on_behalf);
        }
        out.one(Role::Fang, "/signature/date", &signature.date);
    }
    out.one(Role::Fang, "/note", &page.note);
    out.one(Role::Fang, "/credit", &page.credit);
    for (i, annex) in page.annexes.iter().enumerate() {
        out.one(Role::Hei, format!("/annexes/{i}/label"), &annex.label);
        out.many(Role::Biao, &format!("/annexes/{i}/title"), &annex.title);
        out.blocks(&format!("/annexes/{i}/body"), &annex.body);
    }
    if let Some(imprint) = &page.imprint {
        out.one(Role::Fang, "/imprint/addressee", &imprint.addressee);
        out.one(Role::Fang, "/imprint/copy_to", &imprint.copy_to);
        out.one(Role::Fang, "/imprint/issuer", &imprint.issuer);
        out.one(Role::Fang, "/imprint/issued", &imprint.issued);
    }
    out.0
}

/// A text, or one that may be absent.
trait Text<'a> {
    fn text(self) -> Option<&'a str>;
}

impl<'a> Text<'a> for &'a String {
    fn text(self) -> Option<&'a str> {
        Some(self)
    }
}

impl<'a> Text<'a> for &'a Option<String> {
    fn text(self) -> Option<&'a str> {
        self.as_deref()
    }
}

struct List<'a>(Vec<Printed<'a>>);

impl<'a> List<'a> {
    fn one(&mut self, role: Role, pointer: impl Into<String>, text: impl Text<'a>) {
        self.0.extend(text.text().map(|text| Printed { pointer: pointer.into(), text, role }));
    }

    fn many(&mut self, role: Role, pointer: &str, texts: &'a [String]) {
        for (i, text) in texts.iter().enumerate() {
            self.one(role, format!("{pointer}/{i}"), text);
        }
    }

    fn blocks(&mut self, pointer: &str, blocks: &'a [Block]) {
        for (i, block) in blocks.iter().enumerate() {
            let at = format!("{pointer}/{i}");
            match block {
                Block::Paragraph { text } => self.one(Role::Fang, at + "/text", text),
                Block::Heading { level, text } => self.one(of_level(*level), at + "/text", text),
                Block::RunIn { level, head, text } => {
                    self.one(of_level(*level), format!("{at}/head"), head);
                    self.one(Role::Fang, at + "/text", text);
                }
                Block::Table { caption, columns, rows, totals, .. } => {
                    self.one(Role::Hei, format!("{at}/caption"), caption);
                    for (j, column) in columns.iter().enumerate() {
                        self.one(Role::Hei, format!("{at}/columns/{j}/title"), &column.title);
                    }
                    for (j, row) in rows.iter().enumerate() {
                        let is_total = j + totals >= rows.len();
                        let role = if is_total { Role::Hei } else { Role::Fang };
                        self.many(role, &format!("{at}/rows/{j}"), row);
                    }
                }
                Block::Picture { caption, .. } => self.one(Role::Fang, at + "/caption", caption),
            }
        }
    }
}

/// The face of a heading (7.3.3).
fn of_level(level: u8) -> Role {
    match level {
        1 => Role::Hei,
        2 => Role::Kai,
        _ => Role::Fang,
    }
}
