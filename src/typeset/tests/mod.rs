//! Whole documents through the typesetter: sample pages, the grid they are set on, the guards.

mod any;
mod fit;
mod guards;
mod heads;
mod imprint;
mod ink;
mod layout;
mod signatures;
mod style;
mod tables;

use crate::compose::page::{
    Align, Annex, Attendees, Block, Column, Format, Head, Imprint, Meta, Page, Signatory, Signature,
    SignatureForm,
};
use crate::typeset::{Sheet, Templates, Typesetter};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

static TYPESETTER: LazyLock<Typesetter> =
    LazyLock::new(|| Typesetter::new(Templates::new()).expect("shipped templates and fonts"));

const LONG: &str = "为贯彻落实“放管服”改革精神，充分发挥认证认可的作用，会议听取了2017年6月1日ISO/IEC TS 17021-4\
    项目会议的情况汇报——重要事项……（详见附件）。专家组由十二名专家组成，应邀请有关部门人员参加会议并按时报送材料。";

fn text(text: &str) -> Block {
    Block::Paragraph { text: text.into() }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.into() }
}

fn plain(body: Vec<Block>) -> Page {
    let meta = Meta {
        title: "试验文稿".into(),
        author: "可持续管理体系专家工作组".into(),
        date: (2017, 4, 24),
        description: "试验".into(),
    };
    Page { title: vec!["试验文稿".into()], body, ..Page::new(Format::Plain, meta) }
}

fn signed(seal: bool) -> Signature {
    let signatory = Signatory {
        organ: vec!["可持续管理体系专家工作组".into()],
        on_behalf: seal.then(|| "（上海质量管理科学研究院代章）".into()),
    };
    Signature {
        signatories: vec![signatory],
        date: "2017年4月24日".into(),
        form: if seal { SignatureForm::Seal } else { SignatureForm::Plain },
    }
}

fn letter() -> Page {
    Page {
        format: Format::Letter,
        head: Some(Head {
            mark: vec!["可持续管理体系专家工作组".into()],
            number: Some("可持续组函〔2017〕3号".into()),
            ..Head::default()
        }),
        addressee: Some("总秘书处：".into()),
        annex_notes: vec!["会议纪要".into()],
        signature: Some(signed(true)),
        note: Some("（联系人：李静，021-12345678）".into()),
        imprint: Some(Imprint { copy_to: Some("各成员。".into()), ..Imprint::default() }),
        ..plain(vec![text(LONG), text("特此函告。")])
    }
}

fn minutes() -> Page {
    let column = |title: &str, align| Column { title: title.into(), weight: 1.0, align };
    let row = |i: usize| vec![format!("{i}"), "研究认证规则".into(), format!("{i}.00")];
    let table = Block::Table {
        caption: Some("任务分解表".into()),
        columns: vec![
            column("编号", Align::Center),
            column("任务", Align::Left),
            column("金额", Align::Right),
        ],
        rows: (1..=40).map(row).collect(),
        totals: 1,
        turned: false,
    };
    Page {
        format: Format::Minutes,
        head: Some(Head {
            mark: vec!["可持续管理体系专家工作组会议纪要".into()],
            number: Some("第1期".into()),
            ..Head::default()
        }),
        annex_notes: vec!["任务分解表".into(), "名单".into()],
        attendees: vec![
            Attendees {
                label: "出席".into(), text: "张明远、李静、王海涛、阿卜杜拉·买买提、".repeat(3)
            },
            Attendees { label: "请假".into(), text: "褚卫东".into() },
        ],
        annexes: vec![
            Annex {
                label: "附件1".into(), title: vec!["任务分解表".into()], body: vec![table, text(LONG)]
            },
            Annex { label: "附件2".into(), title: vec!["名单".into()], body: vec![text(LONG)] },
        ],
        imprint: Some(Imprint {
            copy_to: Some("各成员单位。".into()),
            issuer: Some("秘书处".into()),
            issued: Some("2017年4月25日印发".into()),
            ..Imprint::default()
        }),
        ..plain(vec![
            heading(1, "一、总体情况"),
            heading(3, "1.越级标题"),
            text(LONG),
            Block::RunIn { level: 2, head: "（一）开展试点。".into(), text: LONG.into() },
            text(LONG),
        ])
    }
}

fn upward() -> Page {
    Page {
        format: Format::General,
        head: Some(Head {
            mark: vec!["可持续管理体系专家工作组".into()],
            mark_word: Some("文件".into()),
            number: Some("可持续组〔2017〕5号".into()),
            signers: vec!["张明远".into(), "欧阳建国".into(), "李静".into()],
            ..Head::default()
        }),
        addressee: Some("国家认监委：".into()),
        signature: Some(signed(false)),
        ..plain(vec![text(LONG)])
    }
}

fn set(page: &Page) -> Sheet {
    TYPESETTER.set(page, &BTreeMap::new()).unwrap_or_else(|found| panic!("{found:#?}"))
}

/// What the typesetter says with one template replaced.
fn set_with(path: &str, template: String, page: &Page) -> Vec<crate::finding::Finding> {
    let own = Templates::from([(path.to_owned(), Arc::from(template.into_bytes()))]);
    let typesetter = Typesetter::new(own).expect("templates");
    typesetter.set(page, &BTreeMap::new()).expect_err("a finding")
}

/// Writes the samples to a temporary folder, to be looked at and handed to validators.
#[test]
#[ignore = "for the eye: cargo test -- --ignored samples_for_the_eye"]
fn samples_for_the_eye() {
    use signatures::DATE;
    let folder = std::env::temp_dir().join("baosong-pages");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, page) in [
        ("minutes", minutes()),
        ("letter", letter()),
        ("upward", upward()),
        ("plain", plain(vec![text(LONG)])),
        ("marked", Page { head: Some(heads::marked()), ..upward() }),
        ("joint", heads::joint(3)),
        ("joint-many", heads::joint(7)),
        (
            "command",
            Page {
                signature: signatures::page(SignatureForm::Stamp, &["主任", "部长"], DATE).signature,
                ..heads::command()
            },
        ),
        ("two-lines", heads::two_lines()),
        ("letter-corner", heads::letter_corner()),
        ("seals-3", signatures::page(SignatureForm::Seal, &signatures::ORGANS[..3], DATE)),
        ("seals-5", signatures::page(SignatureForm::Seal, &signatures::ORGANS[..5], DATE)),
        (
            "seals-2",
            signatures::page(
                SignatureForm::Seal,
                &["国家自然科学基金委员会", "可持续管理体系专家工作组"],
                DATE,
            ),
        ),
        ("plain-2", signatures::page(SignatureForm::Plain, &["国家认证认可监督管理委员会", "财政部"], DATE)),
    ] {
        let sheet = set(&page);
        std::fs::write(folder.join(format!("{name}.pdf")), &sheet.pdf).expect("a file");
        std::fs::write(folder.join(format!("{name}.txt")), sheet.outline()).expect("a file");
    }
}
