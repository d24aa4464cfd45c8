//! The covering paper of a bundle: 函 in letter format or 报告, with the list of contents as its annex.

use super::body::{Body, Inset};
use super::page::{Format, Head, Imprint, Page};
use super::phrases::phrase;
use super::{AsOf, Composer};
use crate::model::scalar::Date;
use crate::model::{CoverGenre, Prose, Submission};
use serde::Serialize;
use serde_json::json;

/// A switch as the group reads it.
#[derive(Debug, Clone, Serialize)]
pub struct Reading {
    /// Its name.
    pub name: String,
    /// 是 or 否.
    pub value: String,
    /// Who said so.
    pub basis: Option<String>,
}

/// What a covering paper says.
#[derive(Debug, Clone)]
pub struct Cover<'a> {
    /// What is submitted, in words: `2017年度工作计划`.
    pub what: String,
    /// The article that asks for it.
    pub article: &'static str,
    /// Number, date, version, genre, explanation.
    pub submission: &'a Submission,
    /// How many papers the bundle holds.
    pub papers: usize,
    /// How many photographs.
    pub photographs: usize,
    /// 核验码.
    pub code: String,
    /// Sentences on the facts that ask for an explanation.
    pub facts: Vec<String>,
    /// The switches that the group reads otherwise than the rulebook.
    pub readings: Vec<Reading>,
    /// What other letters said of them: of what each was, in words, and its 情况说明.
    pub explanations: Vec<(String, &'a Prose)>,
    /// The year and day that computed tables in the explanation speak of.
    pub as_of: AsOf,
    /// What the facts oblige the group to send besides: `成员调整报告（张三）`.
    pub obligations: Vec<String>,
    /// Dates the PDF when the submission has no date.
    pub fallback: Date,
}

/// Composes the covering paper.
pub fn cover(composer: &Composer<'_>, cover: &Cover<'_>) -> Page {
    let group = composer.group();
    let submission = cover.submission;
    let genre = submission.genre.or(group.profile.cover).unwrap_or(CoverGenre::Letter);
    let (word, format) = match genre {
        CoverGenre::Letter => ("函", Format::Letter),
        CoverGenre::Report => ("报告", Format::General),
    };
    let facts = json!({ "what": cover.what, "genre": word, "article": cover.article, "papers": cover.papers, "photos": cover.photographs });
    let title = phrase("报送函标题", &facts);
    let mut page = group.page(format, &title, submission.date, cover.fallback);
    let upward = genre == CoverGenre::Report;
    let named = submission.signers.iter().map(ToString::to_string).collect::<Vec<_>>();
    page.head = Some(Head {
        signers: match (upward, named.is_empty()) {
            (false, _) => Vec::new(),
            (true, false) => named,
            (true, true) => {
                group.signer(Some(submission.date.unwrap_or(cover.fallback))).into_iter().collect()
            }
        },
        ..group.head(upward.then_some("文件"), submission.number.as_ref())
    });
    page.addressee = Some(format!("{}：", group.general_secretariat()));
    let mut tables = |inset: Inset<'_>| composer.derived(inset, cover.as_of);
    let mut body = Body::new(&mut tables);
    body.paragraph(phrase("报送函正文", &facts));
    if submission.version.is_some_and(|version| version > 1) || submission.replaces.is_some() {
        let replaces = submission.replaces.as_deref();
        body.paragraph(phrase(
            "报送函替代",
            json!({ "version": submission.version.unwrap_or(1), "replaces": replaces }),
        ));
    }
    body.paragraph(phrase("报送函核验", json!({ "code": cover.code })));
    let explained = submission.explanation.as_ref().filter(|prose| !prose.is_blank());
    if explained.is_some() || !cover.facts.is_empty() || !cover.explanations.is_empty() {
        body.paragraph(phrase("报送函说明", ()));
        for (index, fact) in cover.facts.iter().enumerate() {
            let number = if cover.facts.len() > 1 { format!("{}. ", index + 1) } else { String::new() };
            body.paragraph(format!("{number}{}。", fact.trim_end_matches('。')));
        }
        if let Some(prose) = explained {
            body.prose(prose);
        }
        for (what, prose) in &cover.explanations {
            body.paragraph(phrase("报送函另函说明", json!({ "what": what })));
            body.prose(prose);
        }
    }
    if !cover.readings.is_empty() {
        body.paragraph(phrase("报送函口径", json!({ "readings": cover.readings })));
    }
    if !cover.obligations.is_empty() {
        body.paragraph(phrase("报送函随后", json!({ "papers": cover.obligations })));
    }
    body.paragraph(phrase("报送函结尾", &facts));
    page.body = body.blocks;
    page.annex_notes = vec![phrase("材料清单", ())];
    page.signature = Some(group.signature(submission.date));
    if upward {
        page.imprint = Some(Imprint {
            addressee: None,
            copy_to: None,
            issuer: Some(format!("{}秘书处", group.short_name())),
            issued: submission.date.map(|date| format!("{date}印发")),
        });
    }
    page
}
