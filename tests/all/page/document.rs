//! A document as it was ordered and as it stands on the pages: each part of the order with its lines.

use crate::page::place::{Line, Lines, Span, Stream};
use crate::page::read::Paper;
use baosong::compose::page::{Block, Page};

/// What is checked.
pub(super) struct Document<'p> {
    pub(super) page: &'p Page,
    pub(super) paper: &'p Paper,
    /// 份号, 密级, 紧急程度, in this order, those that there are.
    pub(super) labels: Vec<Vec<Line<'p>>>,
    /// Lines of the mark, without its last word when this stands beside several.
    pub(super) mark: Vec<Line<'p>>,
    /// 文件 beside the mark of a joint issue.
    pub(super) mark_word: Option<Vec<Line<'p>>>,
    pub(super) number: Option<Vec<Line<'p>>>,
    pub(super) signers: Vec<Line<'p>>,
    pub(super) title: Vec<Line<'p>>,
    pub(super) addressee: Vec<Line<'p>>,
    /// The text, block by block; none of a table's or a picture's.
    pub(super) body: Vec<(&'p Block, Vec<Line<'p>>)>,
    pub(super) annex_notes: Vec<Vec<Line<'p>>>,
    pub(super) attendees: Vec<Vec<Line<'p>>>,
    /// Of each signatory the lines of its name.
    pub(super) organs: Vec<Vec<Line<'p>>>,
    pub(super) date: Vec<Line<'p>>,
    pub(super) note: Vec<Line<'p>>,
    pub(super) annexes: Vec<AnnexLines<'p>>,
    /// 主送, 抄送, 印发机关, 印发日期.
    pub(super) imprint: [Vec<Line<'p>>; 4],
    pub(super) lines: Lines,
    /// What was ordered and is not found at its place.
    pub(super) missing: Vec<String>,
}

/// An annex on its pages.
pub(super) struct AnnexLines<'p> {
    pub(super) label: Vec<Line<'p>>,
    pub(super) title: Vec<Line<'p>>,
    pub(super) body: Vec<(&'p Block, Vec<Line<'p>>)>,
}

/// Takes pieces from the stream in the order in which they must stand.
struct Walk<'p, 's> {
    stream: &'s Stream<'p>,
    cursor: usize,
    missing: Vec<String>,
}

impl<'p> Walk<'p, '_> {
    fn span(&mut self, text: &str) -> Option<Span> {
        let span = self.stream.find(self.cursor, text);
        if span.is_none() {
            self.missing.push(text.chars().take(20).collect());
        }
        span
    }

    /// The next piece; what follows stands after it.
    fn next(&mut self, text: &str) -> Vec<Line<'p>> {
        let Some(span) = self.span(text) else { return Vec::new() };
        self.cursor = span.end;
        self.stream.lines(&span)
    }

    /// A piece that stands somewhere from here on.
    fn beside(&mut self, text: &str) -> Vec<Line<'p>> {
        self.span(text).map(|span| self.stream.lines(&span)).unwrap_or_default()
    }

    fn blocks(&mut self, blocks: &'p [Block]) -> Vec<(&'p Block, Vec<Line<'p>>)> {
        let mut found = Vec::new();
        for block in blocks {
            let lines = match block {
                Block::Paragraph { text } | Block::Heading { text, .. } => self.next(text),
                Block::RunIn { head, text, .. } => self.next(&format!("{head}{text}")),
                Block::Table { caption: Some(caption), .. } | Block::Picture { caption, .. } => {
                    self.next(caption)
                }
                Block::Table { .. } => continue,
            };
            found.push((block, lines));
        }
        found
    }
}

/// A number before each name, when there are several.
fn numbered(names: &[String]) -> Vec<String> {
    let several = names.len() > 1;
    let number = |i: usize| if several { format!("{}.", i + 1) } else { String::new() };
    let lead = |i: usize| if i == 0 { "附件：" } else { "" };
    names.iter().enumerate().map(|(i, name)| format!("{}{}{name}", lead(i), number(i))).collect()
}

impl<'p> Document<'p> {
    pub(super) fn of(page: &'p Page, paper: &'p Paper) -> Self {
        let stream = Stream::of(paper);
        let mut walk = Walk { stream: &stream, cursor: 0, missing: Vec::new() };
        let (mut labels, mut mark, mut mark_word) = (Vec::new(), Vec::new(), None);
        let (mut number, mut signers) = (None, Vec::new());
        if let Some(head) = &page.head {
            for label in [&head.copy_number, &head.secrecy, &head.urgency].into_iter().flatten() {
                labels.push(walk.beside(label));
            }
            match (&head.mark[..], &head.mark_word) {
                ([organ], Some(word)) => mark = walk.beside(&format!("{organ}{word}")),
                (organs, word) => {
                    mark = organs.iter().flat_map(|organ| walk.beside(organ)).collect();
                    mark_word = word.as_ref().map(|word| walk.beside(word));
                }
            }
            number = head.number.as_ref().map(|number| walk.beside(number));
            if !head.signers.is_empty() {
                signers = walk.beside("签发人：");
                signers.extend(head.signers.iter().flat_map(|name| walk.beside(name)));
            }
        }
        let title: Vec<_> = page.title.iter().flat_map(|line| walk.next(line)).collect();
        if let Some(subtitle) = &page.subtitle {
            walk.next(subtitle);
        }
        // A long addressee may have moved to the imprint, where it ends with a full stop (7.3.2).
        let above = page.addressee.as_ref().filter(|it| stream.find(walk.cursor, it).is_some());
        let addressee = above.map(|it| walk.next(it)).unwrap_or_default();
        let body = walk.blocks(&page.body);
        let annex_notes = numbered(&page.annex_notes).iter().map(|note| walk.next(note)).collect();
        let list = |it: &baosong::compose::page::Attendees| format!("{}：{}", it.label, it.text);
        let (mut attendees, mut organs, mut date): (Vec<_>, Vec<_>, _) = (Vec::new(), Vec::new(), Vec::new());
        let signed = page.signature.as_ref();
        attendees.extend(page.attendees.iter().map(|it| walk.next(&list(it))));
        if let Some(signature) = signed {
            for who in &signature.signatories {
                organs.push(who.organ.iter().flat_map(|line| walk.beside(line)).collect());
            }
            date = walk.next(&signature.date);
        }
        let note = page.note.as_ref().map(|it| walk.next(it)).unwrap_or_default();
        if let Some(credit) = &page.credit {
            walk.next(credit);
        }
        let mut annexes = Vec::new();
        for annex in &page.annexes {
            let label = walk.next(&annex.label);
            let title = annex.title.iter().flat_map(|line| walk.next(line)).collect();
            annexes.push(AnnexLines { label, title, body: walk.blocks(&annex.body) });
        }
        let moved = page.addressee.as_ref().filter(|_| addressee.is_empty());
        let moved = moved.map(|it| format!("{}。", it.trim_end_matches('：')));
        let mut imprint = [const { Vec::new() }; 4];
        let it = page.imprint.clone().unwrap_or_default();
        let addressee_below = it.addressee.or(moved);
        if let Some(text) = addressee_below {
            imprint[0] = walk.next(&format!("主送：{text}"));
        }
        if let Some(text) = it.copy_to {
            imprint[1] = walk.next(&format!("抄送：{text}"));
        }
        imprint[2] = it.issuer.map(|text| walk.next(&text)).unwrap_or_default();
        imprint[3] = it.issued.map(|text| walk.next(&text)).unwrap_or_default();
        let missing = walk.missing;
        // Most lines of the text are as far apart as the page's lines.
        let mut steps: Vec<f64> = body
            .iter()
            .flat_map(|(_, lines)| lines.windows(2))
            .filter(|pair| pair[0].page == pair[1].page)
            .map(|pair| pair[1].y() - pair[0].y())
            .collect();
        steps.sort_by(f64::total_cmp);
        let lines = Lines::of(steps.get(steps.len() / 2).copied(), page.signature.is_some());
        Self {
            page,
            paper,
            labels,
            mark,
            mark_word,
            number,
            signers,
            title,
            addressee,
            body,
            annex_notes,
            attendees,
            organs,
            date,
            note,
            annexes,
            imprint,
            lines,
            missing,
        }
    }

    /// Left edge of the type area on a page, from 0.
    pub(super) fn left(&self, page: usize) -> f64 {
        use crate::page::place::{LEFT, RIGHT};
        if self.page.style.mirrored && page % 2 == 1 { 210.0 - RIGHT } else { LEFT }
    }

    /// Running text: of the document and its annexes, without tables and pictures.
    pub(super) fn prose(&self) -> impl Iterator<Item = &(&'p Block, Vec<Line<'p>>)> {
        let annexes = self.annexes.iter().flat_map(|annex| &annex.body);
        let runs = |block: &Block| !matches!(block, Block::Table { .. } | Block::Picture { .. });
        self.body.iter().chain(annexes).filter(move |(block, lines)| runs(block) && !lines.is_empty())
    }

    /// The last line over the annex note, the attendees or the signature.
    pub(super) fn last_of_text(&self) -> Option<&Line<'p>> {
        self.body.iter().rev().find_map(|(_, lines)| lines.last())
    }
}
