//! `verify`: each file that is missing, changed, renamed or too many is named; bags of other programs and
//! unpacked folders are read as well.

use crate::example::unzipped;
use crate::program::{EXAMPLE, baosong, copy, example_source};
use md5::Md5;
use sha2::{Digest, Sha512};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The plan's bundle, unpacked.
fn unpacked() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("解开");
    for (path, bytes) in unzipped(&EXAMPLE.bundles().join("认可持续-2017-计划-1.zip")) {
        write(&root, &path, &bytes);
    }
    (folder, root)
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

/// What `verify` says about `path`, and how it ends.
fn verified(path: &Path, lang: &str) -> String {
    let folder = path.parent().expect("a folder");
    baosong(folder, ["verify", &path.to_string_lossy(), "--format", "short", "--lang", lang]).said(folder)
}

#[test]
fn bundles_are_whole_packed_and_unpacked() {
    for entry in fs::read_dir(EXAMPLE.bundles()).expect("bundles") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "zip") {
            continue;
        }
        let said = verified(&path, "zh");
        assert!(said.starts_with("exit 0\n") && said.contains("完好"), "{said}");
    }
    let (_folder, root) = unpacked();
    insta::assert_snapshot!(
        verified(&root, "zh")
            .lines()
            .filter(|line| !line.starts_with("核验码"))
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn every_difference_is_named() {
    let (_folder, root) = unpacked();
    let paper = root.join("data/03-年度工作计划.pdf");
    let mut bytes = fs::read(&paper).expect("a paper");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&paper, bytes).expect("a paper");
    fs::remove_file(root.join("data/01-报送函.pdf")).expect("a paper");
    fs::rename(root.join("data/02-材料清单.pdf"), root.join("data/清单.pdf")).expect("a paper");
    write(&root, "data/图片/多余.jpg", b"more");
    write(&root, "bag-info.txt", b"Source-Organization: someone else\n");
    for lang in ["zh", "en"] {
        let said = verified(&root, lang);
        let said: Vec<&str> =
            said.lines().filter(|line| !line.starts_with("核验码") && !line.starts_with("Check")).collect();
        insta::assert_snapshot!(format!("differences-{lang}"), said.join("\n"));
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = fs::read(EXAMPLE.bundles().join("认可持续-2017-计划-1.zip")).expect("a bundle");
    let cases: [(&str, &[u8]); 4] = [
        ("半个.zip", &whole[..whole.len() / 2]),
        ("空.zip", b""),
        ("文字.zip", b"hello"),
        ("压缩.rar", b"Rar!\x1a\x07\x00"),
    ];
    let mut said = String::new();
    for (name, bytes) in cases {
        write(folder.path(), name, bytes);
        said += &verified(&folder.path().join(name), "zh");
    }
    said += &verified(&folder.path().join("没有.zip"), "zh");
    fs::create_dir(folder.path().join("空夹")).expect("a folder");
    said += &verified(&folder.path().join("空夹"), "zh");
    insta::assert_snapshot!(said);
}

#[test]
fn bags_of_other_programs_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("别家的包");
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let text = "别的程序写的".as_bytes();
    write(&root, "data/会议 纪要.txt", text);
    write(&root, "bagit.txt", b"BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n");
    write(&root, "manifest-md5.txt", format!("{} *data/会议 纪要.txt\n", hex(&Md5::digest(text))).as_bytes());
    let sum = hex(&Sha512::digest(text)).to_uppercase();
    write(&root, "manifest-sha512.txt", format!("{sum}\tdata/会议 纪要.txt\r\n").as_bytes());
    write(&root, "data/.DS_Store", b"x");
    let said = verified(&root, "zh");
    write(&root, "data/会议 纪要.txt", b"else");
    insta::assert_snapshot!(format!("{said}\n{}", verified(&root, "zh")));
}

#[test]
fn a_changed_zip_is_named_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("改.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).expect("a file"));
    for (name, mut bytes) in unzipped(&EXAMPLE.bundles().join("认可持续-2017-计划-1.zip")) {
        if name == "data/源文件/专家组.yaml" {
            bytes.push(b'\n');
        }
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("包/{name}"), options).expect("an entry");
        std::io::Write::write_all(&mut zip, &bytes).expect("an entry");
    }
    zip.finish().expect("a zip");
    let said = verified(&path, "zh");
    assert!(said.starts_with("exit 1\n") && said.contains("data/源文件/专家组.yaml"), "{said}");
    assert!(!said.contains("工作计划.yaml"), "{said}");
}

/// `check` asks for no covering paper of what need not be sent; packed all the same, it must have number and date.
#[test]
fn nothing_is_packed_without_a_number() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("组");
    copy(&example_source(), &root);
    let without = |file: &Path, key: &str| {
        let text = fs::read_to_string(file).unwrap();
        let start = text.find(&format!("\n{key}:")).unwrap() + 1;
        let length = text[start..].lines().skip(1).take_while(|line| line.starts_with(' ')).count() + 1;
        let kept =
            [&text[..start], &text[start..].split_inclusive('\n').skip(length).collect::<String>()].concat();
        fs::write(file, kept).unwrap();
    };
    let activity = root.join("2017/活动/0601-认证能力标准项目会议");
    without(&activity.join("活动.yaml"), "事后报送");
    without(&root.join("2017/工作总结.yaml"), "全年报送");
    baosong(&root, ["check", "--for", "submit"]).ends_with(0);
    for arguments in [vec!["pack", "activity", activity.to_str().unwrap()], vec!["pack", "year"]] {
        let said = baosong(&root, arguments).ends_with(1);
        assert!(said.out.contains("submit/incomplete"), "{}", said.out);
    }
    assert!(
        !root.join("输出/报送").exists() || fs::read_dir(root.join("输出/报送")).unwrap().next().is_none()
    );
}
