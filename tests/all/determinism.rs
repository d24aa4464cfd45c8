//! The same input gives the same bytes, wherever it lies and however many papers are set at once.

use crate::example::PAPERS;
use crate::paper;
use crate::program::{EXAMPLE, baosong, copy, example_source};
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

#[test]
fn a_bundle_does_not_depend_on_place_and_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("别处 的/一个 工作区");
    copy(&example_source(), &root);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365 * 15);
    for entry in walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let file = File::options().write(true).open(entry.path()).expect("a file");
            file.set_modified(long_ago).expect("a time");
        }
    }
    let target = folder.path().join("U盘");
    let arguments = ["pack", "year", &root.to_string_lossy(), "-o", &target.to_string_lossy()];
    baosong(Path::new("/"), arguments).ends_with(0);
    let name = EXAMPLE.year().file_name().expect("a name").to_owned();
    let (first, second) = (fs::read(EXAMPLE.year()), fs::read(target.join(&name)));
    assert!(first.expect("a bundle") == second.expect("a bundle"), "the two bundles differ");
    let letter = Path::new(&name).with_extension("eml");
    let (first, second) = (fs::read(EXAMPLE.bundles().join(&letter)), fs::read(target.join(&letter)));
    assert!(first.expect("an e-mail") == second.expect("an e-mail"), "the two e-mails differ");
}

#[test]
fn papers_do_not_depend_on_the_number_of_workers() {
    for paper in PAPERS.iter() {
        let by_program = fs::read(EXAMPLE.root.join("输出").join(&paper.path)).expect("a paper");
        assert!(by_program == paper.sheet.pdf, "{}", paper.path);
    }
    let (several, _) = paper::set(&paper::read(&EXAMPLE.root), "2017/活动/0921-第二次全体会议", 3);
    for paper in several {
        let alone = PAPERS.iter().find(|other| other.path == paper.path).expect("the paper");
        assert!(alone.sheet.pdf == paper.sheet.pdf, "{}", paper.path);
    }
}
