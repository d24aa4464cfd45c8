//! Invented texts of invented offices, in the language of official documents: one that is all Chinese, one with
//! digits, Latin and numbers of standards, one in traditional characters.

use baosong::compose::page::Block;

/// A paragraph each; its marks fall on line ends in every way.
pub(super) const PROSE: [&str; 6] = [
    "为贯彻落实全省质量工作会议精神，进一步加强认证认可领域的能力建设，充分发挥专家队伍在标准研究、技术评议、\
     人员培训等方面的支撑作用，经研究，决定组织开展本年度专项调研，现将有关事项通知如下。",
    "各单位要提高政治站位，把思想和行动统一到会议的决策部署上来，坚持“问题导向、目标导向、结果导向”，\
     切实解决基层反映强烈的突出问题——重复检查、多头报送、标准不一……确保各项任务落地见效。",
    "调研工作由综合处牵头，业务处、技术处配合。调研组应当深入一线听取意见，查阅有关台账（含电子台账），\
     如实记录情况，不得以听汇报代替实地查看；对发现的典型经验，要及时总结推广。",
    "会议强调，要严格落实《检验检测机构管理办法》和《认证机构工作规范》的有关规定，建立“谁主管、谁负责”的\
     工作机制，明确责任、细化措施、压实任务，形成上下联动、齐抓共管的良好局面。",
    "对工作中形成的文件、资料、影像，应当按照档案管理要求及时整理、妥善保存；涉及商业秘密的，须经权利人书面\
     同意后方可使用。未经批准，任何单位和个人不得擅自对外发布调研数据。",
    "请各单位高度重视、加强领导、精心组织，指定专人负责联络工作，并于规定期限内将书面材料报送联系人；逾期未\
     报送的，视为没有意见。工作中遇到的新情况、新问题，请及时反馈。",
];

/// A paragraph each, with digits, Latin, units, dates and numbers of files and standards.
pub(super) const FIGURES: [&str; 4] = [
    "根据《关于做好2026年度质量提升工作的通知》（省质〔2026〕18号）要求，专家组于2026年3月12日至4月9日对36家机构\
     开展了现场核查，核查覆盖率达到92.5%，较上年提高6.3个百分点，累计投入经费128万元。",
    "核查依据GB/T 27021.1-2017、ISO/IEC TS 17021-4和RB/T 214等12项标准，共查出问题247个，其中属于体系运行的163个，\
     占66%；属于人员能力的84个，占34%。截至2026年5月31日，已整改完成231个。",
    "下一步，各机构应当在2026年9月30日前完成PDCA循环的首轮评审，将HACCP、EnMS等体系的审核时间压缩至5～8个工作日，\
     单次费用控制在3万元以内，并在6个月内向秘书处（电子邮箱：office@example.org）报送结果。",
    "2025年全省新增认证证书1.2万张，有效期内证书总数达到9.8万张，其中ISO 9001证书41 350张、ISO 14001证书28 760张，\
     平均每百家企业持证23张，高于全国平均水平4.7张。",
];

/// In traditional characters.
pub(super) const TRADITIONAL: [&str; 2] = [
    "為加強兩岸標準領域的交流與合作，經與有關團體協商，擬於下半年舉辦專題研討會，邀請雙方專家就“綠色產品評價”\
     “節能減排核算”等議題進行深入討論，並形成會議共識，供有關方面參考。",
    "研討會期間，將組織與會專家參觀檢驗實驗室，聽取機構負責人的情況介紹，實地瞭解設備運行、人員培訓、檔案管理等\
     方面的經驗，有關費用由主辦單位承擔。",
];

/// Paragraphs that take `lines` lines on any grid: each so long that a character or two carried over changes nothing.
pub(super) fn of_lines(lines: usize) -> Vec<Block> {
    const THREE: &str = "各单位要结合实际，研究制定具体实施方案，明确时间表、路线图、责任人，逐级压实责任，层层传导压力，\
                         确保各项措施落到实处、取得实效，为高质量发展提供有力支撑";
    const TWO: &str = "综合处负责统筹协调，建立定期会商机制，及时通报进展情况，研究解决工作中的困难和问题";
    const ONE: &str = "各项任务应当按照时限要求完成";
    let rest = if lines % 3 == 1 {
        vec![ONE]
    } else if lines % 3 == 2 {
        vec![TWO]
    } else {
        Vec::new()
    };
    (0..lines / 3)
        .map(|_| THREE)
        .chain(rest)
        .enumerate()
        .map(|(i, it)| paragraph(&format!("{}{it}。", ORDER[i % ORDER.len()])))
        .collect()
}

const ORDER: [&str; 6] = ["一是", "二是", "三是", "四是", "五是", "六是"];

/// A paragraph of `text`.
pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.to_owned() }
}

/// A heading with its number.
pub(super) fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

/// `count` paragraphs of `texts`, from the first again when they are used up; every one different.
pub(super) fn paragraphs(texts: &[&str], count: usize) -> Vec<Block> {
    (0..count)
        .map(|i| match i / texts.len() {
            0 => paragraph(texts[i]),
            round => paragraph(&format!(
                "{}{}",
                ["此外，", "同时，", "其中，"][(round - 1) % 3],
                texts[i % texts.len()]
            )),
        })
        .collect()
}
