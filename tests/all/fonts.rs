//! Fonts of the user's own in 字体: matched by every name, refused by their rights, shown by `baosong fonts`.
//!
//! Shipped fonts stand for proprietary ones: their names and rights are written anew.

use crate::example::unzipped;
use crate::program::{Ran, baosong, listing, project, small};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A name record: platform, encoding, language, which name, its bytes.
type Record = (u16, u16, u16, u16, Vec<u8>);

/// `text` as Windows and Unicode records have it.
fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// Family, full and PostScript name of a font for Windows in English.
pub(crate) fn english(name: &str) -> Vec<Record> {
    [1, 4, 6].map(|id| (3, 1, 0x409, id, utf16(name))).into()
}

fn name_table(records: &[Record]) -> Vec<u8> {
    let mut records = records.to_vec();
    records.sort();
    let mut head: Vec<u16> =
        vec![0, u16::try_from(records.len()).unwrap(), 6 + 12 * u16::try_from(records.len()).unwrap()];
    let mut texts = Vec::new();
    for (platform, encoding, language, id, text) in records {
        let (length, offset) = (u16::try_from(text.len()).unwrap(), u16::try_from(texts.len()).unwrap());
        head.extend([platform, encoding, language, id, length, offset]);
        texts.extend(text);
    }
    head.into_iter().flat_map(u16::to_be_bytes).chain(texts).collect()
}

type Tables = Vec<([u8; 4], Vec<u8>)>;

fn u32_at(data: &[u8], at: usize) -> usize {
    u32::from_be_bytes(data[at..at + 4].try_into().unwrap()) as usize
}

fn tables(data: &[u8]) -> Tables {
    let count = usize::from(u16::from_be_bytes([data[4], data[5]]));
    let records = (0..count).map(|i| 12 + 16 * i);
    let table = |at: usize| {
        let (offset, length) = (u32_at(data, at + 8), u32_at(data, at + 12));
        (data[at..at + 4].try_into().unwrap(), data[offset..offset + length].to_vec())
    };
    records.map(table).collect()
}

/// The file of a font whose first byte stands at `base`.
fn laid(tables: &Tables, base: usize) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap();
    let mut head: Vec<u8> = vec![0, 1, 0, 0];
    head.extend([count, 0, 0, 0].into_iter().flat_map(u16::to_be_bytes));
    let mut body = Vec::new();
    for (tag, table) in tables {
        let offset = base + 12 + 16 * tables.len() + body.len();
        head.extend(tag);
        head.extend(
            [0, offset, table.len()].into_iter().flat_map(|it| u32::try_from(it).unwrap().to_be_bytes()),
        );
        body.extend(table);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    head.extend(body);
    head
}

fn remade(file: &str, names: &[Record], rights: u16) -> Tables {
    let mut tables = tables(&fs::read(project().join("fonts").join(file)).unwrap());
    for (tag, table) in &mut tables {
        match &*tag {
            b"name" => *table = name_table(names),
            b"OS/2" => {
                // The limits of version 3 on, which has a longer table.
                table.resize(table.len().max(96), 0);
                table[..2].copy_from_slice(&3_u16.to_be_bytes());
                table[8..10].copy_from_slice(&rights.to_be_bytes());
            }
            _ => {}
        }
    }
    tables
}

/// A shipped font under other names and with other rights.
pub(crate) fn font(file: &str, names: &[Record], rights: u16) -> Vec<u8> {
    laid(&remade(file, names, rights), 0)
}

fn collection(fonts: &[Tables]) -> Vec<u8> {
    let mut head = b"ttcf\0\x01\0\0".to_vec();
    head.extend(u32::try_from(fonts.len()).unwrap().to_be_bytes());
    let start = head.len() + 4 * fonts.len();
    let mut body = Vec::new();
    for tables in fonts {
        let at = start + body.len();
        head.extend(u32::try_from(at).unwrap().to_be_bytes());
        body.extend(laid(tables, at));
    }
    head.extend(body);
    head
}

fn put(root: &Path, file: &str, data: impl AsRef<[u8]>) {
    fs::create_dir_all(root.join("字体")).unwrap();
    fs::write(root.join("字体").join(file), data).unwrap();
}

/// What `baosong fonts` knows of `role`.
fn role(root: &Path, role: &str) -> Value {
    let answer: Value = serde_json::from_str(&baosong(root, ["fonts", "--format", "json"]).out).unwrap();
    let roles = answer["fonts"][0]["roles"].as_array().unwrap().clone();
    roles.into_iter().find(|it| it["role"] == role).unwrap()
}

fn short(root: &Path) -> Ran {
    baosong(root, ["check", "--format", "short"])
}

const EDITABLE: u16 = 8;

#[test]
fn a_font_of_the_users_takes_its_role_by_any_of_its_names() {
    let (_folder, root) = small();
    // Named in English for the compiler, in Chinese only in the encoding of an old Macintosh.
    let gbk = encoding_rs::GBK.encode("仿宋_GB2312").0.into_owned();
    let mut names = english("FS2312");
    names.push((1, 25, 33, 1, gbk));
    put(&root, "font-01.TTF", font("gkai00mp.ttf", &names, EDITABLE));
    put(&root, "方正小标宋简体.ttf", font("GWBiaoSong.ttf", &english("Nameless"), 0));
    let pair = [
        remade("GWSong.ttf", &english("NSimSun"), 0),
        remade("LiberationSerif-Regular.ttf", &english("SimHei"), 0),
    ];
    put(&root, "two.ttc", collection(&pair));
    let ran = baosong(&root, ["build"]).ends_with(0);
    let line = ran.out.lines().find(|line| line.starts_with("字体：")).unwrap();
    for own in ["仿宋=仿宋_GB2312", "小标宋=方正小标宋简体", "宋体=新宋体"] {
        assert!(line.split("自备").nth(1).is_some_and(|it| it.contains(own)), "{line}");
    }
    let pdf = &listing(&root.join("输出"))["2017/年度工作计划.pdf"];
    let has = |text: &str| pdf.windows(text.len()).any(|bytes| bytes == text.as_bytes());
    assert!(has("仿宋=仿宋_GB2312") && !has("仿宋=仿宋_GB2312（代）"));
    for (name, font, file) in [
        ("fang", "仿宋_GB2312", "字体/font-01.TTF"),
        ("biao", "方正小标宋简体", "字体/方正小标宋简体.ttf"),
        ("song", "新宋体", "字体/two.ttc"),
        ("hei", "黑体", "字体/two.ttc"),
        ("kai", "文鼎楷体", "gkai00mp.ttf"),
    ] {
        let it = role(&root, name);
        assert_eq!((it["font"].as_str(), it["file"].as_str()), (Some(font), Some(file)), "{it}");
        assert_eq!(it["stand_in"], name == "kai");
    }
    assert_eq!(role(&root, "fang")["embedding"], "editable");
    // The second face of the collection is the Latin one: it has no Chinese.
    let lacking = role(&root, "hei")["lacking"].as_array().unwrap().clone();
    assert!(lacking.iter().any(|it| it["lent_by"] == "GW Hei"), "{lacking:?}");
}

#[test]
fn fonts_that_must_not_be_embedded_are_refused_and_the_shipped_one_is_used() {
    for (rights, word, name) in [
        (2, "不许嵌入文件", "restricted"),
        (0x108, "只许整个嵌入", "whole"),
        (0x200, "只许嵌入点阵", "bitmap"),
    ] {
        let (_folder, root) = small();
        put(&root, "simfang.ttf", font("gkai00mp.ttf", &english("FangSong"), rights));
        let ran = short(&root).ends_with(1);
        assert!(
            ran.out.contains("字体/simfang.ttf") && ran.out.contains("错误[page/font-rights]"),
            "{}",
            ran.out
        );
        assert!(ran.out.contains(word), "{name}: {}", ran.out);
        baosong(&root, ["fonts"]).ends_with(1);
        assert_eq!(role(&root, "fang")["font"], "朱雀仿宋");
        baosong(&root, ["pack", "plan"]).ends_with(1);
    }
}

#[test]
fn what_cannot_be_used_is_told() {
    let (_folder, root) = small();
    let plain = |name: &str| font("GWKaiExt.ttf", &english(name), 0);
    put(&root, "坏.ttf", "no font");
    put(&root, "半.ttf", &plain("SimHei")[..300]);
    put(&root, "说明.txt", "");
    put(&root, ".DS_Store", "");
    put(&root, "msyh.ttf", plain("Microsoft YaHei"));
    put(&root, "a.ttf", plain("KaiTi"));
    put(&root, "b.ttf", plain("KaiTi_GB2312"));
    put(&root, "c.ttf", plain("KaiTi_GB2312"));
    put(&root, "很大.ttf", "");
    fs::File::options().write(true).open(root.join("字体/很大.ttf")).unwrap().set_len(65 << 20).unwrap();
    let mut bold = remade("GWKaiExt.ttf", &english("FangSong"), 0);
    for (_, table) in bold.iter_mut().filter(|(tag, _)| tag == b"OS/2") {
        table[4..6].copy_from_slice(&700_u16.to_be_bytes());
    }
    put(&root, "粗.ttf", laid(&bold, 0));
    let ran = short(&root).ends_with(1);
    for said in [
        "错误[page/font] 读不出字体“字体/坏.ttf”",
        "读不出字体“字体/半.ttf”",
        "读不出字体“字体/很大.ttf”（65 MiB > 64 MiB）",
        "字体文件夹里的“字体/说明.txt”不是字体文件",
        "“字体/msyh.ttf”（Microsoft YaHei）不是公文用的",
        "楷体用“字体/b.ttf”；“字体/a.ttf”只补它缺的字",
        "楷体用“字体/b.ttf”；“字体/c.ttf”是同一个字体",
        "“字体/粗.ttf”是仿宋的粗体",
    ] {
        assert!(ran.out.replace("“字体”", "字体").contains(said), "{said}\n{}", ran.out);
    }
    assert!(!ran.out.contains("DS_Store"));
    assert_eq!(role(&root, "kai")["font"], "楷体_GB2312");
    for number in 0..20 {
        put(&root, &format!("{number}.ttf"), "");
    }
    assert!(short(&root).ends_with(1).out.contains("[page/too-many-fonts]"));
    let full = ["zh", "en"].map(|lang| baosong(&root, ["fonts", "--lang", lang]).ends_with(1).said(&root));
    for text in full {
        assert!(!text.contains("{{ ") && !text.contains("{% "), "not filled in: {text}");
    }
}

/// A table of one axis: weight from 100 to 900, usually 400.
fn one_axis() -> Vec<u8> {
    let mut table: Vec<u8> = [1_u16, 0, 16, 2, 1, 20, 0, 8].into_iter().flat_map(u16::to_be_bytes).collect();
    table.extend(b"wght");
    table.extend([100_u32 << 16, 400 << 16, 900 << 16, 256].into_iter().flat_map(u32::to_be_bytes));
    table
}

#[test]
fn a_font_with_axes_is_used_at_its_usual_weight_and_told() {
    let (_folder, root) = small();
    let mut tables = remade("gkai00mp.ttf", &english("KaiTi"), EDITABLE);
    tables.push((*b"fvar", one_axis()));
    tables.sort();
    put(&root, "simkai.ttf", laid(&tables, 0));
    let ran = short(&root).ends_with(0);
    assert!(ran.out.contains("字体/simkai.ttf") && ran.out.contains("[page/variable-font]"), "{}", ran.out);
    assert_eq!(role(&root, "kai")["file"], "字体/simkai.ttf");
    baosong(&root, ["build"]).ends_with(0);
    put(&root, "simkai.ttf", font("gkai00mp.ttf", &english("KaiTi"), EDITABLE));
    assert!(!short(&root).ends_with(0).out.contains("page/variable-font"));
}

/// The fonts that the bundle of a plan says are in its papers: path, sum.
fn fonts_in_bundle(root: &Path) -> Vec<(String, String)> {
    let _ = fs::remove_dir_all(root.join("输出/报送"));
    baosong(root, ["pack", "plan"]).ends_with(0);
    let sent = listing(&root.join("输出/报送")).into_keys();
    let name = sent.into_iter().find(|name| name.ends_with(".zip")).unwrap();
    let files = unzipped(&root.join("输出/报送").join(name));
    let submission: Value = serde_json::from_slice(&files["data/submission.json"]).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let fonts = submission["fonts"].as_array().unwrap().iter();
    fonts.map(|font| (text(&font["path"]), text(&font["sha256"]))).collect()
}

#[test]
fn a_bundle_names_the_fonts_that_are_in_its_papers() {
    let (_folder, root) = small();
    let shipped = fonts_in_bundle(&root);
    let has = |fonts: &[(String, String)], name: &str| fonts.iter().any(|(path, _)| path == name);
    for name in ["LXGWZhuqueFangsong-Regular.ttf", "GWBiaoSong.ttf", "LiberationSerif-Regular.ttf"] {
        assert!(has(&shipped, name), "{name}: {shipped:?}");
    }
    // No character of the plan is rare.
    assert!(!has(&shipped, "GWKaiExt.ttf"), "{shipped:?}");

    let pair = [
        remade("GWHei.ttf", &english("SimHei"), 0),
        remade("GWBiaoSong.ttf", &english("FZXiaoBiaoSong-B05S"), 0),
    ];
    let own = collection(&pair);
    put(&root, "两种.ttc", &own);
    put(&root, "simkai.ttf", font("gkai00mp.ttf", &english("KaiTi"), 0));
    let fresh = fonts_in_bundle(&root);
    let sum = baosong::checksum::Checksum::of(&own).to_string();
    let named: Vec<_> = fresh.iter().filter(|(path, _)| path == "字体/两种.ttc").collect();
    assert!(matches!(named[..], [(_, found)] if *found == sum), "{fresh:?}");
    assert!(!has(&fresh, "GWBiaoSong.ttf") && has(&fresh, "LXGWZhuqueFangsong-Regular.ttf"), "{fresh:?}");
    // Papers that were built before are known as well as those that are set now.
    baosong(&root, ["build"]).ends_with(0);
    assert_eq!(fonts_in_bundle(&root), fresh);
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_refused() {
    let (folder, root) = small();
    let outside = folder.path().join("simfang.ttf");
    fs::write(&outside, font("gkai00mp.ttf", &english("FangSong"), 0)).unwrap();
    put(&root, "真.otf", "");
    fs::remove_file(root.join("字体/真.otf")).unwrap();
    std::os::unix::fs::symlink(&outside, root.join("字体/仿宋.ttf")).unwrap();
    let ran = short(&root).ends_with(1);
    assert!(ran.out.contains("[workspace/outside-path] “字体/仿宋.ttf”"), "{}", ran.out);
    fs::remove_dir_all(root.join("字体")).unwrap();
    std::os::unix::fs::symlink(folder.path(), root.join("字体")).unwrap();
    let ran = short(&root).ends_with(1);
    assert!(ran.out.contains("[workspace/outside-path] “字体”"), "{}", ran.out);
}

#[test]
fn strict_fonts_lets_no_font_stand_in() {
    let (_folder, root) = small();
    let strict = || baosong(&root, ["build", "--strict-fonts", "--format", "short"]);
    let ran = strict().ends_with(1);
    assert!(ran.out.contains("错误[page/stand-in] 仿宋用的是代用的“朱雀仿宋”"), "{}", ran.out);
    baosong(&root, ["build"]).ends_with(0);
    let ran = baosong(&root, ["pack", "plan", "--strict-fonts"]).ends_with(1);
    assert!(ran.out.contains("仿宋_GB2312、仿宋、方正仿宋_GBK"), "{}", ran.out);
    baosong(&root, ["pack", "plan"]).ends_with(0);
    for (file, name) in [
        ("gkai00mp.ttf", "KaiTi"),
        ("GWHei.ttf", "SimHei"),
        ("GWBiaoSong.ttf", "FZXiaoBiaoSong-B05S"),
        ("GWSong.ttf", "SimSun"),
    ] {
        put(&root, &format!("{name}.ttf"), font(file, &english(name), 0));
    }
    // A font that has the rare characters and not the common ones.
    put(&root, "fang.ttf", font("GWKaiExt.ttf", &english("FangSong_GB2312"), 0));
    let ran = strict().ends_with(1);
    assert!(!ran.out.contains("page/stand-in"), "{}", ran.out);
    assert!(ran.out.contains("错误[page/borrowed] 仿宋的字体“仿宋_GB2312”没有“"), "{}", ran.out);
    assert!(ran.out.contains("由“朱雀仿宋”补"), "{}", ran.out);
    // Another of the same role fills the gaps.
    put(&root, "more.ttf", font("LXGWZhuqueFangsong-Regular.ttf", &english("FZFangSong-Z02"), 0));
    strict().ends_with(0);
    // It was sent, and other fonts make another file.
    fs::remove_dir_all(root.join("输出/报送")).unwrap();
    baosong(&root, ["pack", "plan", "--strict-fonts"]).ends_with(0);
}

#[test]
fn outside_a_workspace_the_shipped_fonts_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    for lang in ["zh", "en"] {
        let said = baosong(folder.path(), ["fonts", "--lang", lang]).ends_with(0).out;
        insta::assert_snapshot!(format!("fonts-{lang}"), said);
    }
    let answer = baosong(folder.path(), ["fonts", "--format", "json"]).ends_with(0).out;
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["fonts"][0]["roles"].as_array().map(Vec::len), Some(5));
    assert_eq!(answer["shipped"].as_array().map(Vec::len), Some(8));
    baosong(folder.path(), ["fonts", "没有"]).ends_with(2);
}

#[test]
fn a_folder_on_the_command_line_comes_first() {
    let (folder, root) = small();
    let system = folder.path().join("Fonts");
    fs::create_dir(&system).unwrap();
    for number in 0..20 {
        fs::write(system.join(format!("a{number}.ttf")), "no font").unwrap();
    }
    let with = |command: &str| baosong(&root, [command, "--font-path", &system.to_string_lossy()]);
    assert!(with("check").ends_with(2).err.contains("page/no-fonts"));
    fs::write(system.join("simkai.ttf"), font("gkai00mp.ttf", &english("KaiTi"), EDITABLE)).unwrap();
    put(&root, "x.ttf", font("GWKaiExt.ttf", &english("KaiTi_GB2312"), 0));
    assert!(with("fonts").ends_with(0).out.contains("simkai.ttf"));
    assert!(
        with("check").ends_with(0).out.contains("共 0 处错误") || with("check").out.contains("没有发现问题")
    );
    fs::write(system.join("simfang.ttf"), font("gkai00mp.ttf", &english("FangSong"), 2)).unwrap();
    assert!(with("build").ends_with(2).err.contains("page/font-rights"));
    assert!(baosong(&root, ["check", "--font-path", "没有"]).ends_with(2).err.contains("run/not-a-folder"));
}
