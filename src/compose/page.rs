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
    /// 命令（令）格式 (10.2): no title, no addressee: `command.typ`.
    Command,
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
    /// What the standard leaves to the house.
    pub style: Style,
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

impl Page {
    /// A document with nothing on it.
    pub fn new(format: Format, meta: Meta) -> Self {
        Self {
            format,
            meta,
            style: Style::default(),
            head: None,
            title: Vec::new(),
            subtitle: None,
            addressee: None,
            body: Vec::new(),
            annex_notes: Vec::new(),
            attendees: Vec::new(),
            signature: None,
            note: None,
            credit: None,
            annexes: Vec::new(),
            imprint: None,
            attachments: Vec::new(),
        }
    }
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

/// What the standard leaves open or grades 一般, as the house has it (`版式` of the profile).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a choice of its own, as the profile has it")]
pub struct Style {
    /// How the characters of a line stand.
    pub grid: Grid,
    /// Size of 三号 type, pt: 16, or 15.75 as letterpress had it.
    pub size: f64,
    /// Lines a page (5.2.3): 22; another number only to bring a signature to its text (7.3.5.5).
    pub lines: u8,
    /// Whether the margins of even pages are mirrored, for binding on the left (5.2.1 leaves it open).
    pub mirrored: bool,
    /// Whether the imprint goes to an even page, as it does when both sides are printed (7.4).
    pub even_imprint: bool,
    /// Red of mark and rules (7.2.4, 7.2.7), sRGB.
    pub red: [u8; 3],
    /// Whether headings of the third level are bold: custom of some houses.
    pub bold_level_3: bool,
    /// Whether the type area, the grid and the measured distances are drawn over the page.
    pub overlay: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            grid: Grid::Strict,
            size: 16.0,
            lines: 22,
            mirrored: false,
            even_imprint: false,
            red: [0xe6, 0x00, 0x12],
            bold_level_3: false,
            overlay: false,
        }
    }
}

/// How the characters of a line stand (5.2.3: 28 a line, generally).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grid {
    /// 严格: every character and every mark has a cell of its own; gives way to kinsoku and Latin runs.
    Strict,
    /// 自然: marks that follow each other or end a line close up.
    Natural,
}

/// 版头 (7.2).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Head {
    /// 份号, six digits (7.2.1).
    pub copy_number: Option<String>,
    /// 密级和保密期限, `机密★1年` (7.2.2).
    pub secrecy: Option<String>,
    /// 紧急程度, `特急` or `加急` (7.2.3).
    pub urgency: Option<String>,
    /// 发文机关标志 (7.2.4): one organ, or, in a joint issue, every organ that is named, the lead first. A name
    /// too long for one line has a line break where its next line begins.
    pub mark: Vec<String>,
    /// `文件`, `命令`: follows the only organ's last line, or stands right of several, centred on them.
    pub mark_word: Option<String>,
    /// 发文字号, the issue of minutes (`第3期`) or of a command (`第12号`).
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
    /// Who signs: one, or, in a joint issue, every organ in its order.
    pub signatories: Vec<Signatory>,
    /// 成文日期, `2017年4月24日` (7.3.5.4).
    pub date: String,
    /// What is put on it by hand.
    pub form: SignatureForm,
}

/// One who signs.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Signatory {
    /// 署名, broken into lines when it is longer than the page allows; the post (`主任`) beside a stamp.
    pub organ: Vec<String>,
    /// The line below, `（××研究院代章）` (art. 18 of the regulation).
    pub on_behalf: Option<String>,
}

/// What a signature gets by hand: room is kept for it, nothing is ever drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureForm {
    /// 加盖印章 (7.3.5.1).
    Seal,
    /// 不加盖印章 (7.3.5.2).
    Plain,
    /// 加盖签发人签名章 (7.3.5.3).
    Stamp,
}

/// 附件.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Annex {
    /// `附件` or `附件1`; before it the file number when the annex is bound separately
    /// (`×发〔2017〕5号附件1`).
    pub label: String,
    /// Title, broken into lines.
    pub title: Vec<String>,
    /// Its text.
    pub body: Vec<Block>,
}

/// 版记.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Imprint {
    /// 主送 that was moved here so that page 1 shows text (7.3.2, 7.4.2), without label and with its full stop.
    pub addressee: Option<String>,
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
        /// Whether it is too wide for an upright page and lies on its side (8).
        turned: bool,
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
