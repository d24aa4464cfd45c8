//! Who stands for a member (委托代表): named, and one person.

use super::Context;
use crate::finding::{Finding, Place};
use crate::model::Activity;
use crate::workspace::Loaded;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in &context.workspace.activities {
        let Some(attendance) = &activity.model.attendance else { continue };
        for (index, proxy) in attendance.proxies.iter().enumerate() {
            let at = format!("/到会情况/委托代表/{index}");
            let name = proxy.proxy.as_ref().map(|person| &*person.name).unwrap_or_default();
            let place = |key: &str| context.at(activity, &format!("{at}/{key}"));
            if name.is_empty() {
                if activity.sound(&at) && !proxy.member.is_blank() {
                    let finding = Finding::new("activity/proxy-unnamed").at(place("成员"));
                    findings.push(finding.fact("member", &*proxy.member));
                }
            } else if let Some((list, other)) = elsewhere(context, activity, index, name) {
                findings.push(
                    Finding::new("activity/proxy-twice")
                        .at(place("代表"))
                        .with(other)
                        .fact("name", name)
                        .fact("member", &*proxy.member)
                        .fact("list", list),
                );
            }
        }
    }
    findings
}

/// Where else the proxy numbered `index` stands: in a list of those present or away, or for another member before.
fn elsewhere(
    context: &Context<'_>,
    activity: &Loaded<Activity>,
    index: usize,
    name: &str,
) -> Option<(&'static str, Place)> {
    let attendance = activity.model.attendance.as_ref()?;
    let names = |list: &'static str, key: &'static str, names: Vec<&str>| {
        let at = names.iter().position(|other| *other == name)?;
        Some((list, context.at(activity, &format!("/到会情况/{list}/{at}{key}"))))
    };
    let plain = |list: &'static str, of: &[crate::model::Text]| {
        names(list, "", of.iter().map(|name| &**name).collect())
    };
    let before = attendance.proxies.iter().take(index);
    let before = before.map(|proxy| proxy.proxy.as_ref().map(|person| &*person.name).unwrap_or_default());
    plain("出席", &attendance.present)
        .or_else(|| plain("线上出席", &attendance.online))
        .or_else(|| plain("无故缺席", &attendance.absent))
        .or_else(|| names("请假", "/姓名", attendance.excused.iter().map(|it| &*it.name).collect()))
        .or_else(|| names("列席", "/姓名", attendance.guests.iter().map(|it| &*it.name).collect()))
        .or_else(|| names("委托代表", "/代表", before.collect()))
}
