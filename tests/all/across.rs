//! Contradictions across documents: what agrees is never said to differ.

use crate::checked::Desk;
use crate::program::baosong;

/// An activity of three members, two of them and a guest present, with one text.
fn told(key: &str, text: &str) -> Vec<String> {
    let activity = "类别: 活动\n编号: 2018-02\n名称: 第二次全体会议\n类型: [全体会议]\n\
        日期: 2018-09-20 至 2018-09-21\n地点: 上海乙方会议中心\n主持: 周明远\n到会情况:\n\
        \x20 出席: [周明远, 林知秋]\n  请假: [{ 姓名: 何沐言, 事由: 出差 }]\n\
        \x20 列席: [{ 姓名: 苏景行, 单位: 国家认监委认可监管部 }]\n";
    let checked = Desk::of(3).with("活动.yaml", format!("{activity}{key}: {text}\n")).check();
    let ours = checked.findings.iter().filter(|finding| finding.rule.starts_with("activity/told-"));
    ours.map(|finding| finding.rule.trim_start_matches("activity/told-").to_owned()).collect()
}

#[test]
fn leads_that_agree_or_speak_of_something_else_are_left_alone() {
    for lead in [
        "9月20日，第二次全体会议在上海召开。",
        "2018年9月20日至21日，某某认证专家组在上海市召开第二次全体会议。",
        "9月21日下午，为期两天的第二次全体会议在上海举行。",
        "近日，第二次全体会议在乙方会议中心召开。",
        "成立于4月13日的某某认证专家组在上海召开第二次全体会议。",
        "4月13日成立的某某认证专家组召开第二次全体会议。",
        "9月18日是世界清洁日，某某认证专家组在上海举办第二次全体会议。",
        "继5月10日启动会之后，某某认证专家组在上海召开第二次全体会议。",
        "根据在北京召开的启动会的安排，第二次全体会议在上海召开。",
        "某某认证专家组于9月20日召开第二次全体会议，研究11月5日的试点安排。",
        "截至9月10日，专家组共召开会议2次。",
        "9月20日，会议在上海召开。会议由组长周明远主持。",
        "9月20日，会议在上海召开。上午的会议由林知秋主持，下午的会议由周明远主持。",
        "9月20日，会议在上海召开。会议由周明远主持，会议由林知秋主持讨论。",
        "9月20日，会议在上海召开。会议由甲方研究院主办。",
        "9月20日，会议在上海召开，应到3人，实到2人，请假1人。",
        "9月20日，会议在上海召开，3名成员中有2名出席，国家认监委派员到会。",
        "9月20日，会议在上海召开，2名成员参加会议，其中1名参加了全部议程。",
        "9月20日，会议在上海召开，近5名专家出席会议，9名成员单位代表参加讨论。",
        "9月20日，会议在上海召开，5名起草人参加。",
    ] {
        for (key, text) in [
            ("新闻通稿", format!("{{ 标题: 召开会议, 导语: \"{lead}\" }}")),
            ("纪要", format!("{{ 日期: 2018-09-25, 导语: \"{lead}\" }}")),
            ("活动小结", format!("\"{lead}\"")),
        ] {
            assert_eq!(told(key, &text), [""; 0], "{key}: {lead}");
        }
    }
}

#[test]
fn leads_that_differ_are_found() {
    for (lead, what) in [
        ("9月22日，第二次全体会议在上海召开。", "date"),
        ("2017年9月20日，第二次全体会议在上海召开。", "date"),
        ("某某认证专家组于9月19日至20日在上海召开第二次全体会议。", "date"),
        ("9月20日，第二次全体会议在北京召开。", "place"),
        ("9月20日，第二次全体会议在杭州西湖国宾馆举行。", "place"),
        ("9月20日，会议在上海召开。会议由副组长林知秋主持。", "chair"),
        ("9月20日，会议在上海召开，应到4人，实到2人。", "attendance"),
        ("9月20日，会议在上海召开，应到成员3人，实到成员1人。", "attendance"),
        ("9月20日，会议在上海召开，3名成员出席了会议。", "attendance"),
        ("9月20日，会议在上海召开，4名成员中有2名出席。", "attendance"),
    ] {
        assert_eq!(told("新闻通稿", &format!("{{ 标题: 召开会议, 导语: {lead} }}")), [what], "{lead}");
    }
}

/// A bundle that came back and was sent again has a newer letter than its first sending, and the same number.
#[test]
fn what_was_sent_again_is_no_contradiction() {
    let plan = "类别: 年度工作计划\n年度: 2018\n日期: 2018-01-20\n报送:\n  文号: 认可某〔2018〕1号\n\
        \x20 日期: 2018-06-05\n  版次: 2\n  记录:\n    - { 日期: 2018-01-22, 收到: 2018-01-22, 退回: { 日期: 2018-01-24 } }\n\
        \x20   - { 日期: 2018-06-05 }\n";
    let checked = Desk::sound().with("工作计划.yaml", plan).check();
    let ours = |rule: &str| rule.starts_with("order/") || rule.starts_with("number/");
    let found: Vec<&str> =
        checked.findings.iter().map(|finding| finding.rule).filter(|rule| ours(rule)).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn contradictions_between_files_name_both_places() {
    let records = "类别: 台账\n年度: 2018\n其他报送:\n  - { 文种: 考评总结, 日期: 2018-11-20, 文号: 认可某〔2018〕5号 }\n";
    let checked = Desk::sound().with("台账.yaml", records).check();
    let finding = checked.findings.iter().find(|finding| finding.rule == "number/repeat").expect("a repeat");
    let file = |place: &baosong::finding::Place| (place.file.clone(), place.line > 0);
    assert_eq!(finding.place.as_ref().map(file), Some(("台账.yaml".into(), true)));
    assert_eq!(finding.related.iter().map(file).collect::<Vec<_>>(), [("工作总结.yaml".into(), true)]);
}

/// Written afterwards, the papers before an activity are still dated before it, and in time.
#[test]
fn a_new_activity_has_its_papers_in_order() {
    let desk = Desk::of(3);
    for (name, on, dated) in [("甲会", "2018-03-18", "2018-03-10"), ("乙会", "2018-09-18", "2018-06-01")]
    {
        let line = ["new", "activity", ".", "--title", name, "--on", on, "--today", "2018-06-01"];
        baosong(desk.root(), line).ends_with(0);
        let month_day = on[5..].replace('-', "");
        let file = desk.root().join(format!("2018/活动/{month_day}-{name}/活动.yaml"));
        let text = std::fs::read_to_string(file).unwrap();
        let dates = text.lines().filter(|line| line.starts_with("  日期: "));
        assert!(dates.clone().count() == 3 && dates.clone().all(|line| line.ends_with(dated)), "{text}");
    }
    let found = desk.check().findings;
    let late = found.iter().find(|it| it.rule.starts_with("order/") || it.rule.starts_with("art16.3/report"));
    assert_eq!(late, None);
}

/// The plan knows what a meeting of that name is, where, by whom and when.
#[test]
fn a_new_activity_takes_what_the_plan_has() {
    let desk = Desk::of(3).with(
        "工作计划.yaml",
        "类别: 年度工作计划\n年度: 2018\n任务: [{ 编号: R1, 名称: 修订 }]\n会议:\n\
        \x20 - { 名称: 秋季研讨, 类型: [研讨, 培训], 时间: 2018年9月, 地点: 上海, 承办: 甲方研究院、乙方公司 }\n",
    );
    let text =
        |file: &str| std::fs::read_to_string(desk.root().join("2018/活动").join(file).join("活动.yaml"));
    baosong(desk.root(), ["new", "activity", "--title", "秋季研讨", "--today", "2018-06-01"]).ends_with(0);
    let made = text("0903-秋季研讨").unwrap();
    for line in [
        "类型: [研讨, 培训]",
        "日期: 2018-09-03",
        "地点: 上海\n",
        "\n承办: [甲方研究院, 乙方公司]",
        "任务: R1,",
    ] {
        assert!(made.contains(line), "{line}: {made}");
    }
    let on = ["new", "activity", "--title", "秋季研讨", "--on", "2018-10-10", "--today", "2018-06-01"];
    baosong(desk.root(), on).ends_with(0);
    assert!(text("1010-秋季研讨").unwrap().contains("日期: 2018-10-10"));
    let desk = desk.with(
        "2018/活动/甲.yaml",
        "类别: 活动\n编号: 2018-07\n名称: 甲\n类型: [培训]\n日期: 2018-05-02\n议定事项:\n  - 意见: 再议\n  - { 任务: 整理材料, 负责: [林知秋] }\n",
    );
    baosong(desk.root(), ["new", "activity", "--title", "别的会", "--today", "2018-06-01"]).ends_with(0);
    let made = std::fs::read_to_string(desk.root().join("2018/活动/0601-别的会/活动.yaml")).unwrap();
    assert!(made.contains("类型: [组内会议]") && made.contains("任务: 2018-07/2,"), "{made}");
    assert!(!["张三", "李四", "王五"].iter().any(|name| made.contains(name)), "{made}");
}

/// A member from the regulator is somebody from the regulator.
#[test]
fn a_member_may_come_from_the_regulator() {
    let said = |member: &str, present: &str| {
        let base = std::fs::read_to_string(crate::checked::case("base/专家组.yaml")).unwrap();
        let meeting = format!(
            "类别: 活动\n编号: 2018-02\n名称: 第二次全体会议\n类型: [全体会议]\n日期: 2018-09-20\n到会情况: {{ 出席: [{present}] }}\n"
        );
        let desk = Desk::of(3).with("专家组.yaml", format!("{base}  - {{ 姓名: 方早来, {member} }}\n"));
        desk.with("活动.yaml", meeting).check().said("art15/regulator")
    };
    let none = ["“第二次全体会议”没有写明邀请了监管部门（国家认监委）的人员".to_owned()];
    assert_eq!(said("单位类别: 监管部门", "周明远, 方早来"), [""; 0]);
    assert_eq!(said("单位: 国家认监委认可监管部", "周明远, 方早来"), [""; 0]);
    assert_eq!(said("单位类别: 监管部门", "周明远, 林知秋"), none);
    assert_eq!(said("单位类别: 认证机构", "周明远, 方早来"), none);
}

/// What the plan calls a plenary is one only if the activity says so, and the message tells.
#[test]
fn a_plenary_not_marked_is_pointed_at() {
    let activity = "类别: 活动\n编号: 2018-02\n名称: 第二次全体会议\n类型: [组内会议]\n日期: 2018-11-20\n";
    let checked = Desk::sound().with("第二次活动.yaml", activity).check();
    let finding = checked.findings.iter().find(|finding| finding.rule == "art13/plenaries").unwrap();
    assert_eq!(finding.related[0].file, "第二次活动.yaml");
    let said = checked.said("art13/plenaries").concat();
    assert!(said.ends_with("；“第二次全体会议”计划是全体会议，活动的类型没有写全体会议"), "{said}");
}

/// One date that is wrong, or one budget below zero, is said once.
#[test]
fn one_slip_is_one_finding() {
    let base = std::fs::read_to_string(crate::checked::case("base/专家组.yaml")).unwrap();
    let terms = base.replace(" }", ", 任职: { 起: 2017-01-10 } }");
    let said = Desk::of(3).with("专家组.yaml", terms).check().said("profile/before-founding");
    assert_eq!(said, ["周明远、林知秋、何沐言的任职都早于本组成立日期（2017年4月13日）"]);
    let plan = "类别: 年度工作计划\n年度: 2018\n经费: [{ 项目: 会议费, 金额: -24000 }]\n";
    let records = "类别: 台账\n年度: 2018\n支出: [{ 项目: 会议费, 金额: 100, 日期: 2018-03-01 }]\n";
    let checked = Desk::of(3).with("工作计划.yaml", plan).with("台账.yaml", records).check();
    assert_eq!((checked.said("art20/negative").len(), checked.said("art20/over-budget").len()), (1, 0));
}

/// A task cancelled is not overdue; cancelled after the cut-off it was still under way.
#[test]
fn a_task_cancelled_after_the_cut_off_was_under_way() {
    let of = |cancelled: &str, state: &str| {
        let base = std::fs::read_to_string(crate::checked::case("base/工作计划.yaml")).unwrap();
        let plan =
            format!("{base}计划调整:\n  - {{ 日期: {cancelled}, 任务: R1, 事项: 取消, 原因: 不再需要 }}\n");
        let summary = format!(
            "类别: 年度工作总结\n年度: 2018\n日期: 2018-10-20\n截至: 2018-10-15\n任务完成:\n  - {{ 编号: R1, {state} }}\n"
        );
        let checked = Desk::sound().with("工作计划.yaml", plan).with("工作总结.yaml", summary).check();
        let ours = ["summary/task-cancelled", "art16.2/task-overdue"];
        let found = checked.findings.iter().map(|finding| finding.rule).filter(|rule| ours.contains(rule));
        found.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(of("2018-05-20", "状态: 未完成, 说明: 已取消"), [""; 0]);
    assert_eq!(of("2018-10-18", "状态: 进行中, 预计完成: 2018年11月"), [""; 0]);
    assert_eq!(of("2018-05-20", "状态: 进行中, 预计完成: 2018年11月"), ["summary/task-cancelled"]);
    assert_eq!(of("2018-10-18", "状态: 完成, 完成日期: 2018-06-20"), ["summary/task-cancelled"]);
}

/// Two letters without a number are each offered one of their own, in the year they are written in.
#[test]
fn letters_without_a_number_are_offered_different_ones() {
    let plan = "类别: 年度工作计划\n年度: 2019\n报送: { 日期: 2019-01-18 }\n";
    let summary = "类别: 年度工作总结\n年度: 2019\n报送: { 日期: 2019-11-18 }\n";
    let checked = Desk::sound().with("计划2019.yaml", plan).with("总结2019.yaml", summary).check();
    let found = checked.findings.iter().filter(|it| it.rule == "submit/incomplete");
    let next: Vec<_> = found.map(|it| it.facts["next"].as_str().unwrap().to_owned()).collect();
    let (first, second) = ("认可某〔2019〕1号", "认可某〔2019〕2号");
    assert!(
        next.len() == 2 && next.contains(&first.to_owned()) && next.contains(&second.to_owned()),
        "{next:?}"
    );
    let full = checked.full(baosong::rulebook::Lang::Zh);
    let example = |next: &str, day: &str| full.contains(&format!("文号: {next}, 日期: {day}"));
    let (plan, summary) = ("2019-01-18", "2019-11-18");
    assert!(
        example(first, plan) && example(second, summary) || example(second, plan) && example(first, summary)
    );
}

#[test]
fn an_agenda_is_told_only_when_two_points_cannot_both_be_right() {
    let found = |date: &str, times: &[&str]| {
        let items: String =
            times.iter().map(|time| format!("  - {{ 时间: \"{time}\", 内容: 讨论 }}\n")).collect();
        let activity = format!("类别: 活动\n编号: 2018-02\n名称: 研讨会\n日期: {date}\n议程:\n{items}");
        let findings = Desk::of(3).with("活动.yaml", activity).check().findings;
        findings.iter().filter(|it| it.rule == "activity/agenda-order").count()
    };
    for times in [
        &["9:00—9:20", "9:20—10:00", "10:00—11:30", "14:00—17:00"][..],
        &["9:00—10:00", "9:00—10:00", "10:00—11:00"],
        &["9:00—10:00", "10:00—11:00", "9:00—10:00", "10:00—11:00"],
        &["9:00—12:00", "9:00—9:30", "9:30—10:00"],
        &["8:00—18:00", "9:30—10:00", "10:00—10:30"],
        &["上午9:00—11:00", "下午2:00—4:00", "4:00—5:00"],
        &["9:00—11:00", "2:00—4:00"],
        &["9:50", "9:20"],
        &["下午", "上午"],
        &["第二天9:00—10:00", "9:00—9:30"],
        &["21日14:00—15:00", "22日9:00—10:00"],
        &["22:00—次日1:00", "9:00—9:30"],
    ] {
        assert_eq!(found("2018-06-20", times), 0, "{times:?}");
    }
    for times in [
        &["9:50—10:50", "9:20—9:50"][..],
        &["9:00—10:00", "9:40—10:30"],
        &["14时至15时30分", "15时至16时"],
        &["下午2:00—4:00", "下午3:30—5:00"],
    ] {
        assert_eq!(found("2018-06-20", times), 1, "{times:?}");
        // What belongs to which day is not written.
        assert_eq!(found("2018-06-20 至 2018-06-21", times), 0, "{times:?}");
    }
}

/// A number is held only against a year of which activities are written.
#[test]
fn a_meeting_that_decided_must_be_there() {
    let found = |by: &str| {
        let plan = format!(
            "类别: 年度工作计划\n年度: 2018\n审定: {{ 审定人: {by}, 日期: 2018-01-10 }}\n经费: [{{ 项目: 会议费, 金额: 1 }}]\n\
             预算调整: [{{ 日期: 2018-06-01, 项目: 会议费, 金额: 2, 原因: 增加, 决定人: {by} }}]\n"
        );
        let findings = Desk::sound().with("工作计划.yaml", plan).check().findings;
        findings.iter().filter(|it| it.rule == "plan/unknown-activity").count()
    };
    for by in ["2018-01", "2017-03", "2018-01-10", "第二次全体会议", "周明远", "2018年第7号"] {
        assert_eq!(found(by), 0, "{by}");
    }
    assert_eq!(found("2018-07"), 2);
}

/// Of papers not sent yet the first three are told one by one.
#[test]
fn a_young_workspace_is_not_told_of_every_paper() {
    let told = |activities: u32| {
        let mut desk = Desk::of(3);
        for number in 1..=activities {
            let text = format!(
                "类别: 活动\n编号: 2018-0{number}\n名称: 活动{number}\n重要活动: 是\n日期: 2018-0{number}-20\n\
                 活动报告: {{ 日期: 2018-01-05 }}\n"
            );
            desk = desk.with(&format!("活动{number}.yaml"), text);
        }
        let checked = desk.check();
        (checked.said("art16/due").len(), checked.said("art16/due-more").concat())
    };
    assert_eq!(told(2), (4, String::new()));
    let (each, more) = told(4);
    assert_eq!(each, 3);
    assert!(more.contains("另有 5 项") && more.contains("2018年2月"), "{more}");
}

/// 吕 宁 and 吕宁 are one person: the blank is told once, and nothing follows from it.
#[test]
fn a_blank_within_a_name_makes_nobody_a_stranger() {
    let profile = std::fs::read_to_string(crate::checked::case("base/专家组.yaml")).unwrap();
    for (ours, theirs) in [("何沐言", "何沐言"), ("何 沐言", "何沐言"), ("何 沐言", "何　沐 言")]
    {
        let activity = format!(
            "类别: 活动\n编号: 2018-02\n名称: 第二次全体会议\n类型: [全体会议]\n日期: 2018-09-20\n地点: 上海\n\
             主持: 周明远\n到会情况: {{ 出席: [周明远, 林知秋], 线上出席: [{theirs}] }}\n议定事项:\n\
             \x20 - {{ 通过文件: 规则, 决定方式: 投票, 表决: {{ 有效表决: 2, 赞成: 2 }}, 回避: [{theirs}] }}\n"
        );
        let file = profile.replace("姓名: 何沐言", &format!("姓名: {ours}"));
        assert_eq!(file == profile, ours == "何沐言");
        let checked = Desk::of(3).with("专家组.yaml", file).with("活动.yaml", activity).check();
        let rules: Vec<&str> = checked.findings.iter().map(|it| it.rule).collect();
        let of_names = rules.iter().filter(|rule| {
            rule.starts_with("art14")
                || rule.starts_with("art17")
                || rule.starts_with("decision/")
                || rule.ends_with("unknown-person")
                || rule.ends_with("unaccounted")
                || rule.contains("recus")
        });
        assert_eq!(of_names.collect::<Vec<_>>(), [&""; 0], "{ours} {theirs}");
        assert_eq!(rules.contains(&"profile/blank-in-name"), ours != "何沐言");
    }
}

/// Who was away and speaks: only where the words leave no doubt.
#[test]
fn who_was_away_does_not_speak() {
    let told = |text: &str| {
        let activity = format!(
            "类别: 活动\n编号: 2018-02\n名称: 座谈会\n类型: 研讨\n日期: 2018-09-20\n到会情况:\n  出席: [周明远, 林知秋]\n\
             \x20 请假: [{{ 姓名: 何沐言, 事由: 出差 }}]\n议题: [{{ 标题: 进展, 正文: {text} }}]\n"
        );
        let checked = Desk::sound().with("第二次活动.yaml", activity).check();
        checked.findings.iter().filter(|finding| finding.rule == "activity/absent-speaker").count()
    };
    for text in [
        "会上，何沐言同志指出问题较多。",
        "何沐言、林知秋先后作了发言。",
        "会议由周明远主持，何沐言介绍了方案。",
    ] {
        assert_eq!(told(text), 1, "{text}");
    }
    for text in [
        "林知秋代何沐言汇报了方案。",
        "何沐言书面汇报了方案。",
        "会前，何沐言介绍了方案。",
        "会议学习了何沐言汇报材料。",
        "会议讨论了何沐言提出的方案。",
        "由何沐言负责修改，林知秋汇报了进展。",
        "林知秋介绍了何沐言的工作。",
        "请何沐言在下次会议上作专题汇报。",
    ] {
        assert_eq!(told(text), 0, "{text}");
    }
}

/// One value where a list of such is wanted, and a list of one where the value is.
#[test]
fn one_value_may_stand_for_its_list() {
    let plain = "类别: 活动\n编号: 2018-02\n名称: 座谈会\n类型: [研讨]\n日期: 2018-09-20\n主持: 周明远\n承办: [甲方研究院]\n";
    let lone =
        plain.replace("[研讨]", "研讨").replace("周明远", "[周明远]").replace("[甲方研究院]", "甲方研究院");
    let read = |text: &str| {
        let checked = Desk::sound().with("第二次活动.yaml", text).check();
        let rules: Vec<&str> = checked.findings.iter().map(|finding| finding.rule).collect();
        (format!("{:?}", checked.workspace.activities[1].model), rules.join(" "))
    };
    assert_eq!(read(&lone), read(plain));
    for several in ["研讨、培训", "研讨 培训", "无", "3", "研讨：培训"] {
        let (_, rules) = read(&plain.replace("[研讨]", several));
        assert!(rules.contains("model/wrong-type"), "{several}: {rules}");
    }
}
