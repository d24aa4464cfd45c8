//! What goes out with a bundle and what comes back for it: facts of the year's other files, and answers to another one.

use crate::checked::case;
use crate::program::{baosong, copy};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy of the sound workspace.
fn sound() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("组");
    copy(&case("base"), &root);
    (folder, root)
}

fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

fn submission(root: &Path, word: &str) -> Value {
    let files = crate::example::unzipped(&root.join(format!("输出/报送/认可某-2018-{word}-1.zip")));
    serde_json::from_slice(&files["data/submission.json"]).unwrap()
}

#[test]
fn facts_of_the_records_go_out_with_summary_and_year() {
    let (_folder, root) = sound();
    let records = "类别: 台账\n年度: 2018\n支出:\n  - { 项目: 会议费, 金额: 30000, 日期: 2018-06-01 }\n";
    fs::write(root.join("台账.yaml"), records).unwrap();
    change(&root.join("工作总结.yaml"), "\n  记录: [{ 日期: 2018-10-22 }]", "");
    change(&root.join("工作总结.yaml"), "\n  - { 项目: 会议费, 金额: 12000, 日期: 2018-05-15 }", "");
    let numbered = "\n全年报送: { 文号: 认可某〔2018〕6号, 日期: 2018-10-22 }\n报送:\n";
    change(&root.join("工作总结.yaml"), "\n报送:\n", numbered);
    let said = baosong(&root, ["check", "--for", "submit", "--format", "short"]).ends_with(0).out;
    assert!(said.contains("台账.yaml:4") && said.contains("[art20/over-budget]"), "{said}");
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("submit/no-explanation")).collect();
    assert!(lines.len() == 1 && lines[0].starts_with("工作总结.yaml"), "{lines:?}");
    baosong(&root, ["pack", "summary"]).ends_with(0);
    baosong(&root, ["pack", "year"]).ends_with(0);
    baosong(&root, ["pack", "plan"]).ends_with(0);
    for word in ["总结", "全年"] {
        let packed = submission(&root, word);
        let of_records = |fact: &&Value| fact["place"].as_str().is_some_and(|it| it.starts_with("台账"));
        let told: Vec<&Value> = packed["facts"].as_array().unwrap().iter().filter(of_records).collect();
        assert!(told.len() == 1 && told[0]["rule"] == "art20/over-budget", "{told:?}");
    }
    assert_eq!(submission(&root, "计划")["facts"], json!([]));
}

/// What is not sent yet is late by the day of its letter; the letter of the year brings what each letter said of it.
#[test]
fn a_late_letter_says_so_and_the_year_brings_every_explanation() {
    let (_folder, root) = sound();
    let plan = root.join("工作计划.yaml");
    let late = "日期: 2018-02-05\n  情况说明: 名单1月底才获批。";
    change(&plan, "日期: 2018-01-22\n  记录: [{ 日期: 2018-01-22, 方式: 电子邮件 }]", late);
    let before = "日期: 2018-04-26\n  情况说明: 事前没有要说明的。";
    change(&root.join("活动.yaml"), "日期: 2018-04-26\n  记录: [{ 日期: 2018-04-26 }]", before);
    let year = "\n全年报送: { 文号: 认可某〔2018〕6号, 日期: 2018-10-22 }\n报送:\n";
    change(&root.join("工作总结.yaml"), "\n报送:\n", year);
    let said = baosong(&root, ["check", "--for", "submit"]).ends_with(0).out;
    assert!(
        said.contains("提示[art16/late]") && said.contains("报送函的日期是 2018年2月5日，迟 5 天"),
        "{said}"
    );
    assert!(said.contains("情况说明已写明，随函报出") && !said.contains("里写明原因"), "{said}");
    baosong(&root, ["pack", "plan"]).ends_with(0);
    let facts = submission(&root, "计划")["facts"].clone();
    assert!(facts[0]["rule"] == "art16/late" && facts.as_array().unwrap().len() == 1, "{facts}");
    assert!(facts[0]["message"].as_str().unwrap().contains("，于2018年2月5日报送，迟5天"), "{facts}");
    baosong(&root, ["pack", "year"]).ends_with(0);
    let files = crate::example::unzipped(&root.join("输出/报送/认可某-2018-全年-1.zip"));
    let cover = crate::paper::pages(&files["data/01-报送函.pdf"]).concat().replace('\n', "");
    assert!(
        cover.contains("报送2018年度工作计划时已说明：") && cover.contains("名单1月底才获批。"),
        "{cover}"
    );
    assert!(!cover.contains("事前没有要说明的"), "{cover}");
    // Without words of its own it is a warning.
    change(&plan, "\n  情况说明: 名单1月底才获批。", "");
    let said = baosong(&root, ["check", "--for", "submit"]).ends_with(0).out;
    assert!(said.contains("警告[art16/late]") && said.contains("里写明原因"), "{said}");
}

#[test]
fn an_answer_to_another_bundle_is_refused() {
    let (_folder, root) = sound();
    let said = baosong(&root, ["pack", "plan"]).ends_with(0).out;
    let code = said.split("核验码").nth(1).unwrap().lines().next().unwrap();
    let ours: String = code.chars().filter(char::is_ascii_hexdigit).collect();
    assert_eq!(ours.len(), 64, "{said}");
    let plan = root.join("工作计划.yaml");
    let before = fs::read_to_string(&plan).unwrap();
    let answer = |code: &str, state: &str, day: &str| {
        let value = json!({
            "format": 1, "group": { "name": "某组", "code": "认可某" }, "year": 2018, "kind": "plan", "version": 1,
            "check_code": code, "state": state, "date": day, "code": "收1", "reasons": ["缺测算"],
        });
        fs::write(root.join("回执.json"), value.to_string()).unwrap();
        baosong(&root, ["receipt", "回执.json"])
    };
    let said = answer(&"0".repeat(64), "received", "2018-01-25").ends_with(2).err;
    assert!(
        said.contains("run/receipt-code")
            && said.contains("0000 0000")
            && said.contains(code.trim_matches(['：', ' '])),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&plan).unwrap(), before);
    answer(&ours, "received", "2018-01-25").ends_with(0);
    let received = fs::read_to_string(&plan).unwrap();
    let said = answer(&ours, "returned", "2018-01-24").ends_with(2).err;
    assert!(said.contains("run/returned-before-received"), "{said}");
    assert_eq!(fs::read_to_string(&plan).unwrap(), received);
    answer(&ours, "returned", "2018-01-26").ends_with(0);
    // Without the bundle there is nothing to compare with.
    fs::write(&plan, &before).unwrap();
    fs::remove_dir_all(root.join("输出")).unwrap();
    answer(&"0".repeat(64), "received", "2018-01-25").ends_with(0);
}

/// Takes the records of sendings out of a file.
fn forget(file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    let kept = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("记录") && !line.starts_with("    - { 日期"));
    fs::write(file, kept.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

/// The house's own 记录 does not go out: the same bundle comes out of the files before and after it was sent, in time or
/// late, and the answer to it fits.
#[test]
fn what_was_sent_is_packed_again_as_it_was() {
    let (_folder, root) = sound();
    let plan = root.join("工作计划.yaml");
    let code = |root: &Path| {
        let said = baosong(root, ["pack", "plan"]).ends_with(0).out;
        let code = said.split("核验码").nth(1).unwrap().lines().next().unwrap();
        code.chars().filter(char::is_ascii_hexdigit).collect::<String>()
    };
    let written = fs::read_to_string(&plan).unwrap();
    let record = written.lines().find(|line| line.trim_start().starts_with("记录")).unwrap().to_owned();
    fs::write(&plan, written.replacen(&format!("{record}\n"), "", 1)).unwrap();
    let unsent = code(&root);
    fs::write(&plan, &written).unwrap();
    assert_eq!(code(&root), unsent);
    fs::write(&plan, written.replacen(&format!("{record}\n"), "", 1)).unwrap();
    baosong(&root, ["build"]).ends_with(0);
    for day in ["2018-01-22", "2018-05-22"] {
        forget(&plan);
        baosong(&root, ["sent", "2018-计划", "--on", day, "--today", "2018-06-01"]).ends_with(0);
        let said = baosong(&root, ["build"]).ends_with(0).out;
        assert!(said.contains("份都没有变化"), "{said}");
        assert_eq!(code(&root), unsent, "{day}");
        fs::remove_dir_all(root.join("输出")).unwrap();
        assert_eq!(code(&root), unsent, "{day}");
        baosong(&root, ["build"]).ends_with(0);
    }
    let answer = json!({
        "format": 1, "group": { "name": "某组", "code": "认可某" }, "year": 2018, "kind": "plan", "version": 1,
        "check_code": unsent, "state": "received", "date": "2018-05-26", "code": "收1",
    });
    fs::write(root.join("回执.json"), answer.to_string()).unwrap();
    baosong(&root, ["receipt", "回执.json"]).ends_with(0);
    assert_eq!(code(&root), unsent);
    let files = crate::example::unzipped(&root.join("输出/报送/认可某-2018-计划-1.zip"));
    let source = String::from_utf8(files["data/源文件/工作计划.yaml"].clone()).unwrap();
    assert!(!source.contains("记录") && source.contains("报送"), "{source}");
}

/// What is begun after a plan went out is no source of it, unless a table of the plan is computed from it.
#[test]
fn what_is_kept_later_leaves_a_plan_as_it_was_sent() {
    let (_folder, root) = sound();
    let plan = root.join("工作计划.yaml");
    let written = fs::read_to_string(&plan).unwrap();
    let record = written.lines().find(|line| line.trim_start().starts_with("记录")).unwrap();
    fs::write(&plan, written.replacen(&format!("{record}\n"), "", 1)).unwrap();
    let packed = |what: &[&str]| {
        let said = baosong(&root, [&["pack"], what].concat()).ends_with(0).out;
        said.lines().find(|line| line.contains("核验码")).map(str::to_owned)
    };
    let (minutes, unsent) = (packed(&["activity", "活动.yaml", "--stage", "后"]), packed(&["plan"]));
    fs::write(root.join("台账.yaml"), "类别: 台账\n年度: 2018\n宣传: []\n").unwrap();
    let notice = "类别: 放假安排\n年度: 2019\n放假:\n  - { 节日: 元旦, 日期: 2019-01-01 }\n";
    fs::write(root.join("放假安排.yaml"), notice).unwrap();
    baosong(&root, ["sent", "2018-计划", "--on", "2018-01-22", "--today", "2018-06-01"]).ends_with(0);
    assert_eq!(packed(&["plan"]), unsent);
    assert_eq!(packed(&["activity", "活动.yaml", "--stage", "后"]), minutes);
    packed(&["summary"]);
    let ledger = |word: &str| {
        let files = crate::example::unzipped(&root.join(format!("输出/报送/认可某-2018-{word}-1.zip")));
        files.contains_key("data/源文件/台账.yaml")
    };
    assert!(ledger("总结") && !ledger("计划"));
    fs::remove_dir_all(root.join("输出")).unwrap();
    let table = "保障措施: [{ 表格: { 标题: 宣传, 取自: 宣传一览 } }]\n";
    fs::write(&plan, format!("{}{table}", fs::read_to_string(&plan).unwrap())).unwrap();
    packed(&["plan"]);
    assert!(ledger("计划"));
}

/// What `build` says of a page is said of what is packed, whether it was built before or is set now.
#[test]
fn notes_of_the_pages_are_told_with_the_bundle() {
    let (_folder, root) = sound();
    let plan = root.join("工作计划.yaml");
    let rows = "    - [甲, 乙]\n".repeat(16);
    let table = format!("保障措施:\n- 表格:\n    表头: [甲, 乙]\n    行:\n{rows}");
    fs::write(&plan, format!("{}{table}", fs::read_to_string(&plan).unwrap())).unwrap();
    let packed = || {
        let said = baosong(&root, ["pack", "plan", "--format", "json"]).ends_with(0).out;
        let said: Value = serde_json::from_str(&said).unwrap();
        let findings = said["bundles"][0]["findings"].as_array().unwrap().clone();
        findings.into_iter().filter(|it| it["rule"] == "page/other-pitch").collect::<Vec<_>>()
    };
    let set_now = packed();
    assert_eq!(set_now.len(), 1, "{set_now:?}");
    baosong(&root, ["build"]).ends_with(0);
    assert_eq!(packed(), set_now);
    assert!(baosong(&root, ["pack", "plan"]).ends_with(0).out.contains("page/other-pitch"));
}

/// What was returned is open until it goes out as a new version, which may be packed anew until it is sent.
#[test]
fn what_came_back_goes_out_as_another_version() {
    let (_folder, root) = sound();
    let plan = root.join("工作计划.yaml");
    let sound = fs::read_to_string(&plan).unwrap();
    let answer = json!({
        "format": 1, "group": { "name": "某组", "code": "认可某" }, "year": 2018, "kind": "plan", "version": 1,
        "check_code": "0".repeat(64), "state": "returned", "date": "2018-01-26", "reasons": ["缺测算"],
    });
    fs::write(root.join("回执.json"), answer.to_string()).unwrap();
    let said = baosong(&root, ["receipt", "回执.json"]).ends_with(0).out;
    assert!(said.contains("“版次”写 2，“替代”写 0000 0000"), "{said}");
    assert!(said.contains("“日期”和“文号”写新函的（下一个文号是 认可某〔2018〕6号）"), "{said}");
    let front = baosong(&root, ["front", "--today", "2018-02-01"]).ends_with(0).out;
    assert!(
        front.contains("先改“报送”里的版次、替代、日期、文号（下一个文号是 认可某〔2018〕6号）"),
        "{front}"
    );
    assert!(!front.contains("pack plan"), "{front}");
    let status = baosong(&root, ["status", "--today", "2018-02-01"]).ends_with(0).out;
    assert!(status.contains("退回补正，待重报（缺测算）"), "{status}");
    let refused = baosong(&root, ["pack", "plan"]).ends_with(1);
    assert!(format!("{}{}", refused.out, refused.err).contains("submit/returned"), "{}", refused.out);
    let returned = fs::read_to_string(&plan).unwrap();
    let sent = |day: &str| {
        baosong(&root, ["sent", "2018-计划", "--on", day, "--today", "2018-02-01"]).ends_with(0).out
    };
    let said = sent("2018-01-27");
    assert!(said.contains("退回以后没有改“版次”“替代”“日期”“文号”；“版次”应为 2"), "{said}");
    fs::write(&plan, &sound).unwrap();
    baosong(&root, ["pack", "plan"]).ends_with(0);
    fs::write(&plan, &returned).unwrap();
    let letter = "日期: 2018-01-27\n  版次: 2\n  替代: 认可某-2018-计划-1\n  记录";
    change(&plan, "日期: 2018-01-22\n  记录", letter);
    let said = baosong(&root, ["pack", "plan"]).ends_with(0);
    let said = format!("{}{}", said.out, said.err);
    assert!(said.contains("run/number-kept") && said.contains("第 1 版的文号 认可某〔2018〕1号"), "{said}");
    change(&plan, "文号: 认可某〔2018〕1号", "文号: 认可某〔2018〕6号");
    change(&plan, "编写培训教材", "编写培训大纲");
    baosong(&root, ["pack", "plan"]).ends_with(0);
    assert!(root.join("输出/报送/认可某-2018-计划-2.zip").is_file());
    let said = sent("2018-01-28");
    assert!(!said.contains("注意"), "{said}");
    change(&plan, "编写培训大纲", "编写培训教材");
    let said = baosong(&root, ["pack", "plan"]).ends_with(2).err;
    assert!(said.contains("run/already-sent"), "{said}");
}

#[test]
fn a_record_in_a_file_with_errors_says_so() {
    let (_folder, root) = sound();
    forget(&root.join("工作计划.yaml"));
    change(&root.join("工作计划.yaml"), "日期: 2018-01-20", "日期: 2018-02-30");
    let said =
        baosong(&root, ["sent", "2018-计划", "--on", "2018-01-23", "--today", "2018-01-23"]).ends_with(0).out;
    assert!(said.contains("工作计划.yaml 里有 1 处错误"), "{said}");
}

/// A sending is recorded whether or not its bundle lies there; that none does is said.
#[test]
fn a_record_without_a_bundle_says_so() {
    let (_folder, root) = sound();
    for file in ["工作计划.yaml", "工作总结.yaml", "活动.yaml"] {
        forget(&root.join(file));
    }
    let sent = |item: &str, day: &str| {
        baosong(&root, ["sent", item, "--on", day, "--today", "2018-11-01"]).ends_with(0).out
    };
    for item in ["2018-计划", "2018-总结", "2018-01-前", "2018-01-后", "2018-全年"] {
        let said = sent(item, "2018-10-30");
        assert!(said.contains("输出/报送 里没有这一次的材料包（认可某-2018-"), "{said}");
    }
    baosong(&root, ["pack", "plan"]).ends_with(0);
    forget(&root.join("工作计划.yaml"));
    let said = sent("2018-计划", "2018-10-31");
    assert!(said.contains("已记入") && !said.contains("材料包"), "{said}");
}

#[test]
fn an_answer_says_why_and_nothing_that_is_lost() {
    let (_folder, root) = sound();
    let mut value = json!({
        "format": 1, "group": { "name": "某组", "code": "认可某" }, "year": 2018, "kind": "plan", "version": 1,
        "check_code": "0".repeat(64), "state": "returned", "date": "2018-01-25", "reason": "缺测算",
    });
    let plan = fs::read_to_string(root.join("工作计划.yaml")).unwrap();
    fs::write(root.join("回执.json"), value.to_string()).unwrap();
    let said = baosong(&root, ["receipt", "回执.json"]).ends_with(2).err;
    assert!(said.contains("“reason”这一项，应是“reasons”"), "{said}");
    assert_eq!(fs::read_to_string(root.join("工作计划.yaml")).unwrap(), plan);
    value.as_object_mut().unwrap().remove("reason");
    fs::write(root.join("回执.json"), value.to_string()).unwrap();
    let said = baosong(&root, ["receipt", "回执.json"]).ends_with(0).out;
    assert!(said.contains("退回没有写原因"), "{said}");
}

#[test]
fn a_year_that_is_known_needs_no_notice() {
    let (_folder, root) = sound();
    let said = baosong(&root, ["new", "holidays", "--year", "2026"]).ends_with(2).err;
    assert!(said.contains("run/year-known") && !root.join("2026").exists(), "{said}");
    baosong(&root, ["new", "holidays", "--year", "2027"]).ends_with(0);
    // Half a notice of a known year takes nothing away.
    let half = "类别: 放假安排\n年度: 2026\n放假:\n  - { 节日: 元旦, 日期: 2026-01-01 至 2026-01-03 }\n";
    fs::remove_dir_all(root.join("2027")).unwrap();
    fs::write(root.join("放假安排.yaml"), half).unwrap();
    let said = baosong(&root, ["workday", "2026-09-30", "+1"]).ends_with(0).out;
    assert!(said.contains("2026年10月8日") && !said.contains("暂定"), "{said}");
}

#[test]
fn the_last_working_days_are_named() {
    let (_folder, root) = sound();
    // 31 January 2026 is a Saturday, the due date of the plan.
    let plan = "类别: 年度工作计划\n年度: 2026\n";
    fs::write(root.join("新计划.yaml"), plan).unwrap();
    let on = |day: &str| baosong(&root, ["status", "--today", day]).ends_with(0).out;
    let line = |said: &str| said.lines().find(|it| it.contains("2026-计划")).unwrap_or_default().to_owned();
    assert!(line(&on("2026-01-29")).contains("还有 1 个工作日"), "{}", on("2026-01-29"));
    assert!(line(&on("2026-01-30")).contains("今天是最后一个工作日"), "{}", on("2026-01-30"));
}

/// What is taken where nobody said, and what a word finds.
#[test]
fn what_is_meant_is_found_and_said() {
    let (_folder, root) = sound();
    let said = baosong(&root, ["pack", "activity", "活动.yaml"]).ends_with(0).out;
    assert!(said.contains("活动报告已经报送") && said.contains("2018-01-后"), "{said}");
    assert!(!root.join("输出/报送/认可某-2018-活动前-2018-01-1.zip").exists());
    let said = baosong(&root, ["eject", "page", "活动.yaml", "纪要"]).ends_with(0).out;
    assert!(said.contains("共写出") && said.lines().count() <= 3, "{said}");
    let said = baosong(&root, ["explain", "到会"]).ends_with(0).out;
    assert!(said.contains("art14/quorum"), "{said}");
    let said = baosong(&root, ["new", "year", "--today", "2018-06-01"]).ends_with(0).out;
    assert!(said.contains("接着最近的计划取2019年") && root.join("2019/工作计划.yaml").is_file(), "{said}");
    let answer = json!({
        "format": 1, "group": { "name": "某组", "code": "认可某" }, "year": 2018, "kind": "plan", "version": 1,
        "check_code": "0".repeat(64), "state": "received", "date": "2018-02-30", "code": "收1",
    });
    fs::write(root.join("回执.json"), answer.to_string()).unwrap();
    let said = baosong(&root, ["receipt", "回执.json"]).ends_with(2).err;
    assert!(said.contains("2018-02-30") && said.contains("没有这一天"), "{said}");
    fs::remove_file(root.join("工作总结.yaml")).unwrap();
    let page = baosong(&root, ["--today", "2018-07-15"]).ends_with(0).out;
    assert!(page.contains("R1  2018-06-30  逾期 15 天  修订认证方案（林知秋）"), "{page}");
}

/// A copy made as a backup comes first in the folder; it is neither packed nor passed over in silence.
#[test]
fn a_backup_copy_does_not_take_the_place_of_the_original() {
    let (_folder, root) = sound();
    let numbered = "\n全年报送: { 文号: 认可某〔2018〕6号, 日期: 2018-10-22 }\n报送:\n";
    change(&root.join("工作总结.yaml"), "\n报送:\n", numbered);
    for (name, what) in [("工作计划", &["plan", "summary", "year"][..]), ("工作总结", &["summary", "year"])]
    {
        for copy in [format!("{name} - 副本.yaml"), format!("备份/{name}.yaml")] {
            fs::create_dir_all(root.join("备份")).unwrap();
            fs::copy(root.join(format!("{name}.yaml")), root.join(&copy)).unwrap();
            let said = baosong(&root, ["check", "--format", "short"]).ends_with(1).out;
            let line = said.lines().find(|line| line.contains("model/second-of-year")).unwrap();
            assert!(line.starts_with(&format!("{copy}:")), "{line}");
            for what in what {
                let said = baosong(&root, ["pack", what, "--year", "2018"]).ends_with(1).out;
                let told = said.split("\n\n").find(|it| it.contains("错误[model/second-of-year]")).unwrap();
                assert!(
                    told.contains(&copy) && told.contains(&format!("参看 {name}.yaml")),
                    "{what}: {told}"
                );
            }
            fs::remove_file(root.join(copy)).unwrap();
        }
    }
    fs::copy(root.join("工作总结.yaml"), root.join("工作总结2.yaml")).unwrap();
    baosong(&root, ["pack", "plan"]).ends_with(0);
}

/// A folder says which year is meant.
#[test]
fn a_path_into_the_workspace_leaves_only_the_years_that_lie_there() {
    let (_folder, root) = sound();
    let plan = fs::read_to_string(root.join("工作计划.yaml")).unwrap();
    for year in ["2018", "2019"] {
        fs::create_dir(root.join(year)).unwrap();
        fs::write(root.join(year).join("工作计划.yaml"), plan.replace("2018", year)).unwrap();
    }
    fs::remove_file(root.join("工作计划.yaml")).unwrap();
    let old = root.join("2018");
    let year_of = |folder: &Path, arguments: &[&str]| {
        let arguments = [&["pack", "plan", "--format", "json"], arguments].concat();
        let said: Value = serde_json::from_str(&baosong(folder, arguments).out).unwrap();
        said["bundles"][0]["year"].as_u64()
    };
    for (folder, path) in
        [(&root, "2018"), (&root, "2018/工作计划.yaml"), (&root, "2019/../2018"), (&old, ".")]
    {
        assert_eq!(year_of(folder, &[path]), Some(2018), "{path}");
    }
    assert_eq!(year_of(&old, &[]), Some(2018));
    assert_eq!(year_of(&old, &[".."]), Some(2019));
    assert_eq!(year_of(&root, &["2019"]), Some(2019));
    for arguments in
        [&["plan", "2018", "--year", "2019"][..], &["plan", "图片"], &["summary", "2018"], &["year", "2019"]]
    {
        let said = baosong(&root, [&["pack"], arguments].concat()).ends_with(2).err;
        assert!(said.contains("workspace/nothing"), "{said}");
    }
    let said = baosong(&root, ["table", "报送期限", "2018"]);
    assert!(said.out.contains("2018") && !said.out.contains("2019"), "{}{}", said.out, said.err);
}
