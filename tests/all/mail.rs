//! The e-mail that a bundle goes out with: read by another program's reader, it says what the bundle is and brings it.

use crate::program::{EXAMPLE, baosong, copy, example_source, small};
use baosong::checksum::Checksum;
use mail_parser::{Message, MessageParser, MimeHeaders};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const PLAN: &str = "输出/报送/认可持续-2017-计划-1.eml";

fn parsed(bytes: &[u8]) -> Message<'_> {
    MessageParser::new().parse(bytes).expect("a message")
}

/// The small workspace with `more` in its profile.
fn desk(more: &str) -> (TempDir, PathBuf) {
    let (folder, root) = small();
    let profile = root.join("专家组.yaml");
    fs::write(&profile, fs::read_to_string(&profile).unwrap() + more).unwrap();
    (folder, root)
}

#[test]
fn a_draft_says_what_the_bundle_is_and_brings_it() {
    for name in ["计划-1", "全年-1", "活动-2017-03-后-1"] {
        let path = EXAMPLE.bundles().join(format!("认可持续-2017-{name}.eml"));
        let (bytes, zip) = (fs::read(&path).unwrap(), fs::read(path.with_extension("zip")).unwrap());
        assert!(bytes.is_ascii() && !bytes.contains(&0));
        let bare = bytes.windows(2).filter(|two| two[1] == b'\n' && two[0] != b'\r').count();
        assert_eq!(bare, 0, "{name}: bare line feeds");
        assert!(bytes.split(|b| *b == b'\n').all(|line| line.len() <= 79), "{name}: a long line");
        let message = parsed(&bytes);
        assert_eq!(message.header_raw("X-Unsent").map(str::trim), Some("1"));
        let zip_name = format!("认可持续-2017-{name}.zip");
        assert!(message.subject().is_some_and(|it| it.starts_with("关于报送") && it.ends_with(&zip_name)));
        let from = message.from().and_then(|from| from.first()).unwrap();
        assert_eq!((from.name(), from.address()), (Some("俞小满"), Some("mishuchu@shenheng.example")));
        assert!(message.to().is_none());
        assert!(message.date().is_some_and(|date| date.year == 2017 && date.tz_hour == 0));
        let body = message.body_text(0).unwrap();
        let code = EXAMPLE.said.values().find_map(|ran| {
            let after = ran.out.split(&zip_name).nth(1)?;
            after.split("核验码 ").nth(1)?.lines().next().map(str::to_owned)
        });
        let code = code.unwrap();
        for part in [&Checksum::of(&zip).to_string(), &code[..39], &code[40..], &zip_name, "01-报送函.pdf"]
        {
            assert!(body.contains(part), "{name}: no {part} in {body}");
        }
        assert!(body.contains("随信附上") && !body.contains("  ") && !body.contains("none"), "{body}");
        assert_eq!(message.attachment_count(), 1);
        let attached = message.attachment(0).unwrap();
        assert_eq!(attached.attachment_name(), Some(&*zip_name));
        assert!(attached.contents() == zip, "{name}: another zip");
    }
}

#[test]
fn the_text_of_a_draft() {
    let bytes = fs::read(EXAMPLE.bundles().join("认可持续-2017-全年-1.eml")).unwrap();
    let text = parsed(&bytes).body_text(0).unwrap().replace('\r', "");
    // The sums change with every change of the page, the sizes may.
    let shown: Vec<String> = text
        .lines()
        .map(|line| {
            let known = ["SHA-256：", "核验码：", "　　　　"].into_iter().find(|it| line.starts_with(it));
            let line = known.map_or_else(|| line.to_owned(), |known| format!("{known}…"));
            line.rsplit_once('　')
                .filter(|(_, size)| size.ends_with(" KB"))
                .map_or(line.clone(), |(head, _)| head.to_owned())
        })
        .map(|line| if line.starts_with("材料包：") { "材料包：…".to_owned() } else { line })
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn addresses_that_are_none_are_told_and_left_out() {
    let (_folder, root) = desk("总秘书处邮箱: zong@rjw.example\n");
    baosong(&root, ["pack", "plan"]).ends_with(0);
    let bytes = fs::read(root.join(PLAN)).unwrap();
    let message = parsed(&bytes);
    let to = message.to().and_then(|to| to.first()).unwrap();
    assert_eq!((to.name(), to.address()), (Some("国家认监委认可监管部"), Some("zong@rjw.example")));
    let (_folder, root) = desk("总秘书处邮箱: \"a@b.example\\nBcc: c@d.example\"\n");
    let said = baosong(&root, ["pack", "plan", "--format", "short"]).ends_with(0);
    assert!(said.out.contains("people/mail"), "{}", said.out);
    let bytes = fs::read(root.join(PLAN)).unwrap();
    assert!(parsed(&bytes).to().is_none() && parsed(&bytes).bcc().is_none());
}

#[test]
fn what_somebody_else_made_is_not_replaced() {
    let (_folder, root) = small();
    let pack = ["pack", "plan", "-o", "盘"];
    baosong(&root, pack).ends_with(0);
    let letter = root.join("盘/认可持续-2017-计划-1.eml");
    let first = fs::read(&letter).unwrap();
    baosong(&root, pack).ends_with(0);
    assert!(fs::read(&letter).unwrap() == first, "the same bundle, another e-mail");
    fs::write(&letter, "Subject: mine\r\n\r\n").unwrap();
    fs::remove_file(root.join("盘/认可持续-2017-计划-1.zip")).unwrap();
    let refused = baosong(&root, pack).ends_with(2);
    assert!(refused.err.contains("run/exists"), "{}", refused.err);
    assert!(!root.join("盘/认可持续-2017-计划-1.zip").exists());
}

#[test]
fn a_template_of_ones_own_wins_and_its_faults_have_their_place() {
    let (_folder, root) = small();
    let template = root.join("模板/text/mail.txt");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    fs::write(&template, "材料包 {{ name }}\n\n{{ code }}\n").unwrap();
    baosong(&root, ["pack", "plan"]).ends_with(0);
    let bytes = fs::read(root.join(PLAN)).unwrap();
    assert_eq!(parsed(&bytes).subject(), Some("材料包 认可持续-2017-计划-1.zip"));
    for (text, place, line) in [
        ("主题\n\n　{{ tittle }}\n", "模板/text/mail.txt:3:5: ", "第 3 行第 5 列"),
        ("主题\n\n{{ name | shout }}\n", "模板/text/mail.txt:3:11: ", "第 3 行第 11 列"),
        ("主题\n{% if name %}\n", "模板/text/mail.txt:2:12: ", "第 2 行第 12 列"),
    ] {
        fs::write(&template, text).unwrap();
        let said = baosong(&root, ["pack", "plan", "--format", "short"]).ends_with(1);
        let told = said.out.contains("page/template") && said.out.contains(place) && said.out.contains(line);
        assert!(told, "{place}: {}", said.out);
    }
}

#[test]
fn the_press_draft_is_also_text() {
    let papers = EXAMPLE.root.join("输出/2017/2017-03-第二次全体会议");
    for extension in ["txt", "md"] {
        let text = fs::read_to_string(papers.join(format!("新闻通稿.{extension}"))).unwrap();
        assert!(!text.contains('\r') && text.ends_with('\n') && !text.ends_with("\n\n"), "{text}");
        insta::assert_snapshot!(format!("press-{extension}"), text);
    }
    let packed = crate::example::unzipped(&EXAMPLE.year());
    assert!(
        packed.keys().all(|name| !name.ends_with(".txt") || name.contains("manifest") || !name.contains('/'))
    );
    assert!(packed.keys().all(|name| !name.ends_with(".md") && !name.ends_with(".eml")));
}

#[test]
fn what_is_classified_is_in_no_text() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("组");
    copy(&example_source(), &root);
    let activity = "2017/活动/0921-第二次全体会议/活动.yaml";
    let text = fs::read_to_string(root.join(activity)).unwrap();
    assert!(text.contains("图片/02-发言.jpg"));
    let at = text.find("图片/02-发言.jpg").unwrap() + "图片/02-发言.jpg".len();
    let rest = &text[at..];
    let classified = if rest.starts_with('\n') { "\n    密级: 内部" } else { ", 密级: 内部" };
    fs::write(root.join(activity), format!("{}{classified}{rest}", &text[..at])).unwrap();
    baosong(&root, ["build", "2017/活动/0921-第二次全体会议"]);
    let made = |extension: &str| {
        let path = format!("输出/2017/2017-03-第二次全体会议/新闻通稿.{extension}");
        fs::read_to_string(root.join(path)).unwrap()
    };
    for extension in ["txt", "md"] {
        let text = made(extension);
        assert!(text.contains("01-会场") && !text.contains("02-发言"), "{text}");
        // No link: the picture does not lie beside the text.
        assert!(!text.contains("]("), "{text}");
    }
    let grid = tempfile::tempdir().unwrap();
    let target = grid.path().to_string_lossy().into_owned();
    baosong(&root, ["build", "2017/活动/0921-第二次全体会议", "--grid", "-o", &target]);
    let made = crate::program::listing(Path::new(&target));
    assert!(made.keys().all(|name| !name.ends_with(".txt") && !name.ends_with(".md")), "{:?}", made.keys());
}
