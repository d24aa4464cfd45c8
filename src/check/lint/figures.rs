//! Signs and words beside figures: ％ behind a half-width figure, and words that say twice that a figure is no exact one.

use super::Fault;
use super::line::Line;
use regex::Regex;
use std::sync::LazyLock;

/// 约20人左右, 近30余家. Behind 近 a span of time is no approximation: 近20余年来.
static ABOUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const NUMBER: &str = "(?:[0-9]+(?:\\.[0-9]+)?|[一二三四五六七八九十百千两]{1,4})[%％百千万亿]{0,2}";
    Regex::new(&format!(
        "(大约|约|近){NUMBER}(?:(?:[〇々㐀-䶿一-鿿\\u{{20000}}-\\u{{3FFFF}}]{{0,3}}?)(左右|上下)|余(.?))"
    ))
    .ok()
});

/// Ends of words that are no 约 or 近 of a figure: 预约, 签约, 附近, 最近.
const WORDS: &str = "预签合条契邀特制节公履违相守立集纽续租毁失赴隐简婉爽背解订换附接最临邻靠亲远就新拉走贴";

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    if line.has(&['％']) {
        for (at, c) in line.iter() {
            if c == '％' && line.before(at).is_ascii_digit() && !line.in_title(at) {
                faults.push(line.fault("text/percent", at..at + 1).fix("%"));
            }
        }
    }
    if !line.has(&['约', '近']) {
        return;
    }
    for found in ABOUT.as_ref().iter().flat_map(|it| it.captures_iter(line.text)) {
        let Some(whole) = found.get(0) else { continue };
        let word = found.get(1).map_or("", |it| it.as_str());
        let behind = found.get(3).map_or("", |it| it.as_str());
        let at = line.index(whole.start())..line.index(whole.end() - behind.len());
        let next = line.at(at.end);
        let time = |text: &str| text.contains(['年', '月', '日', '天', '周', '载', '代', '期']);
        let span = word == "近" && time(if behind.is_empty() { whole.as_str() } else { behind });
        // 左右两侧, 上下游: places. 余额, 余姚: words of their own.
        let place = match found.get(2).map(|it| it.as_str()) {
            Some("左右") => "两侧边岸手翼为对",
            Some(_) => "两游级班车午联浮限册层铺",
            None => "额款下姚杭粮热温数",
        };
        let other = next != '\0' && place.contains(next);
        if !span && !other && !WORDS.contains(line.before(at.start)) && !line.is_cited(at.start) {
            faults.push(line.fault("text/approximation", at));
        }
    }
}
