//! The plain data of one official document, as a template reads it from `/data.json`.
//!
//! Every kind of document becomes a [`Page`]; templates know nothing of the model. All text here
//! is literal: a template shows it and never evaluates it.

use serde::Serialize;

/// Which template sets the document: a file of `templates/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// 纪要格式 (GB/T 9704-2012, 10.3): `minutes.typ`.
    Minutes,
    /// 信函格式 (10.1): `letter.typ`.
    Letter,
    /// The general format with a red head (7.2): notices and, with 签发人, upward reports: `general.typ`.
    General,
    /// Title and body only, for what is no official genre (plan, summary, press draft, lists): `plain.typ`.
    Plain,
}

/// One document, ready to be set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// The template.
    pub format: Format,
    /// What the PDF says about itself.
    pub meta: Meta,
    /// Red head; none for [`Format::Plain`].
    pub head: Option<Head>,
    /// The title, already broken into lines (7.3.1).
    pub title: Vec<String>,
    /// Under the title, in brackets: a draft's status, `（征求意见稿）`, or a subtitle.
    pub subtitle: Option<String>,
    /// 主送机关 with its final `：` (7.3.2).
    pub addressee: Option<String>,
    /// The text (7.3.3).
    pub body: Vec<Block>,
    /// 附件说明: names of the annexes (7.3.4); numbered by the template when there are several.
    pub annex_notes: Vec<String>,
    /// 出席, 请假, 列席 of minutes (10.3).
    pub attendees: Vec<Attendees>,
    /// 发文机关署名 and 成文日期 (7.3.5).
    pub signature: Option<Signature>,
    /// 附注, with its brackets (7.3.6).
    pub note: Option<String>,
    /// Source line of a press draft, for instance `供稿：……`; set flush right at the end.
    pub credit: Option<String>,
    /// Annexes, each on a new page (7.3.7).
    pub annexes: Vec<Annex>,
    /// 版记 (7.4).
    pub imprint: Option<Imprint>,
    /// Files carried inside the PDF (PDF/A-3).
    pub attachments: Vec<Attachment>,
}

/// What the PDF's metadata say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Meta {
    /// Title on one line.
    pub title: String,
    /// The issuing organ.
    pub author: String,
    /// Year, month, day of the document; the PDF's only date.
    pub date: (i32, u32, u32),
    /// Short description, for instance the kind of document.
    pub description: String,
}

/// 版头 (7.2).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Head {
    /// 发文机关标志, for instance `××专家组会议纪要`.
    pub mark: String,
    /// 发文字号 or the issue of minutes (`第3期`).
    pub number: Option<String>,
    /// 签发人; not empty only in upward documents.
    pub signers: Vec<String>,
}

/// One labelled list of people under minutes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attendees {
    /// `出席`, `请假` or `列席`, without colon.
    pub label: String,
    /// Units and names.
    pub text: String,
}

/// Signature block.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signature {
    /// 署名, broken into lines when it is longer than the page allows.
    pub organ: Vec<String>,
    /// The line below, `（××研究院代章）` (art. 18).
    pub on_behalf: Option<String>,
    /// 成文日期, `2017年4月24日`.
    pub date: String,
    /// Whether room for a seal is kept (7.3.5.1) or the unsealed layout is used (7.3.5.2).
    pub seal: bool,
}

/// 附件.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Annex {
    /// `附件` or `附件1`.
    pub label: String,
    /// Title, broken into lines.
    pub title: Vec<String>,
    /// Its text.
    pub body: Vec<Block>,
}

/// 版记.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Imprint {
    /// 抄送, without label and with its full stop.
    pub copy_to: Option<String>,
    /// 印发机关.
    pub issuer: Option<String>,
    /// 印发日期, `2017年4月24日印发`.
    pub issued: Option<String>,
}

/// A file inside the PDF.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attachment {
    /// Virtual path under which the caller hands the bytes over, `/source/活动.yaml`.
    pub path: String,
    /// What it is.
    pub description: String,
    /// Media type.
    pub mime: String,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph, first line indented by two characters.
    Paragraph {
        /// Its text.
        text: String,
    },
    /// A heading that stands alone: level 1 一、 2 （一） 3 1. 4 （1）.
    Heading {
        /// 1 to 4.
        level: u8,
        /// With its number.
        text: String,
    },
    /// A heading whose paragraph runs on: only `head` takes the level's face.
    RunIn {
        /// 1 to 4.
        level: u8,
        /// The first sentence with its full stop.
        head: String,
        /// The rest.
        text: String,
    },
    /// A table; its head is repeated on every page it runs over.
    Table {
        /// Caption above it.
        caption: Option<String>,
        /// The columns.
        columns: Vec<Column>,
        /// The rows; each has as many cells as there are columns.
        rows: Vec<Vec<String>>,
        /// How many of the last rows are totals (set in the head's face).
        totals: usize,
    },
    /// A picture with its caption.
    Picture {
        /// Virtual path under which the caller hands the bytes over.
        path: String,
        /// Printed under it.
        caption: String,
        /// Read aloud in its place.
        alt: String,
        /// Width of the printed picture, mm.
        width_mm: f64,
    },
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Head cell.
    pub title: String,
    /// Share of the width, relative to the other columns.
    pub weight: f64,
    /// How its cells stand.
    pub align: Align,
}

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Running text.
    Left,
    /// Short words, dates.
    Center,
    /// Sums.
    Right,
}
