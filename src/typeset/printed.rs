//! The text of a page's data that has to be seen on paper, piece by piece.

use crate::compose::page::{Block, Page};

/// A text that is printed, and where it stands in `/data.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed<'a> {
    /// JSON Pointer into the page's data, `/body/3/text`.
    pub pointer: String,
    /// The text.
    pub text: &'a str,
}

/// Everything of `page` that is printed; not its metadata, nor what is only read aloud.
pub fn printed(page: &Page) -> Vec<Printed<'_>> {
    let mut out = List(Vec::new());
    if let Some(head) = &page.head {
        out.one("/head/copy_number", &head.copy_number);
        out.one("/head/secrecy", &head.secrecy);
        out.one("/head/urgency", &head.urgency);
        out.many("/head/mark", &head.mark);
        out.one("/head/mark_word", &head.mark_word);
        out.one("/head/number", &head.number);
        out.many("/head/signers", &head.signers);
    }
    out.many("/title", &page.title);
    out.one("/subtitle", &page.subtitle);
    out.one("/addressee", &page.addressee);
    out.blocks("/body", &page.body);
    out.many("/annex_notes", &page.annex_notes);
    for (i, list) in page.attendees.iter().enumerate() {
        out.one(format!("/attendees/{i}/label"), &list.label);
        out.one(format!("/attendees/{i}/text"), &list.text);
    }
    if let Some(signature) = &page.signature {
        for (i, signatory) in signature.signatories.iter().enumerate() {
            out.many(&format!("/signature/signatories/{i}/organ"), &signatory.organ);
            out.one(format!("/signature/signatories/{i}/on_behalf"), &signatory.on_behalf);
        }
        out.one("/signature/date", &signature.date);
    }
    out.one("/note", &page.note);
    out.one("/credit", &page.credit);
    for (i, annex) in page.annexes.iter().enumerate() {
        out.one(format!("/annexes/{i}/label"), &annex.label);
        out.many(&format!("/annexes/{i}/title"), &annex.title);
        out.blocks(&format!("/annexes/{i}/body"), &annex.body);
    }
    if let Some(imprint) = &page.imprint {
        out.one("/imprint/addressee", &imprint.addressee);
        out.one("/imprint/copy_to", &imprint.copy_to);
        out.one("/imprint/issuer", &imprint.issuer);
        out.one("/imprint/issued", &imprint.issued);
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
    fn one(&mut self, pointer: impl Into<String>, text: impl Text<'a>) {
        self.0.extend(text.text().map(|text| Printed { pointer: pointer.into(), text }));
    }

    fn many(&mut self, pointer: &str, texts: &'a [String]) {
        for (i, text) in texts.iter().enumerate() {
            self.one(format!("{pointer}/{i}"), text);
        }
    }

    fn blocks(&mut self, pointer: &str, blocks: &'a [Block]) {
        for (i, block) in blocks.iter().enumerate() {
            let at = format!("{pointer}/{i}");
            match block {
                Block::Paragraph { text } | Block::Heading { text, .. } => self.one(at + "/text", text),
                Block::RunIn { head, text, .. } => {
                    self.one(format!("{at}/head"), head);
                    self.one(at + "/text", text);
                }
                Block::Table { caption, columns, rows, .. } => {
                    self.one(format!("{at}/caption"), caption);
                    for (j, column) in columns.iter().enumerate() {
                        self.one(format!("{at}/columns/{j}/title"), &column.title);
                    }
                    for (j, row) in rows.iter().enumerate() {
                        self.many(&format!("{at}/rows/{j}"), row);
                    }
                }
                Block::Picture { caption, .. } => self.one(at + "/caption", caption),
            }
        }
    }
}
