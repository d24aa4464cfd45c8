//! The shipped example, from YAML to bundle: what is said, what is on the pages, what is in the bags.

use crate::paper;
use crate::program::{EXAMPLE, example_source, project};
use baosong::build::Done;
use baosong::bundle::submission;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::LazyLock;

/// The example's papers, set by one worker.
pub(crate) static PAPERS: LazyLock<Vec<Done>> = LazyLock::new(|| {
    let (done, findings) = paper::set(&paper::read(&EXAMPLE.root), "", 1);
    assert!(findings.is_empty(), "{findings:#?}");
    done
});

/// The files of the zip at `path`, without its folder.
pub(crate) fn unzipped(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(File::open(path).expect("a bundle")).expect("a zip");
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).expect("a file");
            let name = file.name().expect("a name").split_once('/').expect("a folder").1.to_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("its bytes");
            (name, bytes)
        })
        .collect()
}

fn bundles() -> Vec<(String, BTreeMap<String, Vec<u8>>)> {
    let mut names: Vec<String> = fs::read_dir(EXAMPLE.bundles())
        .expect("bundles")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".zip"))
        .collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), unzipped(&EXAMPLE.bundles().join(name)))).collect()
}

fn submission_of(files: &BTreeMap<String, Vec<u8>>) -> Value {
    serde_json::from_slice(&files["data/submission.json"]).expect("JSON")
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_the_commands_say() {
    let mut said = String::new();
    for (line, ran) in &EXAMPLE.said {
        said += &format!("$ baosong {line}\n{}\n", ran.said(&EXAMPLE.root));
    }
    // The code changes with every byte of the material; that it is the right one is tested by itself.
    let lines = said.lines().map(|line| if line.starts_with("核验码 ") { "核验码 …" } else { line });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn where_the_text_stands() {
    for paper in PAPERS.iter() {
        let ends = [1, paper.sheet.pages];
        let outline: String = paper
            .sheet
            .outline()
            .lines()
            .filter(|line| {
                let page = line.split(' ').next().and_then(|page| page.parse::<usize>().ok());
                page.is_some_and(|page| ends.contains(&page))
            })
            .map(|line| format!("{line}\n"))
            .collect();
        let name = paper.path.trim_end_matches(".pdf").replace('/', "-");
        insta::assert_snapshot!(format!("outline-{name}"), outline);
    }
    let snapshots = fs::read_dir(project().join("tests/all/snapshots")).expect("snapshots");
    let names = snapshots.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let outlines = names.filter(|name| name.contains("__outline-") && name.ends_with(".snap"));
    assert_eq!(outlines.count(), PAPERS.len(), "a snapshot of a paper that is no longer made");
}

#[test]
fn the_september_minutes_have_pages_of_22_lines() {
    let minutes = PAPERS
        .iter()
        .find(|paper| paper.path.contains("2017-03") && paper.path.ends_with("会议纪要.pdf"))
        .expect("the minutes");
    let full = (1..=minutes.sheet.pages).filter(|page| {
        let mut lines: Vec<f64> = minutes
            .sheet
            .runs
            .iter()
            .filter(|run| run.page == *page && !run.furniture && (run.size - 16.0).abs() < 0.01)
            .map(|run| run.baseline)
            .collect();
        lines.sort_by(f64::total_cmp);
        lines.dedup_by(|a, b| (*a - *b).abs() < 0.01);
        let pitch = 225.0 / 22.0;
        lines.len() == 22 && lines.windows(2).all(|pair| (pair[1] - pair[0] - pitch).abs() < 0.01)
    });
    assert!(full.count() >= 1);
}

#[test]
fn each_paper_can_be_read_by_another_program() {
    for paper in PAPERS.iter() {
        let pages = paper::pages(&paper.sheet.pdf);
        assert_eq!(pages.len(), paper.sheet.pages, "{}", paper.path);
        let mut read: Vec<char> = pages.concat().chars().filter(|c| c.is_alphanumeric()).collect();
        let mut set: Vec<char> = paper.sheet.runs.iter().flat_map(|run| run.text.chars()).collect();
        set.retain(|c| c.is_alphanumeric());
        read.sort_unstable();
        set.sort_unstable();
        assert_eq!(read, set, "{}", paper.path);
    }
}

#[test]
fn photographs_are_small_and_say_nothing_of_the_place() {
    let gps = |bytes: &[u8]| {
        let exif = exif::Reader::new().read_from_container(&mut Cursor::new(bytes));
        exif.map(|exif| exif.get_field(exif::Tag::GPSLatitude, exif::In::PRIMARY).is_some())
    };
    let (mut with_place, mut photographs) = (0, 0);
    for (name, files) in bundles() {
        let submission = submission_of(&files);
        let listed = submission["photographs"].as_array().expect("photographs");
        let in_bag = files.keys().filter(|path| path.starts_with("data/图片/")).count();
        assert_eq!(in_bag, listed.len(), "{name}");
        for photograph in listed {
            let path = photograph["path"].as_str().expect("a path");
            let copy = &files[path];
            let size = image::load_from_memory(copy).map(|image| (image.width(), image.height()));
            let (width, height) = size.expect("a picture");
            assert!(width.max(height) <= 2400 && copy.starts_with(b"\xff\xd8"), "{path}");
            assert!(gps(copy).is_err(), "{name} {path} still has EXIF");
            let original = walkdir::WalkDir::new(example_source())
                .into_iter()
                .filter_map(Result::ok)
                .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "jpg"))
                .map(|entry| fs::read(entry.path()).expect("a photograph"))
                .find(|bytes| photograph["original_sha256"] == hex(bytes));
            let original = original.unwrap_or_else(|| panic!("{path} is the copy of nothing"));
            with_place += usize::from(gps(&original).unwrap_or(false));
            photographs += 1;
        }
    }
    assert!(photographs >= 14 && with_place > 0, "{photographs} {with_place}");
}

#[test]
fn submissions_keep_to_their_schema() {
    let path = project().join("docs/submission.schema.json");
    let schema = submission::schema();
    let text = format!("{schema:#}\n");
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("docs")).expect("docs");
        fs::write(&path, &text).expect("the schema");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(committed, text, "stale: run UPDATE=1 cargo test submissions_keep_to_their_schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for (name, files) in bundles() {
        let submission = submission_of(&files);
        let wrong: Vec<String> = validator.iter_errors(&submission).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
        for list in ["files", "inputs"] {
            for file in submission[list].as_array().expect("a list") {
                let bytes = &files[file["path"].as_str().expect("a path")];
                assert_eq!(file["sha256"], Value::from(hex(bytes)), "{name} {file}");
            }
        }
    }
}

#[test]
fn the_code_on_the_covering_paper_is_that_of_the_bag() {
    for (name, files) in bundles() {
        let submission = submission_of(&files);
        let excluded = submission["check_code_excludes"].as_array().expect("a list");
        let mut lines: Vec<(String, String)> = files
            .iter()
            .filter(|(path, _)| path.starts_with("data/"))
            .filter(|(path, _)| !excluded.contains(&Value::from(path.as_str())))
            .map(|(path, bytes)| (path.clone(), format!("{}  {path}\n", hex(bytes))))
            .collect();
        lines.sort();
        let manifest: String = lines.into_iter().map(|(_, line)| line).collect();
        let code = hex(manifest.as_bytes()).to_uppercase();
        assert_eq!(excluded.len(), 2, "{name}");
        for paper in excluded {
            let text = paper::pages(&files[paper.as_str().expect("a path")]).concat();
            assert!(text.contains(&code), "{name} {paper}: {code} is not in {text}");
        }
        let said = EXAMPLE.said.values().any(|ran| ran.out.replace(' ', "").contains(&code));
        assert!(said, "{name}: {code} was not said");
    }
}

#[test]
fn the_list_of_contents_names_every_file() {
    for (name, files) in bundles() {
        let list = paper::pages(&files["data/02-材料清单.pdf"]).concat();
        for path in files.keys().filter_map(|path| path.strip_prefix("data/")) {
            let is_cover = path.starts_with("01-") || path.starts_with("02-");
            let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            assert!(is_cover || bare(&list).contains(&bare(path)), "{name}: {path} is not in {list}");
        }
    }
}
