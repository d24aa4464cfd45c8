//! Bags whole and damaged, ours and by other programs, in zips and in folders.

use super::*;
use crate::bundle::{Bag, Entry, PayloadPath, Role};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

type Files = BTreeMap<String, Vec<u8>>;

/// Rule and, if it has one, `path` of each finding.
fn said(findings: &[Finding]) -> Vec<String> {
    let path = |finding: &Finding| finding.facts.get("path").and_then(Value::as_str).map(str::to_owned);
    findings.iter().map(|f| path(f).map_or(f.rule.to_owned(), |path| format!("{} {path}", f.rule))).collect()
}

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// One of our bags, unpacked in memory.
fn ours(payload: &Files) -> Files {
    let entry = |(path, bytes): (&String, &Vec<u8>)| {
        Entry::new(PayloadPath::new(path).unwrap(), bytes.clone(), Role::Material)
    };
    let mut entries: Vec<_> = payload.iter().map(entry).collect();
    let submission = br#"{"check_code_excludes": ["data/00.pdf"]}"#.to_vec();
    entries.push(Entry::new(PayloadPath::new("submission.json").unwrap(), submission, Role::Material));
    entries.push(Entry::new(PayloadPath::new("00.pdf").unwrap(), b"cover".to_vec(), Role::Cover));
    let bag = Bag::new("组-2017", BagInfo::default(), entries, &[]).unwrap();
    let zip = bag.zipped(Cursor::new(Vec::new())).unwrap();
    let mut zip = ZipArchive::new(zip).unwrap();
    let mut files = Files::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

fn sample() -> Files {
    ours(&files(&[("图片/甲.jpg", "picture"), ("纪要.pdf", "minutes"), ("空.txt", "")]))
}

fn zipped(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn verify_bytes(bytes: &[u8]) -> Result<Verification, Finding> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    verify(file.path())
}

fn verify_zip(files: &Files) -> Verification {
    verify_bytes(&zipped(files)).unwrap()
}

fn unpacked(files: &Files) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// A bag as another program makes it, with the given manifests.
fn foreign(manifests: &[(&str, &str)]) -> Files {
    let mut bag = files(&[
        ("bagit.txt", "BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n"),
        ("data/abc.txt", "abc"),
    ]);
    bag.extend(files(manifests));
    bag
}

const MD5: &str = "900150983CD24FB0D6963F7D28E17F72";
const SHA1: &str = "a9993e364706816aba3e25717850c26c9cd0d89d";
const SHA512: &str = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
                      2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

#[test]
fn a_bag_of_ours_is_whole_in_a_zip_and_in_a_folder() {
    let from_zip = verify_zip(&sample());
    assert_eq!(said(&from_zip.findings), [""; 0]);
    assert_eq!(from_zip.name, "组-2017");
    assert_eq!(from_zip.files.len(), 5);
    let code = from_zip.info.get(CHECK_CODE).unwrap().parse().unwrap();
    assert_eq!(from_zip.check_code, Some(code));
    let folder = unpacked(&sample());
    let from_folder = verify(folder.path()).unwrap();
    assert_eq!((from_folder.findings, from_folder.files), (vec![], from_zip.files));
    assert_eq!(from_folder.name, "组-2017");
    assert_eq!(verify(&folder.path().join("组-2017")).unwrap().check_code, Some(code));
}

#[test]
fn bags_of_other_programs_are_read() {
    let bag = foreign(&[
        ("manifest-md5.txt", &format!("{MD5} *data/abc.txt\r\n")),
        ("manifest-sha1.txt", &format!("{SHA1}\t./data/abc.txt\n")),
        ("manifest-sha512.txt", &format!("{SHA512}  data/abc.txt")),
    ]);
    let result = verify_zip(&bag);
    assert_eq!(said(&result.findings), [""; 0]);
    assert_eq!(result.algorithms, [Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha512]);
    assert_eq!(result.check_code, None);
    let wrong = foreign(&[("manifest-sha512.txt", &format!("{}  data/abc.txt", SHA512.replace('d', "e")))]);
    assert_eq!(said(&verify_zip(&wrong).findings), ["bag/changed data/abc.txt"]);
}

#[test]
fn what_a_bag_may_not_say_is_named() {
    let findings = |name: &str, text: &str| {
        let mut bag = foreign(&[("manifest-md5.txt", &format!("{MD5} data/abc.txt\n"))]);
        bag.insert(name.to_owned(), text.as_bytes().to_vec());
        let result = verify_zip(&bag);
        result.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    let manifest = |line: &str| findings("manifest-md5.txt", &format!("{MD5} data/abc.txt\n{line}\n"));
    assert_eq!(manifest("data/abc.txt"), ["bag/bad-manifest-line"]);
    assert_eq!(manifest(&format!("{SHA1} data/abc.txt")), ["bag/bad-manifest-line"]);
    assert_eq!(manifest(&format!("{MD5} bagit.txt")), ["bag/bad-manifest-line"]);
    assert_eq!(manifest(&format!("{MD5} data/../../etc/passwd")), ["bag/path-escapes"]);
    assert_eq!(manifest(&format!("{MD5} /etc/passwd")), ["bag/path-escapes"]);
    assert_eq!(manifest(&format!("{MD5} data/abc.txt")), ["bag/listed-twice"]);
    assert_eq!(manifest(&format!("{MD5} data/gone.txt")), ["bag/missing"]);
    assert_eq!(findings("manifest-crc32.txt", ""), ["bag/unknown-algorithm"]);
    assert_eq!(
        findings("tagmanifest-md5.txt", &format!("{MD5} gone.txt")),
        ["bag/tag-missing", "bag/unlisted-tag", "bag/unlisted-tag"]
    );
    assert_eq!(findings("bag-info.txt", "Payload-Oxum: 4.1"), ["bag/oxum"]);
    assert_eq!(
        findings("bagit.txt", "BagIt-Version: 2.0\nTag-File-Character-Encoding: x"),
        ["bag/declaration", "bag/declaration"]
    );
    let mut fetched = foreign(&[("manifest-md5.txt", &format!("{MD5} data/abc.txt\n{MD5} data/b 1.txt\n"))]);
    fetched.insert("fetch.txt".into(), b"http://example.org/b 3 data/b 1.txt\n".to_vec());
    assert_eq!(said(&verify_zip(&fetched).findings), ["bag/incomplete data/b 1.txt"]);
    assert_eq!(said(&verify_zip(&foreign(&[])).findings), ["bag/no-manifest"]);
}

#[test]
fn what_systems_leave_behind_is_one_word_only() {
    let mut bag = sample();
    for name in ["组-2017/data/图片/Thumbs.db", "组-2017/.DS_Store", "__MACOSX/组-2017/._bagit.txt"] {
        bag.insert(name.to_owned(), b"x".to_vec());
    }
    let findings = verify_zip(&bag).findings;
    assert_eq!(said(&findings), ["bag/noise"]);
    assert_eq!(findings[0].facts["paths"].as_array().map(Vec::len), Some(3));
    bag.insert("readme.txt".into(), b"x".to_vec());
    assert_eq!(said(&verify_zip(&bag).findings)[0], "bag/outside readme.txt");
}

#[test]
fn names_of_a_chinese_windows_and_of_a_mac_are_the_same_names() {
    let mut zip = zipped(&sample());
    for (utf8, gbk) in [("组", &b"\xd7\xe9_"[..]), ("图片", b"\xcd\xbc\xc6\xac__"), ("甲", b"\xbc\xd7_")]
    {
        // The same length, so that the zip's offsets stay right.
        replace_names(&mut zip, utf8.as_bytes(), gbk);
    }
    let findings = verify_bytes(&zip).unwrap().findings;
    assert!(said(&findings).contains(&"bag/zip-names".into()), "{findings:?}");
    assert!(said(&findings).contains(&"bag/renamed data/图片/甲.jpg".into()));
    let sum = Checksum::of(b"abc");
    let mut mac =
        foreign(&[("manifest-sha256.txt", &format!("{sum}  data/\u{e9}.txt\n{sum}  data/abc.txt"))]);
    mac.insert("data/e\u{301}.txt".into(), b"abc".to_vec());
    assert_eq!(said(&verify_zip(&mac).findings), [""; 0]);
}

fn replace_names(zip: &mut [u8], from: &[u8], to: &[u8]) {
    let hits: Vec<usize> = (0..zip.len() - from.len()).filter(|&at| zip[at..].starts_with(from)).collect();
    for at in hits {
        zip[at..at + from.len()].copy_from_slice(&to[..from.len()]);
    }
}

#[test]
fn paths_of_the_zip_that_lead_outside_are_named_and_left_alone() {
    let mut bag = sample();
    for name in ["../evil.txt", "/abs.txt", "组-2017/data/../../evil", "C:\\evil.txt"] {
        bag.insert(name.to_owned(), b"x".to_vec());
    }
    let result = verify_zip(&bag);
    assert_eq!(result.findings.iter().filter(|f| f.rule == "bag/path-escapes").count(), 4);
    assert_eq!(result.findings.len(), 4);
}

#[cfg(unix)]
#[test]
fn links_are_named_and_not_followed() {
    let folder = unpacked(&sample());
    let link = folder.path().join("组-2017/data/纪要.pdf");
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", &link).unwrap();
    let result = verify(folder.path()).unwrap();
    assert_eq!(said(&result.findings), ["bag/symlink data/纪要.pdf"]);
    assert!(result.files.iter().all(|file| file.path != "data/纪要.pdf"));
}

#[test]
fn what_is_no_bag_is_refused_for_what_it_is() {
    let rule = |bytes: &[u8]| verify_bytes(bytes).unwrap_err().rule;
    assert_eq!(rule(b"Rar!"), "bag/not-a-zip");
    assert_eq!(rule(b""), "bag/not-a-zip");
    assert_eq!(rule(&zipped(&files(&[("a.txt", "")]))), "bag/not-a-bag");
    let whole = zipped(&sample());
    assert_eq!(rule(&whole[..whole.len() / 2]), "bag/broken-zip");
    let two = files(&[("a/bagit.txt", ""), ("b/bagit.txt", "")]);
    assert_eq!(rule(&zipped(&two)), "bag/several-bags");
    let folder = unpacked(&two);
    assert_eq!(verify(folder.path()).unwrap_err().rule, "bag/several-bags");
    let missing = verify(&folder.path().join("c")).unwrap_err();
    assert_eq!((missing.rule, missing.facts.contains_key("path")), ("bag/unreadable", true));
}

#[test]
fn a_recomputed_manifest_does_not_hide_a_change_from_the_check_code() {
    let mut bag = sample();
    let changed = ours(&files(&[("图片/甲.jpg", "Picture"), ("纪要.pdf", "minutes"), ("空.txt", "")]));
    for name in ["data/图片/甲.jpg", "manifest-sha256.txt"] {
        let name = format!("组-2017/{name}");
        bag.insert(name.clone(), changed[&name].clone());
    }
    let findings = verify_zip(&bag).findings;
    assert_eq!(said(&findings), ["bag/tag-changed manifest-sha256.txt", "bag/check-code"]);
}

/// A container whose files do not end.
struct Endless(Vec<container::Item>);

impl Container for Endless {
    fn name(&self) -> &'static str {
        "endless"
    }

    fn items(&self) -> &[container::Item] {
        &self.0
    }

    fn findings(&mut self) -> Vec<Finding> {
        Vec::new()
    }

    fn open(&mut self, index: usize) -> std::io::Result<Box<dyn Read + '_>> {
        Ok(if self.0[index].path == "data/x" {
            Box::new(std::io::repeat(0))
        } else {
            Box::new(std::io::empty())
        })
    }

    fn limit(&self) -> u64 {
        1 << 20
    }
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let item = |path: &str| container::Item { path: path.into(), kind: container::Kind::File };
    let mut bomb = Endless(vec![item("bagit.txt"), item("data/x")]);
    let finding = check(&mut bomb).unwrap_err();
    assert_eq!((finding.rule, &finding.facts["limit"]), ("bag/too-large", &Value::from(1 << 20)));
}

#[derive(Debug, Clone)]
enum Mutation {
    Flip(Index, u8),
    Remove,
    Add(Vec<u8>),
    Rename,
}

fn any_payload() -> impl Strategy<Value = Files> {
    let name = "[a-z甲乙丙]{1,3}/[a-zé甲乙丙 ]{1,6}x\\.(pdf|jpg|yaml)";
    proptest::collection::btree_map(name, proptest::collection::vec(any::<u8>(), 1..60), 1..6)
        .prop_filter("paths fit together", |payload| {
            payload.keys().all(|path| PayloadPath::new(path).is_ok() && !path.contains("/."))
        })
}

fn any_mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        (any::<Index>(), 1..=255u8).prop_map(|(at, bits)| Mutation::Flip(at, bits)),
        Just(Mutation::Remove),
        proptest::collection::vec(any::<u8>(), 0..9).prop_map(Mutation::Add),
        Just(Mutation::Rename),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_single_mutation_is_named(payload in any_payload(), pick in any::<Index>(), mutation in any_mutation()) {
        let mut bag = ours(&payload);
        prop_assert_eq!(said(&verify_zip(&bag).findings), [""; 0]);
        let path = format!("data/{}", pick.get(&payload.keys().collect::<Vec<_>>()));
        let full = format!("组-2017/{path}");
        let expected = match mutation {
            Mutation::Flip(at, bits) => {
                let bytes = bag.get_mut(&full).unwrap();
                let at = at.index(bytes.len());
                bytes[at] ^= bits;
                format!("bag/changed {path}")
            }
            Mutation::Remove => {
                bag.remove(&full);
                format!("bag/missing {path}")
            }
            Mutation::Add(bytes) => {
                bag.insert(format!("{full}.new"), bytes);
                format!("bag/extra {path}.new")
            }
            Mutation::Rename => {
                let bytes = bag.remove(&full).unwrap();
                bag.insert(format!("{full}.new"), bytes);
                format!("bag/renamed {path}")
            }
        };
        prop_assert_eq!(said(&verify_zip(&bag).findings), [expected.as_str()]);
        let folder = unpacked(&bag);
        let findings = verify(folder.path()).unwrap().findings;
        prop_assert_eq!(said(&findings), [expected.as_str()]);
    }

    #[test]
    fn a_damaged_zip_never_passes_for_another_bag(at in any::<Index>(), bits in 1..=255u8) {
        let mut zip = zipped(&sample());
        let whole = verify_bytes(&zip).unwrap();
        let at = at.index(zip.len());
        zip[at] ^= bits;
        if let Ok(result) = verify_bytes(&zip) {
            // A flipped bit in a time stamp changes nothing that is in the bag.
            let same = result.files == whole.files && result.info == whole.info;
            prop_assert!(same || !result.findings.is_empty());
        }
    }
}
