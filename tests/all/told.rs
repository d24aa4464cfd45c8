//! What texts written by hand say of an activity: common forms are found, and what is about something else is not.

use crate::checked::Desk;

/// An activity of five members, three of them in the room, one on line, one by proxy, with two guests, and one text.
fn told(rest: &str) -> Vec<String> {
    let activity = "类别: 活动\n编号: 2018-02\n名称: 第二次全体会议\n类型: [全体会议]\n方式: 混合\n\
        日期: 2018-09-20 至 2018-09-21\n地点: 上海乙方会议中心\n主持: 周明远\n到会情况:\n\
        \x20 出席: [周明远, 林知秋, 何沐言]\n  线上出席: [组员丁]\n  委托代表: [{ 成员: 组员戊, 代表: 韩立 }]\n\
        \x20 列席: [{ 姓名: 苏景行, 单位: 国家认监委认可监管部 }, { 姓名: 郑十 }]\n";
    let checked = Desk::of(5).with("活动.yaml", format!("{activity}{rest}\n")).check();
    let ours = checked.findings.iter().filter(|finding| finding.rule.starts_with("activity/told-"));
    ours.map(|finding| finding.rule.trim_start_matches("activity/told-").to_owned()).collect()
}

fn lead(text: &str) -> String {
    format!("新闻通稿: {{ 标题: 召开会议, 导语: \"{text}\" }}")
}

fn body(text: &str) -> String {
    format!("新闻通稿: {{ 标题: 召开会议, 正文: \"{text}\" }}")
}

fn notice(text: &str) -> String {
    format!("会议通知: {{ 日期: 2018-09-01, 正文: \"{text}\" }}")
}

#[test]
fn who_was_in_the_chair() {
    for right in [
        "9月20日，会议在上海召开。会议由组长周明远同志主持。",
        "9月20日，会议在上海召开，由周明远主持。",
        "9月20日，会议在上海召开。组长周明远主持会议并讲话。",
        "9月20日，会议在上海召开。林知秋主持了讨论。",
        "9月20日，会议在上海召开。受组长委托，副组长林知秋主持会议。",
        "9月20日，会议在上海召开。下午，林知秋主持会议。",
        "9月20日，会议在上海召开。上次会议期间，林知秋主持会议。",
        "9月20日，会议在上海召开。第一次全体会议在北京召开，由林知秋主持。",
        "9月20日，会议在上海召开。周明远、林知秋主持会议。",
        "9月20日，会议在上海召开。试点工作由林知秋主持。",
    ] {
        assert_eq!(told(&lead(right)), [""; 0], "{right}");
        assert_eq!(told(&format!("纪要: {{ 日期: 2018-09-25, 导语: \"{right}\" }}")), [""; 0], "{right}");
    }
    for wrong in [
        "9月20日，会议在上海召开。会议由副组长林知秋同志主持。",
        "9月20日，会议在上海召开，由副组长林知秋主持。",
        "9月20日，第二次全体会议在上海召开，会议由林知秋主持。",
        "9月20日，会议在上海召开。副组长林知秋主持会议。",
        "9月20日，会议在上海召开。何沐言教授主持会议并讲话。",
        "9月20日，会议在上海召开。林知秋主持了本次会议。",
    ] {
        assert_eq!(told(&lead(wrong)), ["chair"], "{wrong}");
        assert_eq!(told(&format!("纪要: {{ 日期: 2018-09-25, 导语: \"{wrong}\" }}")), ["chair"], "{wrong}");
    }
    for (text, found) in [
        ("会议听取了汇报。\\n副组长林知秋主持会议。", true),
        ("会议由林知秋同志主持。", true),
        ("会议听取了汇报。林知秋主持会议。", true),
        ("与会专家交流了经验。林知秋主持会议。", false),
        ("会议听取了汇报，由林知秋主持。", false),
        ("去年，会议由林知秋主持。", false),
        ("会议听取了汇报。去年，会议由林知秋主持。", false),
    ] {
        assert_eq!(told(&body(text)) == ["chair"], found, "{text}");
    }
}

#[test]
fn how_many_came() {
    for right in [
        "会议应到5人，实到4人。",
        "应到会成员5人，实到会成员3人，委托代表1人。",
        "应到成员5人，实到6人。",
        "专家组成员4人到会。",
        "成员5人出席会议。",
        "5名成员参加会议。",
        "3名委员出席。",
        "4名专家组成员出席会议，2人列席。",
        "组长周明远及2名成员出席会议。",
        "其他2名成员参加会议。",
        "各成员单位20人参加会议。",
        "上次会议9名成员出席。",
        "第一次全体会议应到9人，实到8人。",
        "其中2名成员参加会议。",
        "近9名成员参加会议。",
        "9名成员参加了试点工作。",
    ] {
        assert_eq!(told(&lead(&format!("9月20日，会议在上海召开。{right}"))), [""; 0], "{right}");
    }
    for wrong in [
        "会议应到6人，实到4人。",
        "应到会成员6人，实到会成员4人。",
        "应到成员5人，实到成员6人。",
        "应参会5人，实际到会9人。",
        "专家组成员2人到会。",
        "成员6人出席会议。",
        "6名成员参加会议。",
        "2名委员出席会议。",
        "6名专家组成员出席会议。",
        "6名成员参加活动。",
    ] {
        assert_eq!(told(&lead(&format!("9月20日，会议在上海召开。{wrong}"))), ["attendance"], "{wrong}");
    }
}

#[test]
fn a_text_without_a_lead_begins_with_one() {
    for right in [
        "9月20日，会议在上海召开。",
        "9月20日，第二次全体会议在上海召开。9名成员参加了试点。",
        "9月10日，试点启动会在北京召开。",
        "5月10日，第一次全体会议在北京召开。",
        "会议听取了汇报。\\n9月10日，会议在北京召开。",
        "5月10日会议召开以来，各项任务有序推进。",
        "专家组将于11月5日举办培训班。",
    ] {
        assert_eq!(told(&body(right)), [""; 0], "{right}");
    }
    for (wrong, what) in [
        ("9月28日，会议在上海召开。", "date"),
        ("9月28日，第二次全体会议在上海召开。", "date"),
        ("9月20日，会议在北京召开。", "place"),
        ("9月20日，会议在上海召开，9名成员参加会议。", "attendance"),
        ("9月20日，会议在上海召开，由林知秋主持。", "chair"),
    ] {
        assert_eq!(told(&body(wrong)), [what], "{wrong}");
    }
}

#[test]
fn further_down_a_text_counts_who_came_to_this_meeting() {
    for right in [
        "会议应到5人，实到4人。",
        "4名成员参加了本次会议。",
        "9名成员参加了会议。",
        "试点小组应到9人，实到8人。",
        "上次会议应到9人，实到8人。",
        "第一次全体会议应到9人，实到8人。",
        "其中9名成员参加本次会议。",
        "会议应邀请9名专家研究。",
        "9名成员参加了本次会议的筹备。",
    ] {
        assert_eq!(told(&body(&format!("会议听取了汇报。{right}"))), [""; 0], "{right}");
        assert_eq!(told(&body(&format!("会议听取了汇报。\\n{right}"))), [""; 0], "{right}");
    }
    for wrong in ["会议应到6人，实到4人。", "第二次全体会议应到6人。", "9名成员参加了本次会议。"]
    {
        assert_eq!(told(&body(&format!("会议听取了汇报。{wrong}"))), ["attendance"], "{wrong}");
        assert_eq!(told(&body(&format!("会议听取了汇报。\\n{wrong}"))), ["attendance"], "{wrong}");
    }
}

#[test]
fn papers_announce_the_day_of_the_activity() {
    for right in [
        "兹定于2018年9月20日（星期四）上午9:00在上海召开第二次全体会议。",
        "第二次全体会议定于9月20日至21日在上海召开。请于9月10日前反馈。",
        "会议拟于9月20日在上海召开，拟于11月5日召开下一次会议。",
        "请于2018年9月10日前报名。",
        "上次会议拟于6月1日召开。",
        "第三次全体会议拟于12月1日在北京召开。",
        "专家组将于11月5日举办培训班。",
        "定于9月10日前完成会议准备，会议在上海召开。",
        "根据6月1日的通知，会议定于9月20日在上海召开。",
        "第二次全体会议定于近期召开。专家组将于11月5日在北京召开会议。",
    ] {
        assert_eq!(told(&notice(right)), [""; 0], "{right}");
        assert_eq!(told(&notice(right).replace("会议通知", "活动报告")), [""; 0], "{right}");
    }
    for (wrong, what) in [
        ("兹定于2018年9月26日（星期三）上午9:00在上海召开第二次全体会议。", "date"),
        ("各成员：\\n第二次全体会议定于9月26日在上海召开。", "date"),
        ("会议拟于2018年9月19日至20日在上海召开。", "date"),
        ("专家组将于9月26日在上海召开第二次全体会议，请准时参加。", "date"),
        ("会议定于9月20日在北京召开。", "place"),
    ] {
        assert_eq!(told(&notice(wrong)), [what], "{wrong}");
        assert_eq!(told(&notice(wrong).replace("会议通知", "活动报告")), [what], "{wrong}");
    }
}

/// The sound example of an activity elsewhere and elsewhen: `date` and `place` in its file, one lead.
fn elsewhere(date: &str, place: &str, text: &str) -> Vec<String> {
    let activity = format!(
        "类别: 活动\n编号: 2018-02\n名称: 第二次全体会议\n类型: [全体会议]\n日期: {date}\n地点: {place}\n主持: 周明远\n\
        到会情况:\n  出席: [周明远, 林知秋, 何沐言, 组员丁]\n{}\n",
        lead(text)
    );
    let checked = Desk::of(5).with("活动.yaml", activity).check();
    let ours = checked.findings.iter().filter(|finding| finding.rule.starts_with("activity/told-"));
    ours.map(|finding| finding.rule.trim_start_matches("activity/told-").to_owned()).collect()
}

#[test]
fn what_may_be_about_something_else_is_left_alone() {
    for (date, place, text) in [
        ("2018-12-31 至 2019-01-01", "上海", "12月31日至1月1日，第二次全体会议在上海召开。"),
        ("2018-09-20", "上海", "9月25日，记者从专家组获悉，第二次全体会议日前在上海召开。"),
        ("2018-09-20", "上海", "9月25日，专家组秘书处发布消息，第二次全体会议于日前在上海召开。"),
        ("2018-09-20", "上海", "4月13日，专项组成立后不久，第二次全体会议在上海召开。"),
        ("2018-09-20", "上海", "根据总秘书处于4月13日在北京召开的动员会要求，会议在上海召开。"),
        ("2018-09-20", "南京东路100号申衡大楼", "9月20日，第二次全体会议在上海召开。"),
        ("2018-09-20", "北京西路1277号国旅大厦", "9月20日，第二次全体会议在上海召开。"),
        ("2018-09-20", "上海申衡大楼", "9月20日，第二次全体会议在重庆南路100号召开。"),
        ("2018-09-20", "长沙银行大厦3层", "9月20日，第二次全体会议在武汉召开。"),
        ("2018-09-20", "上海", "9月20日，第二次全体会议在北京冬奥组委支持下召开。"),
        ("2018-09-20", "上海", "9月20日，第二次全体会议在北京冬奥会筹办之际召开。"),
        ("2018-09-20", "上海", "9月20日，会议在上海召开。组长周明远、副组长林知秋和2名成员出席会议。"),
        ("2018-09-20", "上海", "9月20日，会议在上海召开。组长周明远，副组长林知秋，以及2名成员出席会议。"),
        ("2018-09-20", "上海", "9月20日，会议在上海召开。国家认监委2位出席会议的负责同志分别讲话。"),
        ("2018-09-20", "上海", "9月20日，会议在上海召开。两组21名成员参加会议。"),
        ("2018-09-20", "上海", "9月20日，会议在上海召开。周明远主持开幕式。开幕式后，会议由林知秋主持。"),
        ("2018-09-20", "上海", "首日会议由周明远主持，第二日下午，会议由林知秋主持。"),
    ] {
        assert_eq!(elsewhere(date, place, text), [""; 0], "{text}");
    }
}
