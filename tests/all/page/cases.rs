//! The documents that are set and measured: every format, one page, a page exactly full, one line more, and whatever
//! the standard has a rule for.

use crate::page::texts::{FIGURES, PROSE, TRADITIONAL, heading, of_lines, paragraph, paragraphs};
use baosong::compose::page::{
    Align, Annex, Attendees, Block, Column, Format, Head, Imprint, Meta, Page, Signatory, Signature,
    SignatureForm, Style,
};

/// A document with what it is called in messages.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) page: Page,
}

const ORGAN: &str = "海州省质量协会";
const OFFICE: &str = "海州省质量协会办公室";
const DATE: &str = "2026年4月24日";

/// The plainest document of `format` with `body`.
pub(super) fn page(format: Format, body: Vec<Block>) -> Page {
    let meta = Meta {
        title: "试验文稿".into(),
        author: ORGAN.into(),
        date: (2026, 4, 24),
        description: "试验".into(),
    };
    let base = Page {
        title: vec!["关于开展年度专项调研的通知".into()], body, ..Page::new(format, meta)
    };
    let mark = |mark: &str, word: Option<&str>, number: &str| {
        let (mark, mark_word, number) =
            (vec![mark.to_owned()], word.map(str::to_owned), Some(number.to_owned()));
        Some(Head { mark, mark_word, number, ..Head::default() })
    };
    let imprint = Imprint {
        copy_to: Some("省标准化研究院，各市质量协会，本会各部门。".into()),
        issuer: Some(OFFICE.into()),
        issued: Some("2026年4月24日印发".into()),
        ..Imprint::default()
    };
    match format {
        Format::Plain => base,
        Format::General => Page {
            head: mark(ORGAN, Some("文件"), "海质协〔2026〕18号"),
            addressee: Some("各会员单位：".into()),
            signature: Some(signed(SignatureForm::Seal)),
            imprint: Some(imprint),
            ..base
        },
        Format::Letter => Page {
            head: mark(ORGAN, None, "海质协函〔2026〕7号"),
            title: vec!["关于商请协助开展调研工作的函".into()],
            addressee: Some("省标准化研究院：".into()),
            signature: Some(signed(SignatureForm::Seal)),
            imprint: Some(Imprint { copy_to: imprint.copy_to, ..Imprint::default() }),
            ..base
        },
        Format::Command => Page {
            head: mark(ORGAN, Some("令"), "第12号"),
            title: Vec::new(),
            signature: Some(Signature {
                signatories: vec![Signatory { organ: vec!["会长".into()], on_behalf: None }],
                ..signed(SignatureForm::Stamp)
            }),
            ..base
        },
        Format::Minutes => Page {
            head: mark("海州省质量协会会议纪要", None, "第3期"),
            title: vec!["第二次全体会议纪要".into()],
            attendees: vec![
                Attendees {
                    label: "出席".into(),
                    text: "张明远、李静、王海涛、阿卜杜拉·买买提、欧阳建国、褚卫东、司马文".into(),
                },
                Attendees { label: "请假".into(), text: "周晓岚".into() },
                Attendees { label: "列席".into(), text: "省标准化研究院赵立新".into() },
            ],
            imprint: Some(imprint),
            ..base
        },
    }
}

fn signed(form: SignatureForm) -> Signature {
    let signatories = vec![Signatory { organ: vec![ORGAN.into()], on_behalf: None }];
    Signature { signatories, date: DATE.into(), form }
}

fn joint(form: SignatureForm) -> Signature {
    let organs = [ORGAN, "海州省标准化研究院", "海州省计量测试学会"];
    let signatories = organs.map(|organ| Signatory { organ: vec![organ.into()], on_behalf: None });
    Signature { signatories: signatories.into(), ..signed(form) }
}

/// One to four levels of headings with text.
fn levels() -> Vec<Block> {
    let mut body = vec![heading(1, "一、总体要求"), paragraph(PROSE[0]), heading(2, "（一）健全工作机制")];
    body.extend([paragraph(FIGURES[1]), heading(3, "1.明确职责分工"), paragraph(PROSE[3])]);
    body.extend([heading(4, "（1）综合处"), paragraph(FIGURES[3]), heading(1, "二、工作安排")]);
    body.push(Block::RunIn {
        level: 2, head: "（一）动员部署阶段。".into(), text: PROSE[1].into()
    });
    body.push(Block::RunIn { level: 3, head: "1.制定方案。".into(), text: FIGURES[2].into() });
    body
}

fn annex(label: &str, title: &str, body: Vec<Block>) -> Annex {
    Annex { label: label.into(), title: vec![title.into()], body }
}

/// A table of `rows` rows in `titles.len()` columns.
fn table(titles: &[&str], rows: usize, turned: bool) -> Block {
    let column = |title: &&str| Column { title: (*title).into(), weight: 1.0, align: Align::Center };
    let cell = |row: usize, column: usize| match column {
        0 => format!("{row}"),
        1 => "核查机构整改情况".to_owned(),
        _ => format!("{row}.{column}"),
    };
    Block::Table {
        caption: None,
        columns: titles.iter().map(column).collect(),
        rows: (1..=rows).map(|row| (0..titles.len()).map(|i| cell(row, i)).collect()).collect(),
        totals: 0,
        turned,
    }
}

const WIDE: [&str; 10] = ["序号", "事项", "一月", "二月", "三月", "四月", "五月", "六月", "七月", "合计"];

/// Twenty addressees, enough to push the text off page 1 under a long head.
fn twenty() -> String {
    let cities = "云川、临江、北屏、南屏、东陵、西陵、安平、宁远、定海、怀远、长泽、永丰、青岭、白水、石门、金堂、\
                  玉泉、兴和、广宁、武陵";
    let names: Vec<String> = cities.split('、').map(|city| format!("{city}市质量技术协会联合会")).collect();
    format!("{}：", names.join("、"))
}

const LONG_TITLE: [&str; 3] =
    ["海州省质量协会关于印发", "《检验检测机构能力建设三年行动方案》", "和做好组织实施工作的通知"];

fn upward() -> Page {
    let base = page(Format::General, paragraphs(&PROSE, 2));
    let head = base.head.clone().map(|head| Head {
        copy_number: Some("000003".into()),
        secrecy: Some("机密★1年".into()),
        urgency: Some("特急".into()),
        signers: vec!["张明远".into(), "欧阳建国".into(), "李静".into()],
        ..head
    });
    let title = vec!["关于年度专项调研情况的报告".into()];
    Page { head, title, addressee: Some("省质量工作领导小组：".into()), ..base }
}

/// Everything but the full pages, which are found by setting: see [`full`].
pub(super) fn cases(format: Format) -> Vec<Case> {
    let one = page(format, vec![paragraph(PROSE[0]), paragraph(PROSE[4])]);
    let has_title = format != Format::Command;
    let mut cases: Vec<(&str, Page)> = vec![
        ("one page", one.clone()),
        ("prose over pages", page(format, paragraphs(&PROSE, 16))),
        ("figures and levels", page(format, levels())),
    ];
    let five = ["核查机构名单", "问题清单", "整改台账", "经费决算", "联系方式"];
    let annexes: Vec<Annex> = five
        .iter()
        .enumerate()
        .map(|(i, name)| annex(&format!("附件{}", i + 1), name, vec![paragraph(PROSE[i % PROSE.len()])]))
        .collect();
    let names: Vec<String> = five.iter().map(|name| (*name).to_owned()).collect();
    if matches!(format, Format::General | Format::Letter | Format::Minutes) {
        cases.push(("five annexes", Page { annex_notes: names, annexes, ..one.clone() }));
    }
    if has_title {
        let title = LONG_TITLE.map(str::to_owned).into();
        cases.push(("long title", Page { title, ..page(format, paragraphs(&FIGURES, 3)) }));
    }
    let with = |form| Page { signature: Some(signed(form)), ..one.clone() };
    match format {
        Format::General => {
            let mut body = paragraphs(&PROSE, 1);
            body.push(table(&["序号", "事项", "期限"], 40, false));
            body.push(paragraph(PROSE[5]));
            cases.push(("upward", upward()));
            cases.push(("long table", Page { body, ..one.clone() }));
            cases.push(("turned table", turned(45)));
            cases.push(("no seal", with(SignatureForm::Plain)));
            cases.push(("stamp", with(SignatureForm::Stamp)));
            let head = one.head.clone().map(|head| Head {
                mark: vec![ORGAN.into(), "海州省标准化研究院".into(), "海州省计量测试学会".into()],
                ..head
            });
            let issue = |form| Page { head: head.clone(), signature: Some(joint(form)), ..one.clone() };
            cases.push(("joint, sealed", issue(SignatureForm::Seal)));
            cases.push(("joint, unsealed", issue(SignatureForm::Plain)));
            let note = Some("（此件公开发布）".into());
            let style = Style { mirrored: true, ..Style::default() };
            let body = paragraphs(&PROSE, 14);
            cases.push(("mirrored, note", Page { note, style, ..page(format, body.clone()) }));
            let style = Style { even_imprint: true, ..Style::default() };
            cases.push(("even imprint", Page { style, ..one.clone() }));
            let title = LONG_TITLE.map(str::to_owned).into();
            cases
                .push(("twenty addressees", Page { addressee: Some(twenty()), title, ..page(format, body) }));
        }
        Format::Letter => {
            cases.push(("no seal", with(SignatureForm::Plain)));
            let body = paragraphs(&TRADITIONAL, 5);
            let title = vec!["關於舉辦專題研討會的函".into()];
            cases.push(("traditional", Page { body, title, ..one.clone() }));
            let head = one.head.clone().map(|head| Head {
                copy_number: Some("000012".into()),
                secrecy: Some("秘密★6个月".into()),
                urgency: Some("加急".into()),
                ..head
            });
            cases.push(("classified", Page { head, ..one.clone() }));
        }
        Format::Minutes => {
            let body = paragraphs(&FIGURES, 8);
            cases.push(("figures over pages", Page { body, ..one.clone() }));
        }
        Format::Plain => {
            let body = vec![paragraph(PROSE[2]), table(&["序号", "事项", "期限"], 30, false)];
            cases.push(("long table", Page { body, ..one.clone() }));
            let (subtitle, credit) = (Some("（征求意见稿）".into()), Some("供稿：秘书处".into()));
            cases.push(("draft", Page { subtitle, credit, ..one.clone() }));
        }
        Format::Command => {}
    }
    let case = |(name, page)| Case { name: format!("{format:?}, {name}"), page };
    cases.into_iter().map(case).collect()
}

/// A notice with a table of `rows` rows that lies on its side.
pub(super) fn turned(rows: usize) -> Page {
    let name = "分月任务一览表";
    let annexes = vec![annex("附件", name, vec![paragraph(PROSE[0]), table(&WIDE, rows, true)])];
    Page { annex_notes: vec![name.into()], annexes, ..page(Format::General, vec![paragraph(PROSE[0])]) }
}

/// A document of `format` whose text has `lines` lines and ends the page, or is signed after them.
pub(super) fn full(format: Format, lines: usize, signed: bool) -> Page {
    let page = page(format, of_lines(lines));
    // A seal, which a letter's page and a notice's hardly have room for beside text, has cases of its own.
    let signature = page.signature.as_ref().map(|it| match it.form {
        SignatureForm::Seal => self::signed(SignatureForm::Plain),
        _ => it.clone(),
    });
    if signed {
        Page { signature, ..page }
    } else {
        Page { signature: None, imprint: None, attendees: Vec::new(), ..page }
    }
}

/// An upward document with all that one can have; on two pages, with two annexes.
pub(super) fn sample() -> Page {
    let base = upward();
    let mut body = vec![heading(1, "一、总体要求"), heading(2, "（一）健全工作机制")];
    body.extend(base.body);
    let annexes = ["核查机构名单", "问题清单"];
    let imprint = base.imprint.map(|imprint| Imprint {
        copy_to: Some(
            "各市质量协会，省标准化研究院、省计量测试学会、省检验检测认证协会、省特种设备检验院。".into(),
        ),
        ..imprint
    });
    Page {
        body,
        annex_notes: annexes.map(str::to_owned).into(),
        annexes: (1..)
            .zip(annexes)
            .map(|(i, name)| annex(&format!("附件{i}"), name, vec![paragraph(PROSE[i])]))
            .collect(),
        note: Some("（联系人：李静，021-12345678）".into()),
        imprint,
        ..base
    }
}
